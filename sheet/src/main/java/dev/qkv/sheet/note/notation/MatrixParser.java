package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads matrices, vectors and single numbers: {@code [1 2; 3 4]}, {@code [[1, 2], [3, 4]]}, TeX
 * environments, each with a transpose behind it or without.
 */
public final class MatrixParser {
  private static final Set<String> MATRICES =
      Set.of("bmatrix", "pmatrix", "matrix", "vmatrix", "smallmatrix", "Bmatrix", "array");

  private final Cursor cursor;
  private final NumberParser number;

  private MatrixParser(String text, int from, int to) {
    this.cursor = new Cursor(text, from, to);
    this.number = new NumberParser(cursor);
  }

  /** A matrix and where its text ends. */
  public record Read(List<List<Numeral>> numbers, int end) {}

  /** Reads the whole of {@code text[from, to)} as one number or matrix. */
  public static List<List<Numeral>> whole(String text, int from, int to) throws Unreadable {
    MatrixParser parser = new MatrixParser(text, from, to);
    List<List<Numeral>> numbers = parser.matrix();
    parser.cursor.skipSpace();
    if (!parser.cursor.atEnd()) {
      throw parser.cursor.unexpected("expected.end");
    }
    return numbers;
  }

  /** Reads the longest number or matrix that {@code text[from, to)} starts with. */
  public static Read prefix(String text, int from, int to) throws Unreadable {
    MatrixParser parser = new MatrixParser(text, from, to);
    List<List<Numeral>> numbers = parser.matrix();
    return new Read(numbers, parser.cursor.peek().start());
  }

  private List<List<Numeral>> matrix() throws Unreadable {
    cursor.skipSpace();
    List<List<Numeral>> rows;
    if (cursor.peek().kind() == Kind.BEGIN) {
      rows = environment();
    } else if (cursor.peek().is("[")) {
      rows = brackets();
    } else {
      return List.of(List.of(number.numeral()));
    }
    return transposes() % 2 == 0 ? rows : transposed(rows);
  }

  private int transposes() {
    int count = 0;
    while (true) {
      int mark = cursor.mark();
      cursor.skipSpace();
      boolean power = taken("^");
      boolean braces = power && taken("{");
      Token sign = cursor.peek();
      if (!(sign.is("ᵀ") || sign.is("'") || (power && sign.isWord("T")))) {
        cursor.back(mark);
        return count;
      }
      cursor.take();
      if (braces) {
        taken("}");
      }
      count++;
    }
  }

  private boolean taken(String symbol) {
    cursor.skipSpace();
    if (!cursor.peek().is(symbol)) {
      return false;
    }
    cursor.take();
    cursor.skipSpace();
    return true;
  }

  private static List<List<Numeral>> transposed(List<List<Numeral>> rows) {
    List<List<Numeral>> columns = new ArrayList<>();
    for (int j = 0; j < rows.getFirst().size(); j++) {
      List<Numeral> column = new ArrayList<>();
      for (List<Numeral> row : rows) {
        column.add(row.get(j));
      }
      columns.add(column);
    }
    return columns;
  }

  private List<List<Numeral>> environment() throws Unreadable {
    Token begin = cursor.take();
    if (!MATRICES.contains(begin.text())) {
      throw new Unreadable(Message.of("expected.matrix", begin.text()), begin.start());
    }
    if (begin.text().equals("array") && cursor.peek().is("{")) {
      while (!cursor.atEnd() && !cursor.peek().is("}")) {
        cursor.take();
      }
      cursor.require("}");
    }
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
      } else if (token.is("&")) {
        cursor.take();
      } else {
        row.add(number.numeral());
        requireSeparator();
      }
    }
  }

  private void requireSeparator() throws Unreadable {
    cursor.skipSpace();
    Token token = cursor.peek();
    if (!token.is("&") && token.kind() != Kind.NEW_ROW && token.kind() != Kind.END) {
      throw cursor.unexpected("expected.cell");
    }
  }

  private List<List<Numeral>> brackets() throws Unreadable {
    Token open = cursor.take();
    cursor.skipSpace();
    List<List<Numeral>> rows = new ArrayList<>();
    if (cursor.peek().is("[")) {
      while (cursor.peek().is("[")) {
        cursor.take();
        rows.add(bracketRow());
        cursor.require("]");
        cursor.skipSpace();
        if (cursor.peek().is(",") || cursor.peek().is(";")) {
          cursor.take();
        }
        cursor.skipSpace();
      }
    } else {
      rows.add(bracketRow());
      while (cursor.peek().is(";") || cursor.peek().kind() == Kind.NEW_ROW) {
        cursor.take();
        cursor.skipSpace();
        if (!cursor.peek().is("]")) {
          rows.add(bracketRow());
        }
      }
    }
    cursor.require("]");
    return rectangular(rows, open);
  }

  private List<Numeral> bracketRow() throws Unreadable {
    List<Numeral> row = new ArrayList<>();
    while (true) {
      cursor.skipSpace();
      Token token = cursor.peek();
      if (token.is("]") || token.is(";") || token.kind() == Kind.NEW_ROW) {
        return row;
      }
      if (cursor.atEnd()) {
        cursor.require("]");
      }
      if (token.is(",") || token.is("、") || token.is("&")) {
        if (row.isEmpty()) {
          throw cursor.unexpected("expected.number");
        }
        cursor.take();
      }
      row.add(number.cell());
    }
  }

  private List<List<Numeral>> rectangular(List<List<Numeral>> rows, Token open) throws Unreadable {
    int width = rows.isEmpty() ? 0 : rows.getFirst().size();
    if (width == 0) {
      throw new Unreadable(
          Message.of(
              "expected.number", "“" + cursor.between(open.start(), cursor.peek().start()) + "”"),
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
    return rows;
  }
}
