package dev.qkv.app.cli;

import dev.qkv.app.report.Sentence;
import dev.qkv.io.InvalidFile;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.report.Finding;
import dev.qkv.tensor.InvalidArgument;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.ResourceBundle;

/** Input that a command cannot use; the message is a sentence for the user. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  /** The same for programs. */
  private final transient Finding finding;

  private Unusable(Finding finding) {
    super(finding.text(), null, false, false);
    this.finding = finding;
  }

  /** With a sentence from the program's words. */
  static Unusable of(ResourceBundle words, String key, Object... values) {
    return new Unusable(Finding.error(key, Sentence.of(words, key, values)));
  }

  /** The same about a file, or a folder, with which the sentence begins. */
  static Unusable inFile(ResourceBundle words, String key, Object file, Object... values) {
    Object[] all = new Object[values.length + 1];
    all[0] = file;
    System.arraycopy(values, 0, all, 1, values.length);
    return of(words, key, all).about(String.valueOf(file));
  }

  /** What a worksheet has wrong as a whole; {@code shown} is what the user called it. */
  static Unusable of(String shown, Message reason, Locale locale) {
    return new Unusable(Finding.error(reason.key(), shown + ": " + reason.in(locale)));
  }

  /** Whatever may be wrong with arrays and their files. */
  static Unusable of(ResourceBundle words, Exception cause) {
    Locale locale = words.getLocale();
    if (cause instanceof Unusable same) {
      return same;
    }
    if (cause instanceof InvalidFile e) {
      return new Unusable(Finding.error(e.rule(), e.message(locale)).about(e.where()));
    }
    if (cause instanceof InvalidArgument e) {
      return new Unusable(Finding.error(e.rule(), e.message(locale)));
    }
    if (cause instanceof InvalidPathException e) {
      return inFile(words, "error.path", e.getInput(), e.getReason());
    }
    String text = String.valueOf(cause.getMessage());
    return of(words, "error.io", text, cause.getClass().getSimpleName());
  }

  Unusable about(String file) {
    return new Unusable(finding.about(file));
  }

  /** The sentence with its code. */
  Finding finding() {
    return finding;
  }
}
