package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what is enclosed: {@code [1 2; 3 4]}, {@code [[1, 2], [3, 4]]}, {@code (1, 0)}, TeX
 * environments, arrays of NumPy and PyTorch.
 */
final class GridParser {
  private static final Set<String> MATRICES =
      Set.of("bmatrix", "pmatrix", "matrix", "vmatrix", "smallmatrix", "Bmatrix", "array");
  private static final Set<String> STARRED = Set.of("bmatrix*", "pmatrix*", "matrix*");
  private static final Set<String> CONSTRUCTORS =
      Set.of("array", "tensor", "matrix", "Matrix", "asarray", "Tensor", "FloatTensor", "mat");
  private static final Set<String> FILLED = Set.of("zeros", "ones", "eye", "identity");

  private static final int DEEPEST = 8;

  /** The first number of a row is no longer. */
  private static final int LONGEST_ROW = 16;

  private final Cursor cursor;
  private int depth;
  private final ValueParser values;

  GridParser(Cursor cursor, ValueParser values) {
    this.cursor = cursor;
    this.values = values;
  }

  /** Whether an environment, a bracket or an array starts here. */
  boolean startsHere() {
    Token token = cursor.peek();
    return token.kind() == Kind.BEGIN
        || token.is("[")
        || token.is("|")
        || isSet()
        || constructor() > 0;
  }

  /** Whether rows stand in braces, as in {(1, 2), (0, 1)}. */
  private boolean isSet() {
    int ahead = 1;
    while (cursor.peek(ahead).isBlank()) {
      ahead++;
    }
    if (!cursor.peek().is("{") || !cursor.peek(ahead).is("(")) {
      return false;
    }
    int last = ahead + LONGEST_ROW;
    while (ahead < last && !cursor.peek(ahead).is(")") && cursor.peek(ahead).kind() != Kind.STOP) {
      if (cursor.peek(ahead).is(",")) {
        return true;
      }
      ahead++;
    }
    return false;
  }

  /** How many tokens name an array's constructor, as in {@code np.array(}; 0 if none does. */
  private int constructor() {
    int ahead = 0;
    while (cursor.peek(ahead).kind() == Kind.WORD && cursor.peek(ahead + 1).is(".")) {
      ahead += 2;
    }
    boolean known =
        cursor.peek(ahead).kind() == Kind.WORD
            && (CONSTRUCTORS.contains(cursor.peek(ahead).text())
                || FILLED.contains(cursor.peek(ahead).text()));
    return known && cursor.peek(ahead + 1).is("(") ? ahead + 1 : 0;
  }

  Grid read() throws Unreadable {
    Token open = cursor.peek();
    int constructor = constructor();
    if (constructor > 0) {
      return constructed(constructor);
    }
    if (open.kind() == Kind.BEGIN) {
      return environment();
    }
    if (open.is("|")) {
      return bars();
    }
    cursor.take();
    cursor.skipSpace();
    String close = open.is("(") ? ")" : open.is("{") ? "}" : "]";
    if (cursor.peek().kind() == Kind.BEGIN) {
      Grid inner = environment();
      cursor.require(close);
      return inner;
    }
    return enclosed(open, close);
  }

  private Grid constructed(int length) throws Unreadable {
    String name = cursor.peek(length - 1).text();
    Token open = cursor.peek(length);
    for (int i = 0; i <= length; i++) {
      cursor.take();
    }
    Grid inner;
    if (FILLED.contains(name)) {
      inner = filled(name, open);
    } else {
      cursor.skipSpace();
      inner = cursor.peek().is("[") ? read() : values.cell();
    }
    int depth = 1;
    while (depth > 0) {
      if (cursor.atEnd()) {
        cursor.require(")");
      }
      Token token = cursor.take();
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
    return inner;
  }

  private Grid filled(String name, Token open) throws Unreadable {
    List<Numeral> sizes = values.cell().cells();
    int height = size(sizes.getFirst(), open);
    if (name.equals("eye") || name.equals("identity")) {
      return Grid.identity(height);
    }
    boolean more = sizes.size() == 1 && cursor.taken(",");
    int width = size(more ? values.cell().number() : sizes.getLast(), open);
    boolean vector = sizes.size() == 1 && !more;
    return Grid.filled(vector ? 1 : height, width, name.equals("ones"));
  }

  private static int size(Numeral numeral, Token open) throws Unreadable {
    double size = numeral.value().toDouble();
    if (size != Math.rint(size) || size < 1 || size > Matrix.LARGEST_SIDE) {
      throw new Unreadable(
          Message.of("error.too.large.given", numeral.text(), numeral.text(), Matrix.LARGEST_SIDE),
          open.start());
    }
    return (int) size;
  }

  /** Takes a transposition sign, in any way of writing it. */
  boolean transposes() {
    int mark = cursor.mark();
    while (cursor.peek().kind() == Kind.SPACE) {
      cursor.take();
    }
    if (cursor.peek().is(".") && cursor.peek(1).isWord("T")) {
      cursor.take();
      cursor.take();
      return true;
    }
    boolean power = cursor.taken("^");
    boolean braces = power && cursor.taken("{");
    Token sign = cursor.peek();
    boolean known =
        sign.is("ᵀ")
            || (sign.is("'") && !power)
            || (power && (sign.isWord("T") || sign.isWord("t")))
            || (power && sign.isWord("\\mathsf"));
    if (!known) {
      cursor.back(mark);
      return false;
    }
    cursor.take();
    if (sign.isWord("\\mathsf")) {
      cursor.taken("{");
      cursor.take();
      cursor.taken("}");
    } else if (sign.isWord("\\mathrm")) {
      cursor.take();
    }
    if (braces) {
      cursor.taken("}");
    }
    return true;
  }

  private Grid environment() throws Unreadable {
    Token begin = cursor.take();
    if (!MATRICES.contains(begin.text()) && !STARRED.contains(begin.text())) {
      throw new Unreadable(Message.of("expected.matrix", begin.text()), begin.start());
    }
    skipColumns(begin);
    List<List<Numeral>> rows = new ArrayList<>();
    List<Numeral> row = new ArrayList<>();
    while (true) {
      cursor.skipSpace();
      Token token = cursor.peek();
      if (token.kind() == Kind.END || token.kind() == Kind.NEW_ROW) {
        cursor.take();
        if (!row.isEmpty()) {
          rows.add(row);
          row = new ArrayList<>();
        }
        if (token.kind() == Kind.END) {
          return rectangular(rows, begin);
        }
      } else if (token.is("&") || token.isWord("\\hline")) {
        cursor.take();
      } else {
        row.add(one(values.cell(), token));
        requireSeparator();
      }
    }
  }

  private void skipColumns(Token begin) throws Unreadable {
    boolean star = begin.text().endsWith("*");
    String open = begin.text().equals("array") ? "{" : "[";
    if ((star || begin.text().equals("array")) && cursor.peek().is(open)) {
      String close = star ? "]" : "}";
      while (!cursor.atEnd() && !cursor.peek().is(close)) {
        cursor.take();
      }
      cursor.require(close);
    }
  }

  private static Numeral one(Grid cell, Token at) throws Unreadable {
    if (!cell.isNumber()) {
      throw new Unreadable(Message.of("expected.number", "“[”"), at.start());
    }
    return cell.number();
  }

  private void requireSeparator() throws Unreadable {
    cursor.skipSpace();
    Token token = cursor.peek();
    if (!token.is("&") && token.kind() != Kind.NEW_ROW && token.kind() != Kind.END) {
      throw cursor.unexpected("expected.cell");
    }
  }

  /** Rows between a bracket that was taken and the one that closes it. */
  private Grid enclosed(Token open, String close) throws Unreadable {
    if (++depth > DEEPEST) {
      depth = 0;
      throw cursor.unexpected("expected.shallow");
    }
    Grid grid = rows(open, close);
    depth--;
    return grid;
  }

  private Grid rows(Token open, String close) throws Unreadable {
    List<List<Numeral>> rows = new ArrayList<>();
    List<Numeral> row = new ArrayList<>();
    boolean nested = false;
    boolean comma = false;
    while (true) {
      boolean line = skipToCell();
      Token token = cursor.peek();
      if (token.is(close)) {
        cursor.take();
        break;
      }
      if (cursor.atEnd()) {
        cursor.require(close);
      }
      boolean breaks = token.is(";") || token.kind() == Kind.NEW_ROW;
      if (breaks || (line && !comma && !row.isEmpty() && !nested)) {
        if (breaks) {
          cursor.take();
        }
        if (!row.isEmpty()) {
          rows.add(row);
          row = new ArrayList<>();
        }
        comma = false;
        continue;
      }
      if (token.is(",") || token.is("、") || token.is("&")) {
        if (row.isEmpty() && rows.isEmpty()) {
          throw cursor.unexpected("expected.number");
        }
        cursor.take();
        comma = true;
        continue;
      }
      comma = false;
      if ((token.is("[") || token.is("(")) && row.isEmpty() && startsRow(token)) {
        nested = true;
        rows.add(new ArrayList<>(row(cursor.take())));
        continue;
      }
      row.add(one(values.cell(), token));
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    return rectangular(rows, open);
  }

  private boolean skipToCell() {
    boolean line = false;
    while (cursor.peek().isBlank()) {
      line |= cursor.take().kind() == Kind.NEW_LINE;
    }
    return line;
  }

  /** A parenthesis starts a row only if it is a list; (1+2)/3 is a cell. */
  private boolean startsRow(Token token) {
    if (token.is("[")) {
      return true;
    }
    for (int ahead = 1; ; ahead++) {
      Token next = cursor.peek(ahead);
      if (next.is(",") || next.is("、")) {
        return true;
      }
      if (next.is(")") || next.kind() == Kind.STOP || next.is("(")) {
        return false;
      }
    }
  }

  private List<Numeral> row(Token open) throws Unreadable {
    Grid grid = enclosed(open, open.is("(") ? ")" : "]");
    if (grid.height() > 1) {
      throw new Unreadable(Message.of("expected.number", "“[”"), open.start());
    }
    return grid.rows().getFirst();
  }

  /** {@code | 1 0 |}, one row to a line. */
  private Grid bars() throws Unreadable {
    Token open = cursor.peek();
    List<List<Numeral>> rows = new ArrayList<>();
    while (cursor.peek().is("|")) {
      cursor.take();
      List<Numeral> row = new ArrayList<>();
      while (!cursor.peek().is("|")) {
        skipSpaces();
        if (cursor.peek().is(",")) {
          cursor.take();
        }
        row.add(one(values.cell(), open));
        skipSpaces();
      }
      cursor.take();
      rows.add(row);
      int mark = cursor.mark();
      skipSpaces();
      if (cursor.peek().kind() == Kind.NEW_LINE) {
        cursor.skipSpace();
      }
      if (!cursor.peek().is("|")) {
        cursor.back(mark);
        break;
      }
    }
    if (rows.size() == 1 && rows.getFirst().size() == 1) {
      throw new Unreadable(Message.of("expected.number", "“|”"), open.start());
    }
    return rectangular(rows, open);
  }

  private void skipSpaces() {
    while (cursor.peek().kind() == Kind.SPACE) {
      cursor.take();
    }
  }

  private Grid rectangular(List<List<Numeral>> rows, Token open) throws Unreadable {
    int width = rows.isEmpty() ? 0 : rows.getFirst().size();
    if (width == 0) {
      throw new Unreadable(
          Message.of(
              "expected.number",
              "“"
                  + cursor.between(open.start(), Math.max(open.end(), cursor.peek().start()))
                  + "”"),
          open.start());
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != width) {
        throw new Unreadable(
            Message.of("error.ragged", i + 1, width, rows.get(i).size()), open.start());
      }
    }
    if (rows.size() > Matrix.LARGEST_SIDE || width > Matrix.LARGEST_SIDE) {
      throw new Unreadable(
          Message.of("error.too.large.given", rows.size(), width, Matrix.LARGEST_SIDE),
          open.start());
    }
    return new Grid(rows, false);
  }
}
