package dev.qkv.app.training;

import dev.qkv.app.report.Sentence;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The report's sentences in its reader's language, and numbers as they stand in them.
 *
 * @param bundle the program's words
 */
record Words(ResourceBundle bundle) {
  /** A sentence with what belongs in it. */
  String say(String key, Object... values) {
    return Sentence.of(bundle, "report." + key, values);
  }

  /** A count with its thousands set apart. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A number with so many decimals. */
  static String fixed(int decimals, double x) {
    return String.format(Locale.ROOT, "%." + decimals + "f", x);
  }

  /** A share in per cent; what is not quite nothing or everything does not become it. */
  static String percent(double share) {
    if (share > 0 && share < 0.005) {
      return "<1";
    }
    return share < 1 && share > 0.995 ? ">99" : fixed(0, 100 * share);
  }

  /** A number of any size, in three digits. */
  static String small(double x) {
    double size = Math.abs(x);
    return size >= 0.01 && size < 1000
        ? fixed(size < 1 ? 3 : 2, x)
        : size >= 0.0001 && size < 1 ? fixed(4, x) : String.format(Locale.ROOT, "%.1e", x);
  }
}
