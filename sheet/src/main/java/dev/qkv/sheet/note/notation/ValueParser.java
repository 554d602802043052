package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Numeral;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads numbers, vectors, matrices and the arithmetic between them: {@code (2·1 + 1·3)/√2}, {@code
 * 0.73·(1, 0) + 0.27·(0, 2)}, fractions, roots, powers, −∞.
 */
public final class ValueParser {
  private static final int DEEPEST = 60;

  /** More terms than this no person adds up; what follows is read on its own. */
  private static final int MOST_TERMS = 1_000;

  private final Cursor cursor;
  private final GridParser grids;
  private final GridArithmetic arithmetic;
  private int depth;

  /** Inside a bracketed row, a space before a sign and none behind it start a new cell. */
  private boolean inRow;

  private ValueParser(Cursor cursor) {
    this.cursor = cursor;
    this.grids = new GridParser(cursor, this);
    this.arithmetic = new GridArithmetic(cursor);
  }

  /**
   * What was read.
   *
   * @param grid the numbers
   * @param next the token behind them
   * @param end where their text ends
   */
  public record Read(Grid grid, int next, int end) {}

  /** Reads the whole of {@code text[from, to)} as one number or matrix. */
  public static List<List<Numeral>> whole(String text, int from, int to) throws Unreadable {
    Cursor cursor = new Cursor(text, Tokens.of(text, from, to), 0);
    Grid grid = new ValueParser(cursor).value();
    cursor.skipSpace();
    if (!cursor.atEnd()) {
      throw cursor.unexpected("expected.end");
    }
    return grid.rows();
  }

  /** Reads the longest number, matrix or expression that starts at a token. */
  public static Read prefix(String text, List<Token> tokens, int at) throws Unreadable {
    Cursor cursor = new Cursor(text, tokens, at);
    Grid grid = new ValueParser(cursor).value();
    return new Read(grid, cursor.mark(), cursor.before().end());
  }

  /** Reads one number as in a bracketed row, where a space before a sign starts another. */
  static Read cell(String text, List<Token> tokens, int at) throws Unreadable {
    Cursor cursor = new Cursor(text, tokens, at);
    Grid grid = new ValueParser(cursor).cell();
    return new Read(grid, cursor.mark(), cursor.before().end());
  }

  private Grid value() throws Unreadable {
    cursor.skipSpace();
    int start = cursor.peek().start();
    try {
      Grid grid = sum();
      for (List<Numeral> row : grid.rows()) {
        for (Numeral cell : row) {
          if (cell.value() instanceof Approximate) {
            throw new Unreadable(Message.of("error.infinity"), start);
          }
        }
      }
      return grid;
    } catch (ArithmeticException e) {
      throw new Unreadable(
          Message.of(
              "error.number.arithmetic",
              cursor.between(start, cursor.peek().start()),
              Message.of(e)),
          start);
    }
  }

  /** Reads one cell of a bracketed row; a vector where rows stand in rows. */
  Grid cell() throws Unreadable {
    boolean outer = inRow;
    inRow = true;
    try {
      return value();
    } finally {
      inRow = outer;
    }
  }

  private Grid sum() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    cursor.skipSpace();
    int start = cursor.peek().start();
    Grid left = product();
    for (int terms = 1; ; terms++) {
      int mark = cursor.mark();
      boolean spaced = blank();
      Token sign = cursor.peek();
      boolean operator = (sign.is("+") || sign.is("-")) && terms < MOST_TERMS;
      if (!operator || (inRow && spaced && !cursor.peek(1).isBlank())) {
        cursor.back(mark);
        depth--;
        return left;
      }
      cursor.take();
      int outer = depth;
      try {
        Grid right = product();
        left =
            sign.is("+")
                ? arithmetic.plus(left, right, start)
                : arithmetic.minus(left, right, start);
      } catch (Unreadable e) {
        depth = outer;
        if (inRow || depth > 1) {
          throw e;
        }
        cursor.back(mark);
        depth--;
        return left;
      }
    }
  }

  private boolean blank() {
    return inRow ? cursor.skipSpace() : skipOneLine();
  }

  /** Outside brackets a number goes on behind a line's end only after an operator. */
  private boolean skipOneLine() {
    boolean any = false;
    while (cursor.peek().kind() == Kind.SPACE) {
      cursor.take();
      any = true;
    }
    return any;
  }

  private Grid product() throws Unreadable {
    cursor.skipSpace();
    int start = cursor.peek().start();
    Grid left = factor();
    for (int factors = 1; ; factors++) {
      int mark = cursor.mark();
      if (factors == MOST_TERMS) {
        return left;
      }
      boolean spaced = blank();
      if (cursor.peek().kind() == Kind.NEW_LINE && !inRow) {
        cursor.skipSpace();
        if (cursor.peek().kind() != Kind.BEGIN) {
          cursor.back(mark);
          return left;
        }
      }
      Token sign = cursor.peek();
      int outer = depth;
      try {
        if (sign.is("·") || sign.is("×") || sign.is("@")) {
          cursor.take();
          cursor.skipSpace();
          left = isPowerOfTen() ? scientific(left, start) : arithmetic.times(left, factor(), start);
        } else if (sign.is("/") || sign.is("÷")) {
          cursor.take();
          left = arithmetic.over(left, factor(), start);
        } else if ((startsFactor(sign) && !spaced) || (sign.kind() == Kind.BEGIN && !inRow)) {
          left = arithmetic.times(left, factor(), start);
        } else {
          cursor.back(mark);
          return left;
        }
      } catch (Unreadable e) {
        depth = outer;
        if (inRow || depth > 1) {
          throw e;
        }
        cursor.back(mark);
        return left;
      }
    }
  }

  private Grid scientific(Grid left, int start) throws Unreadable {
    cursor.take();
    cursor.take();
    return arithmetic.scientific(left, argument(), start);
  }

  private boolean isPowerOfTen() {
    return cursor.peek().kind() == Kind.NUMBER
        && cursor.peek().text().equals("10")
        && cursor.peek(1).is("^");
  }

  /** What may follow a number directly, as in 2√3 and 0.73(1, 0). */
  private boolean startsFactor(Token token) {
    return token.is("√")
        || token.isWord("\\sqrt")
        || token.isWord("sqrt")
        || (!inRow && token.is("(") && cursor.before().end() == token.start());
  }

  private Grid factor() throws Unreadable {
    cursor.skipSpace();
    int start = cursor.peek().start();
    if (cursor.peek().is("+")) {
      cursor.take();
      return factor();
    }
    if (cursor.peek().is("-")) {
      if (++depth > DEEPEST) {
        throw cursor.unexpected("expected.shallow");
      }
      cursor.take();
      if (cursor.peek().isBlank() && cursor.between(start, cursor.peek().end()).contains("\n")) {
        throw cursor.unexpected("expected.number"); // a rule, not a sign
      }
      Grid inner = factor();
      depth--;
      return arithmetic.negative(inner, start);
    }
    Grid base = primary();
    while (true) {
      int mark = cursor.mark();
      if (grids.transposes()) {
        base = base.transposed();
      } else if (base.isNumber() && cursor.taken("^")) {
        base = arithmetic.power(base, argument(), start);
      } else {
        cursor.back(mark);
        return base;
      }
    }
  }

  private Grid primary() throws Unreadable {
    Token token = cursor.peek();
    int start = token.start();
    if (token.kind() == Kind.NUMBER) {
      return new Literal(cursor, inRow).read();
    }
    if (token.is("{") && !grids.startsHere()) {
      return argument();
    }
    if (isModule(token)) {
      cursor.take();
      cursor.take();
      return primary();
    }
    if (grids.startsHere()) {
      return grids.read();
    }
    if (token.is("(")) {
      return parenthesis();
    }
    boolean symbol = token.kind() == Kind.SYMBOL || token.kind() == Kind.WORD;
    switch (symbol ? token.text() : "") {
      case "√", "sqrt", "\\sqrt" -> {
        cursor.take();
        Grid inner = argument();
        return arithmetic.root(inner, start);
      }
      case "exp", "\\exp" -> {
        cursor.take();
        Grid inner = argument();
        return arithmetic.exp(inner, start);
      }
      case "\\frac", "\\tfrac", "\\dfrac", "\\cfrac" -> {
        cursor.take();
        Grid above = argument();
        Grid below = argument();
        return arithmetic.over(above, below, start);
      }
      case "e", "\\mathrm" -> {
        cursor.take();
        if (token.text().equals("\\mathrm") && !isUprightEuler()) {
          throw cursor.unexpected("expected.number");
        }
        return Grid.number("e", start, GridArithmetic.EULER, OptionalInt.empty(), true);
      }
      case "∞", "inf", "Inf", "infinity" -> {
        cursor.take();
        return Grid.number("∞", start, GridArithmetic.INFINITY, OptionalInt.empty(), false);
      }
      default -> throw cursor.unexpected("expected.number");
    }
  }

  /** {@code np.} before a function. */
  private boolean isModule(Token token) {
    return (token.isWord("np") || token.isWord("math") || token.isWord("torch"))
        && cursor.peek(1).is(".")
        && (cursor.peek(2).isWord("sqrt")
            || cursor.peek(2).isWord("exp")
            || cursor.peek(2).isWord("inf"));
  }

  private boolean isUprightEuler() {
    return cursor.taken("{") && cursor.take().isWord("e") && cursor.taken("}");
  }

  /** A vector, or arithmetic in parentheses. */
  private Grid parenthesis() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    int mark = cursor.mark();
    int start = cursor.peek().start();
    cursor.take();
    boolean outer = inRow;
    inRow = false;
    Grid inner = sum();
    inRow = outer;
    cursor.skipSpace();
    if (cursor.peek().is(")")) {
      cursor.take();
      depth--;
      return arithmetic.enclosed(inner, start);
    }
    cursor.back(mark);
    Grid vector = grids.read();
    depth--;
    return vector;
  }

  /** {@code (…)}, {@code {…}}, or the single thing that follows. */
  private Grid argument() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    Grid argument = bare();
    depth--;
    return argument;
  }

  private Grid bare() throws Unreadable {
    cursor.skipSpace();
    Token open = cursor.peek();
    if (!open.is("(") && !open.is("{")) {
      return open.is("-") ? factor() : primary();
    }
    cursor.take();
    boolean outer = inRow;
    inRow = false;
    Grid inner = sum();
    inRow = outer;
    cursor.require(open.is("(") ? ")" : "}");
    return inner;
  }
}
