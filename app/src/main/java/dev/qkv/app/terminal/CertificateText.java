package dev.qkv.app.terminal;

import dev.qkv.sheet.exercise.CertificateWords;
import dev.qkv.sheet.exercise.Certified;
import dev.qkv.sheet.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Certificates for a terminal. */
public final class CertificateText {
  private final Locale locale;
  private final Ink ink;

  /**
   * A writer.
   *
   * @param locale language of the words
   * @param ink colour or none
   */
  public CertificateText(Locale locale, Ink ink) {
    this.locale = locale;
    this.ink = ink;
  }

  /**
   * Writes what an exercise's answer proves.
   *
   * @param certified the exercise
   * @return its text
   */
  public String write(Certified certified) {
    StringBuilder out = new StringBuilder();
    out.append("  ").append(sign(certified)).append(' ');
    out.append(ink.bold(certified.exercise().id() + ". " + certified.exercise().title()));
    out.append('\n');
    List<Message> said = new ArrayList<>(certified.reason().stream().toList());
    certified.certificate().map(CertificateWords::of).ifPresent(said::addAll);
    said.forEach(m -> out.append("      ").append(m.in(locale)).append('\n'));
    return out.toString();
  }

  private String sign(Certified certified) {
    if (certified.certificate().isEmpty()) {
      return ink.warn("?");
    }
    return certified.showsAll() ? ink.good("✓") : ink.bad("✗");
  }
}
