package dev.qkv.app.terminal;

import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeIndex;
import dev.qkv.sheet.exercise.MistakePage;
import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import java.util.List;
import java.util.Locale;

/** The catalogue of mistakes for a terminal. */
public final class MistakeText {
  private static final int DIGITS = 2;
  private static final int CODE_WIDTH = 24;

  private final Locale locale;
  private final Ink ink;
  private final Pen pen = new Pen(new Notation(DIGITS, Markup.PLAIN));

  /**
   * A writer.
   *
   * @param locale language of the words
   * @param ink colour or none
   */
  public MistakeText(Locale locale, Ink ink) {
    this.locale = locale;
    this.ink = ink;
  }

  private String say(String key) {
    return Message.of(key).in(locale);
  }

  /**
   * Writes codes with their names, a blank line between families.
   *
   * @param entries in order
   * @return the text
   */
  public String list(List<MistakeIndex> entries) {
    StringBuilder out = new StringBuilder();
    String family = "";
    for (MistakeIndex entry : entries) {
      if (!family.isEmpty() && !entry.family().equals(family)) {
        out.append('\n');
      }
      family = entry.family();
      out.append(ink.bold(Width.padRight(entry.code(), CODE_WIDTH)));
      out.append(Mistake.label(entry.code()).in(locale)).append('\n');
    }
    return out.toString();
  }

  /**
   * Writes what there is to say of a mistake that no formula describes.
   *
   * @param entry the mistake
   * @return the text
   */
  public String entry(MistakeIndex entry) {
    String code = entry.code();
    return ink.bold(code)
        + "  "
        + Mistake.label(code).in(locale)
        + "\n\n"
        + Mistake.reason(code).in(locale)
        + "\n";
  }

  /**
   * Writes a mistake's page.
   *
   * @param page the page
   * @return the text
   */
  public String page(MistakePage page) {
    StringBuilder out = new StringBuilder(entry(page.entry())).append('\n');
    formulas(out, ink.bad("✗ " + say("page.wrong")), page.wrong());
    formulas(out, ink.good("✓ " + say("page.right")), page.right());
    out.append('\n').append(say("page.example")).append('\n');
    page.question().lines().forEach(line -> out.append("  ").append(line).append('\n'));
    out.append('\n');
    String name = page.quantity().symbol();
    numbers(out, ink.bad("  ✗ "), name, page.wrongNumbers());
    numbers(out, ink.good("  ✓ "), name, page.rightNumbers());
    List<String> sources = page.entry().sources();
    if (!sources.isEmpty()) {
      out.append('\n').append(say("page.sources")).append(": ");
      out.append(String.join(", ", sources)).append('\n');
    }
    return out.toString();
  }

  private static void formulas(StringBuilder out, String sign, List<Equation> formulas) {
    formulas.forEach(f -> out.append(sign).append("  ").append(f.text()).append('\n'));
  }

  private void numbers(StringBuilder out, String sign, String name, Matrix numbers) {
    String indent = " ".repeat(4 + Width.of(name + " = "));
    List<String> lines = MatrixText.lines(numbers, pen);
    for (int i = 0; i < lines.size(); i++) {
      out.append(i == 0 ? sign + name + " = " : indent).append(lines.get(i)).append('\n');
    }
  }
}
