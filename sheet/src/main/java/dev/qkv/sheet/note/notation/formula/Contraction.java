package dev.qkv.sheet.note.notation.formula;

import dev.qkv.sheet.note.notation.formula.Formula.Times;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Reduce.Along;
import dev.qkv.sheet.term.Reduce.Kind;
import dev.qkv.sheet.term.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Products, sums and quotients of indexed terms, reduced to operations on whole matrices. */
final class Contraction {
  /** A formula whose indices do not lead to a matrix. */
  static final class Unclear extends Exception {
    private static final long serialVersionUID = 1L;

    Unclear() {
      super(null, null, false, false);
    }
  }

  private Contraction() {}

  /** Factors multiplied; axes to sum over disappear. */
  static Indexed product(List<Indexed> factors, List<Times> signs, Set<String> sums)
      throws Unclear {
    if (factors.stream().allMatch(Indexed::isPlain)) {
      Indexed product = factors.getFirst();
      for (int k = 1; k < factors.size(); k++) {
        product = plain(product, factors.get(k), signs.get(k - 1));
      }
      return product;
    }
    Set<String> open = new HashSet<>(sums);
    List<Indexed> joined = joined(factors, signs, open);
    return contracted(joined, open);
  }

  /** Two whole matrices, rows of a layer among them. */
  private static Indexed plain(Indexed left, Indexed right, Times sign) throws Unclear {
    if (left.isScalar() || right.isScalar() || sign == Times.CELLS) {
      return cellByCell(left, right, Term::by);
    }
    boolean matrices = sign == Times.AT;
    if (!matrices && (isRow(left.term()) || isRow(right.term()) || standsForRows(left, right))) {
      return cellByCell(left, right, Term::by);
    }
    return new Indexed(left.term().times(right.term()), left.row(), right.column());
  }

  /** A gain or a bias, which is one row for every row. */
  private static boolean isRow(Term term) {
    return term instanceof Quantity q && q.rows() == Axis.ONE && q.columns() != Axis.ONE;
  }

  /** A column with a number for each row, such as a row's deviation. */
  private static boolean standsForRows(Indexed left, Indexed right) {
    return right.column().isEmpty()
        && right.term().rows() == Axis.QUERY
        && left.term().rows() == Axis.QUERY
        && left.term().columns() != Axis.KEY;
  }

  /** Neighbours that share a whole axis, as in Q_i K_jᵀ; what they share is summed over. */
  private static List<Indexed> joined(List<Indexed> factors, List<Times> signs, Set<String> open)
      throws Unclear {
    List<Indexed> joined = new ArrayList<>(List.of(factors.getFirst()));
    int last = factors.getFirst().isScalar() ? -1 : 0;
    for (int k = 1; k < factors.size(); k++) {
      Indexed right = factors.get(k);
      Indexed left = last < 0 ? null : joined.get(last);
      if (left != null && !right.isScalar()) {
        boolean rows = isRow(left.term()) || isRow(right.term());
        boolean cells = rows || signs.get(k - 1) == Times.CELLS;
        right = cells ? aligned(left, right) : neighbour(left, right, open);
      }
      joined.add(right);
      boolean carries = Indexed.isWhole(right.row()) || Indexed.isWhole(right.column());
      last = carries || (last < 0 && !right.isScalar()) ? joined.size() - 1 : last;
    }
    return joined;
  }

  private static Indexed neighbour(Indexed left, Indexed right, Set<String> open) {
    String mine = left.column();
    String yours = right.row();
    if (left.isVector() && right.isVector()) {
      mine = Indexed.isWhole(left.column()) ? left.column() : left.row();
      yours = Indexed.isWhole(right.row()) ? right.row() : right.column();
    }
    if (!Indexed.isWhole(mine) || !Indexed.isWhole(yours)) {
      return right;
    }
    open.add(mine);
    return right.renamed(yours, mine);
  }

  private static Indexed contracted(List<Indexed> factors, Set<String> open) throws Unclear {
    List<Indexed> rest = new ArrayList<>();
    List<Indexed> scalars = new ArrayList<>();
    for (Indexed factor : factors) {
      (factor.isScalar() ? scalars : rest).add(factor);
    }
    boolean going = true;
    while (going) {
      going = merge(rest) || sum(rest, open);
    }
    Indexed product = rest.getFirst();
    for (int k = 1; k < rest.size(); k++) {
      product = outer(product, rest.get(k));
    }
    for (Indexed scalar : scalars) {
      product = product.with(scalar.term().by(product.term()));
    }
    return product;
  }

  /** Joins two factors of which one has every axis of the other. */
  private static boolean merge(List<Indexed> factors) throws Unclear {
    for (int a = 0; a < factors.size(); a++) {
      for (int b = 0; b < factors.size(); b++) {
        if (a != b && factors.get(a).axes().containsAll(factors.get(b).axes())) {
          Indexed merged =
              a < b
                  ? cellByCell(factors.get(a), factors.get(b), Term::by)
                  : cellByCell(factors.get(b), factors.get(a), Term::by);
          factors.set(Math.min(a, b), merged);
          factors.remove(Math.max(a, b));
          return true;
        }
      }
    }
    return false;
  }

  /** Sums over one axis: of one factor, or of two as a product of matrices. */
  private static boolean sum(List<Indexed> factors, Set<String> open) throws Unclear {
    for (String axis : List.copyOf(open)) {
      List<Indexed> having = factors.stream().filter(f -> f.axes().contains(axis)).toList();
      if (having.size() > 2) {
        throw new Unclear();
      }
      if (!having.isEmpty()) {
        int at = factors.indexOf(having.getFirst());
        Indexed total =
            having.size() == 1
                ? total(having.getFirst(), axis, Kind.SUM)
                : matrices(having.getFirst(), having.getLast(), axis);
        factors.removeAll(having);
        factors.add(Math.min(at, factors.size()), total);
        open.remove(axis);
        return true;
      }
    }
    return false;
  }

  private static Indexed matrices(Indexed left, Indexed right, String axis) {
    Indexed first = left.column().equals(axis) ? left : left.t();
    Indexed second = right.row().equals(axis) ? right : right.t();
    boolean turned = !left.column().equals(axis) && !right.row().equals(axis);
    if (turned) { // (xᵀ)(wᵀ) over x's rows is (wx)ᵀ, which reads as written
      return new Indexed(right.term().times(left.term()), right.row(), left.column());
    }
    return new Indexed(first.term().times(second.term()), first.row(), second.column());
  }

  /** The sum, mean or largest over one axis. */
  static Indexed total(Indexed of, String axis, Kind kind) throws Unclear {
    if (of.column().equals(axis)) {
      return new Indexed(of.term().reduce(kind, Along.ROW), of.row(), "");
    }
    if (of.row().equals(axis)) {
      return new Indexed(of.term().reduce(kind, Along.COLUMN), "", of.column());
    }
    throw new Unclear();
  }

  private static Indexed outer(Indexed left, Indexed right) throws Unclear {
    if (left.axes().size() != 1 || right.axes().size() != 1) {
      throw new Unclear();
    }
    Indexed column = left.column().isEmpty() ? left : left.t();
    Indexed row = right.row().isEmpty() ? right : right.t();
    return new Indexed(column.term().times(row.term()), column.row(), row.column());
  }

  /** The right one turned and named as the left one needs it. */
  private static Indexed aligned(Indexed left, Indexed right) {
    boolean crossed =
        (Indexed.isIndex(right.row()) && right.row().equals(left.column()))
            || (Indexed.isIndex(right.column()) && right.column().equals(left.row()));
    Indexed turned = crossed ? right.t() : right;
    if (Indexed.isWhole(turned.row()) && Indexed.isWhole(left.row())) {
      turned = turned.renamed(turned.row(), left.row());
    }
    if (Indexed.isWhole(turned.column()) && Indexed.isWhole(left.column())) {
      turned = turned.renamed(turned.column(), left.column());
    }
    return turned;
  }

  /** An operation cell by cell on two terms that have the same axes, or one of them fewer. */
  static Indexed cellByCell(Indexed left, Indexed right, BinaryOperator<Term> operation)
      throws Unclear {
    if (left.isScalar() || right.isScalar()) {
      Term term = operation.apply(left.term(), right.term());
      return (left.isScalar() ? right : left).with(term);
    }
    boolean larger = right.axes().size() > left.axes().size();
    Indexed fixed = larger ? right : left;
    Indexed other = aligned(fixed, larger ? left : right);
    String row = joint(fixed.row(), other.row());
    String column = joint(fixed.column(), other.column());
    if (!row.isEmpty() && row.equals(column)) {
      throw new Unclear();
    }
    Term term =
        larger
            ? operation.apply(other.term(), fixed.term())
            : operation.apply(fixed.term(), other.term());
    return new Indexed(term, row, column);
  }

  private static String joint(String one, String other) throws Unclear {
    if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
      throw new Unclear();
    }
    return one.isEmpty() ? other : one;
  }
}
