package dev.qkv.sheet.note.notation.formula;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.note.notation.formula.Contraction.Unclear;
import dev.qkv.sheet.note.notation.formula.Formula.Times;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Reduce.Kind;
import dev.qkv.sheet.term.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Turns a written formula into a term of the sheet, its indices into operations on matrices. */
final class Elaboration {
  private final Letters letters;
  private final FormulaFunctions functions;

  Elaboration(Letters letters) {
    this.letters = letters;
    this.functions = new FormulaFunctions(this, letters);
  }

  Indexed of(Formula formula) throws Unclear {
    return of(formula, Set.of());
  }

  /** A formula summed over some of its indices. */
  private Indexed of(Formula formula, Set<String> sums) throws Unclear {
    if (!sums.isEmpty()) {
      return summed(formula, sums);
    }
    return switch (formula) {
      case Formula.Numeric(var value) -> new Indexed(Term.of(value), "", "");
      case Formula.Name name -> letters.of(name);
      case Formula.Call call -> functions.of(call);
      case Formula.Product(var factors, var signs) -> product(factors, signs, Set.of());
      case Formula.Quotient(var above, var below) ->
          Contraction.cellByCell(of(above), of(below), Term::over);
      case Formula.Sum(var terms) -> sum(terms, Set.of());
      case Formula.Negative(var of) -> map(of(of), Term::negated);
      case Formula.Power(var base, var exponent) -> power(base, exponent);
      case Formula.Transposed(var of) -> of(of).t();
      case Formula.Beside(var parts) -> beside(parts);
      case Formula.Total(var index, var largest, var body) -> total(index, largest, body);
      case Formula.Cell(var of, var indices) -> cell(of(of), indices);
      case Formula.Gradient(var of) -> gradient(of(of));
      case Formula.Width(var of) -> Letters.width(of(of));
      case Formula.Dots dots -> throw new Unclear();
    };
  }

  private static Indexed map(Indexed of, UnaryOperator<Term> change) {
    return of.with(change.apply(of.term()));
  }

  private Indexed product(List<Formula> factors, List<Times> signs, Set<String> sums)
      throws Unclear {
    List<Indexed> terms = new ArrayList<>();
    List<Times> understood = new ArrayList<>();
    for (Formula factor : factors) {
      terms.add(of(factor));
    }
    for (Times sign : signs) {
      understood.add(letters.isOfCells(sign) ? Times.CELLS : sign);
    }
    return Contraction.product(terms, understood, sums);
  }

  private Indexed sum(List<Formula> terms, Set<String> sums) throws Unclear {
    Indexed sum = of(terms.getFirst(), sums);
    for (Formula term : terms.subList(1, terms.size())) {
      sum =
          term instanceof Formula.Negative(var of)
              ? Contraction.cellByCell(sum, of(of, sums), Term::minus)
              : Contraction.cellByCell(sum, of(term, sums), Term::plus);
    }
    return sum;
  }

  private Indexed power(Formula base, Formula exponent) throws Unclear {
    Indexed below = of(base);
    Indexed above = of(exponent);
    if (!above.isScalar() || !above.term().inputs().isEmpty()) {
      boolean number = below.isScalar() && below.term().inputs().isEmpty();
      if (!number) {
        throw new Unclear();
      }
    }
    return Contraction.cellByCell(below, above, Term::power);
  }

  private Indexed beside(List<Formula> parts) throws Unclear {
    List<Term> terms = new ArrayList<>();
    Indexed first = null;
    for (Formula part : parts) {
      if (part instanceof Formula.Dots) {
        return heads(parts);
      }
      Indexed term = of(part);
      if (!term.isPlain() || term.isScalar()) {
        throw new Unclear();
      }
      first = first == null ? term : first;
      terms.add(term.term());
    }
    if (first == null) {
      throw new Unclear();
    }
    return new Indexed(Term.beside(terms), first.row(), letters.axes().fresh());
  }

  /** {@code head_1, …, head_h}: all heads, which the sheet has a name for. */
  private Indexed heads(List<Formula> parts) throws Unclear {
    boolean all = parts.stream().filter(p -> p instanceof Formula.Dots).count() == 1;
    for (Formula part : parts) {
      boolean head =
          part instanceof Formula.Name name
              && (name.base().equals("head") || name.base().equals("Z"));
      all &= head || part instanceof Formula.Dots;
    }
    boolean first =
        parts.getFirst() instanceof Formula.Name name && name.text().matches(".*\\D1\\)?");
    if (!all || !first || parts.getLast() instanceof Formula.Dots) {
      throw new Unclear();
    }
    return new Indexed(CONCAT, letters.axes().fresh(), letters.axes().fresh());
  }

  private Indexed total(String index, boolean largest, Formula body) throws Unclear {
    if (!mentions(body, index)) {
      throw new Unclear();
    }
    if (largest) {
      return Contraction.total(of(body), index, Kind.MAX);
    }
    return of(body, Set.of(index));
  }

  /** Whether a formula has an index in it: a sum over another one means something unsaid. */
  private static boolean mentions(Formula formula, String index) {
    return switch (formula) {
      case Formula.Name name -> FormulaScripts.indices(name.below()).contains(index);
      case Formula.Cell(var of, var script) ->
          FormulaScripts.indices(script).contains(index) || mentions(of, index);
      case Formula.Call call -> call.arguments().stream().anyMatch(a -> mentions(a, index));
      case Formula.Product product -> product.factors().stream().anyMatch(f -> mentions(f, index));
      case Formula.Sum sum -> sum.terms().stream().anyMatch(t -> mentions(t, index));
      case Formula.Quotient(var above, var below) ->
          mentions(above, index) || mentions(below, index);
      case Formula.Negative(var of) -> mentions(of, index);
      case Formula.Power(var base, var exponent) ->
          mentions(base, index) || mentions(exponent, index);
      case Formula.Transposed(var of) -> mentions(of, index);
      case Formula.Total(var other, var largest, var body) -> mentions(body, index);
      case Formula.Gradient(var of) -> mentions(of, index);
      case Formula.Numeric n -> false;
      case Formula.Beside b -> false;
      case Formula.Width w -> false;
      case Formula.Dots d -> false;
    };
  }

  private Indexed summed(Formula formula, Set<String> sums) throws Unclear {
    return switch (formula) {
      case Formula.Product(var factors, var signs) -> all(product(factors, signs, sums), sums);
      case Formula.Sum(var terms) -> sum(terms, sums);
      case Formula.Negative(var of) -> map(of(of, sums), Term::negated);
      case Formula.Total(var index, var largest, var body) -> {
        if (largest) {
          yield all(total(index, true, body), sums);
        }
        Set<String> more = new HashSet<>(sums);
        more.add(index);
        yield of(body, more);
      }
      case Formula.Quotient(var above, var below) -> {
        Indexed divisor = of(below);
        boolean apart = divisor.axes().stream().noneMatch(sums::contains);
        yield apart
            ? Contraction.cellByCell(of(above, sums), divisor, Term::over)
            : all(Contraction.cellByCell(of(above), divisor, Term::over), sums);
      }
      default -> all(of(formula), sums);
    };
  }

  /** The sum over what has not been summed over yet. */
  private static Indexed all(Indexed term, Set<String> sums) throws Unclear {
    Indexed total = term;
    for (String index : sums) {
      if (total.axes().contains(index)) {
        total = Contraction.total(total, index, Kind.SUM);
      }
    }
    return total;
  }

  /** One row or cell: whole axes get the indices, rows first. */
  private static Indexed cell(Indexed of, String script) throws Unclear {
    Indexed cell = of;
    for (String index : FormulaScripts.indices(script)) {
      String axis = Indexed.isWhole(cell.row()) ? cell.row() : cell.column();
      if (!Indexed.isWhole(axis) || cell.axes().contains(index)) {
        throw new Unclear();
      }
      cell = cell.renamed(axis, index);
    }
    if (cell.equals(of)) {
      throw new Unclear();
    }
    return cell;
  }

  private static Indexed gradient(Indexed of) throws Unclear {
    if (!(of.term() instanceof Quantity quantity) || quantity.isGradient()) {
      throw new Unclear();
    }
    return of.with(quantity.gradient());
  }
}
