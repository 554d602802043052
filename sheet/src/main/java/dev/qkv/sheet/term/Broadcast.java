package dev.qkv.sheet.term;

import java.util.ArrayList;
import java.util.List;

/** Operands of an operation cell by cell: of one shape, or with one row or column for all. */
final class Broadcast {
  private Broadcast() {}

  /** Whether something has one row or column by its nature. */
  static boolean isOne(Axis axis) {
    return axis == Axis.ONE || axis == Axis.CASE;
  }

  static Axis rows(List<Term> terms) {
    return longer(terms.stream().map(Term::rows).toList());
  }

  static Axis columns(List<Term> terms) {
    return longer(terms.stream().map(Term::columns).toList());
  }

  private static Axis longer(List<Axis> axes) {
    return axes.stream()
        .filter(a -> !isOne(a))
        .findFirst()
        .orElse(axes.contains(Axis.CASE) ? Axis.CASE : Axis.ONE);
  }

  static Shape shape(Shapes shapes, List<Term> terms) {
    Term tallest = terms.getFirst();
    Term widest = terms.getFirst();
    for (Term term : terms) {
      tallest = fixed(shapes, term, true) && !fixed(shapes, tallest, true) ? term : tallest;
      widest = fixed(shapes, term, false) && !fixed(shapes, widest, false) ? term : widest;
    }
    Shape shape = new Shape(shapes.of(tallest).rows(), shapes.of(widest).columns());
    for (Term term : terms) {
      check(shapes, term, tallest, widest, shape);
    }
    return shape;
  }

  /** Whether a term's number of rows or columns counts: it is not one for all. */
  private static boolean fixed(Shapes shapes, Term term, boolean rows) {
    Shape shape = shapes.of(term);
    boolean single = shape.equals(Shape.ONE) && (isOne(term.rows()) || isOne(term.columns()));
    boolean one =
        rows
            ? isOne(term.rows()) && shape.rows() == 1
            : isOne(term.columns()) && shape.columns() == 1;
    return !(single || one);
  }

  private static void check(Shapes shapes, Term term, Term tallest, Term widest, Shape whole) {
    boolean rows = fixed(shapes, term, true);
    boolean columns = fixed(shapes, term, false);
    Shape shape = shapes.of(term);
    if (rows && columns && shapes.of(tallest).equals(whole)) {
      shapes.require(shape.equals(whole), "error.shape.same", tallest, term, whole, shape);
    }
    if (rows) {
      shapes.require(
          shape.rows() == whole.rows(),
          "error.shape.rows",
          tallest,
          term,
          whole.rows(),
          shape.rows());
    }
    if (columns) {
      shapes.require(
          shape.columns() == whole.columns(),
          "error.shape.columns",
          widest,
          term,
          whole.columns(),
          shape.columns());
    }
    boolean cases = term.columns() == Axis.CASE && shape.columns() > 1;
    shapes.require(
        !cases || isOne(widest.columns()), "error.shape.cases", widest, term, 1, shape.columns());
  }

  /** An operand's cell for a cell of the result. */
  static <R> R at(Cells<R> cells, Term term, int row, int column) {
    Shape shape = cells.shape(term);
    return cells.of(term, shape.rows() == 1 ? 0 : row, shape.columns() == 1 ? 0 : column);
  }

  static <R> List<R> at(Cells<R> cells, List<Term> terms, int row, int column) {
    List<R> all = new ArrayList<>(terms.size());
    for (Term term : terms) {
      all.add(at(cells, term, row, column));
    }
    return all;
  }

  /** The gradient of an operand that stands for every row or column: the sum over them. */
  static Term fit(Term gradient, Term operand) {
    boolean rows = isOne(operand.rows()) && !isOne(gradient.rows());
    boolean columns = isOne(operand.columns()) && !isOne(gradient.columns());
    if (rows && columns) {
      return gradient.sum();
    }
    if (rows) {
      return gradient.reduce(Reduce.Kind.SUM, Reduce.Along.COLUMN);
    }
    return columns ? gradient.rowSum() : gradient;
  }

  /** Whether a term has every row and column that another one has. */
  static boolean covers(Term term, Term other) {
    return (isOne(other.rows()) || !isOne(term.rows()))
        && (isOne(other.columns()) || !isOne(term.columns()));
  }

  /** Operands without spreading that the others make unnecessary. */
  static List<Term> simplified(List<Term> terms) {
    List<Term> simple = new ArrayList<>();
    for (Term term : terms) {
      boolean covered =
          term instanceof Spread spread
              && terms.stream().anyMatch(o -> !(o instanceof Spread) && covers(o, spread.shaped()));
      simple.add(covered ? ((Spread) term).of() : term);
    }
    return simple;
  }
}
