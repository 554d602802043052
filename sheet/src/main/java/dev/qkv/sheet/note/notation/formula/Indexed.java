package dev.qkv.sheet.note.notation.formula;

import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A term and what its rows and columns are called in a formula: a letter for an index, a sign of
 * its own for an axis that the formula takes as a whole, nothing where there is one row or column.
 *
 * @param term the matrix
 * @param row what its rows are called
 * @param column what its columns are called
 */
record Indexed(Term term, String row, String column) {
  /** What the name of a whole axis starts with. */
  private static final String WHOLE = "#";

  /** The row that formulas about one query leave unsaid. */
  static final String QUERY = "•i";

  /** The row of a single key. */
  static final String KEY = "•j";

  static boolean isWhole(String axis) {
    return axis.startsWith(WHOLE);
  }

  static boolean isIndex(String axis) {
    return !axis.isEmpty() && !isWhole(axis);
  }

  /** A term whose axes are whole. */
  static Indexed whole(Term term, Axes names) {
    return new Indexed(
        term,
        term.rows() == Axis.ONE || term.rows() == Axis.CASE ? "" : names.fresh(),
        term.columns() == Axis.ONE || term.columns() == Axis.CASE ? "" : names.fresh());
  }

  /** Gives out names for whole axes. */
  static final class Axes {
    private int last;

    String fresh() {
      return WHOLE + ++last;
    }
  }

  boolean isScalar() {
    return row.isEmpty() && column.isEmpty();
  }

  boolean isPlain() {
    return !isIndex(row) && !isIndex(column);
  }

  /** One row or column of something: an index and a whole axis. */
  boolean isVector() {
    return (isWhole(row) && !isWhole(column)) || (isWhole(column) && !isWhole(row));
  }

  Set<String> axes() {
    Set<String> axes = new LinkedHashSet<>(List.of(row, column));
    axes.remove("");
    return axes;
  }

  /** The indices that are letters, in order. */
  List<String> indices() {
    List<String> indices = new ArrayList<>();
    for (String axis : axes()) {
      if (isIndex(axis)) {
        indices.add(axis);
      }
    }
    return indices;
  }

  Indexed t() {
    return new Indexed(term.t(), /* row= */ column, /* column= */ row);
  }

  Indexed with(Term other) {
    return new Indexed(other, row, column);
  }

  /** The same with one axis called otherwise. */
  Indexed renamed(String from, String to) {
    return new Indexed(term, row.equals(from) ? to : row, column.equals(from) ? to : column);
  }
}
