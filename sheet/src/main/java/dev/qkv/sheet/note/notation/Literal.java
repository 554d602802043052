package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.OptionalInt;

/** Reads numbers as digits: {@code 0.73}, {@code 1e-3}, {@code 73%}, NumPy's {@code 1.}. */
final class Literal {
  private static final int LONGEST = 200;
  private static final int LARGEST_EXPONENT = 999;

  private final Cursor cursor;

  /** Whether the number stands in a row of numbers. */
  private final boolean printed;

  Literal(Cursor cursor, boolean printed) {
    this.cursor = cursor;
    this.printed = printed;
  }

  Grid read() throws Unreadable {
    Token token = cursor.take();
    String digits = token.text();
    if (digits.length() > LONGEST) {
      throw new Unreadable(
          Message.of("error.number.long", digits.length(), LONGEST), token.start());
    }
    int point = digits.indexOf('.');
    int decimals = point < 0 ? 0 : digits.length() - point - 1;
    BigDecimal number = new BigDecimal(digits);
    int end = token.end();
    Token next = cursor.peek();
    if (next.start() == end && next.kind() == Kind.WORD && isLatin(next)) {
      int exponent = exponent(token);
      number = number.scaleByPowerOfTen(exponent);
      decimals -= exponent;
      end = cursor.before().end();
    } else if (next.start() == end && next.is("%")) {
      end = cursor.take().end();
      number = number.scaleByPowerOfTen(-2);
      decimals += 2;
    } else if (next.start() == end && next.is(".") && point < 0 && isTrailingPoint()) {
      end = cursor.take().end();
    }
    return Grid.number(
        cursor.between(token.start(), end),
        token.start(),
        Value.of(number),
        OptionalInt.of(decimals),
        false);
  }

  /** A point that belongs to a number in a printed array. */
  private boolean isTrailingPoint() {
    Token after = cursor.peek(1);
    return printed && (after.is("]") || after.is(",") || (after.isBlank() && printedNeighbour()));
  }

  private boolean printedNeighbour() {
    int ahead = 1;
    while (cursor.peek(ahead).isBlank()) {
      ahead++;
    }
    Token after = cursor.peek(ahead);
    int digits = after.is("-") ? ahead + 1 : ahead;
    Token value = cursor.peek(digits);
    return after.is("]")
        || after.is("[")
        || after.is(",")
        || value.kind() == Kind.NUMBER
        || value.isWord("inf")
        || value.isWord("nan");
  }

  private static boolean isLatin(Token token) {
    char c = token.text().charAt(0);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private int exponent(Token digits) throws Unreadable {
    Token letter = cursor.peek();
    if (letter.isWord("sqrt")) {
      return 0;
    }
    boolean signed = cursor.peek(1).is("-") || cursor.peek(1).is("+");
    Token power = cursor.peek(signed ? 2 : 1);
    boolean right =
        (letter.isWord("e") || letter.isWord("E"))
            && power.kind() == Kind.NUMBER
            && power.start() == letter.end() + (signed ? 1 : 0)
            && power.text().matches("\\d{1,9}");
    if (!right) {
      throw new Unreadable(
          Message.of("expected.number", "“" + cursor.between(digits.start(), letter.end()) + "”"),
          digits.start());
    }
    int exponent = Integer.parseInt(power.text());
    if (exponent > LARGEST_EXPONENT) {
      throw new Unreadable(
          Message.of("error.number.exponent", exponent, LARGEST_EXPONENT), digits.start());
    }
    boolean negative = cursor.peek(1).is("-");
    cursor.take();
    cursor.take();
    if (signed) {
      cursor.take();
    }
    return negative ? -exponent : exponent;
  }
}
