package dev.qkv.sheet.note;

import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far arithmetic can be off because the decimals in it were rounded. */
final class Rounding {
  private static final Pattern DECIMAL = Pattern.compile("\\d*\\.\\d+");
  private static final int LONGEST = 400;

  private Rounding() {}

  /** The most that an expression changes when each decimal in it moves by half its last digit. */
  static double reach(String expression) {
    if (expression.length() > LONGEST) {
      return 0;
    }
    double reach = 0;
    Matcher decimal = DECIMAL.matcher(expression);
    while (decimal.find()) {
      BigDecimal number = new BigDecimal(decimal.group());
      BigDecimal half = number.ulp().multiply(new BigDecimal("0.5"));
      String moved =
          expression.substring(0, decimal.start())
              + number.add(half).toPlainString()
              + expression.substring(decimal.end());
      reach += Math.abs(value(moved) - value(expression));
    }
    return Double.isFinite(reach) ? reach : 0;
  }

  private static double value(String expression) {
    try {
      return ValueParser.whole(expression, 0, expression.length())
          .getFirst()
          .getFirst()
          .value()
          .toDouble();
    } catch (Unreadable e) {
      return 0;
    }
  }
}
