package dev.qkv.sheet.note.notation.formula;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.note.notation.formula.Contraction.Unclear;
import dev.qkv.sheet.note.notation.formula.Formula.Times;
import dev.qkv.sheet.term.Reduce.Kind;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The functions of formulas, as terms of the sheet. */
final class FormulaFunctions {
  /** What stands in a term several times may be this large: softmax of softmax grows fast. */
  private static final int LARGEST = 400;

  private static final Term ONE = Term.of(1);
  private static final Term TWO = Term.of(2);

  private final Elaboration elaboration;
  private final Letters letters;

  FormulaFunctions(Elaboration elaboration, Letters letters) {
    this.elaboration = elaboration;
    this.letters = letters;
  }

  Indexed of(Formula.Call call) throws Unclear {
    List<Formula> arguments = call.arguments();
    if (call.function().equals("concat")) {
      return elaboration.of(
          arguments.size() == 1 && arguments.getFirst() instanceof Formula.Beside beside
              ? beside
              : new Formula.Beside(arguments));
    }
    if (call.function().equals("max")) {
      return positive(arguments);
    }
    List<Indexed> terms = new ArrayList<>();
    for (Formula argument : arguments) {
      terms.add(elaboration.of(argument));
    }
    return switch (call.function()) {
      case "matmul", "attention" -> several(call.function(), terms);
      default -> {
        if (terms.size() != 1) {
          throw new Unclear();
        }
        yield of(call.function(), terms.getFirst(), call.below());
      }
    };
  }

  private static Indexed several(String function, List<Indexed> terms) throws Unclear {
    boolean product = function.equals("matmul");
    if (terms.size() != (product ? 2 : 3)) {
      throw new Unclear();
    }
    Indexed first = terms.get(0);
    Indexed second = terms.get(1);
    if (product) {
      return Contraction.product(List.of(first, second), List.of(Times.AT), Set.of());
    }
    Indexed dot = product(first, second.t());
    Indexed scores = dot.with(dot.term().over(second.term().width().root()));
    return product(softmax(scores, ""), terms.get(2));
  }

  private static Indexed product(Indexed left, Indexed right) throws Unclear {
    return Contraction.product(List.of(left, right), List.of(Times.AT), Set.of());
  }

  private Indexed of(String function, Indexed x, String below) throws Unclear {
    return switch (function) {
      case "softmax" -> softmax(x, below);
      case "exp" -> each(x, Term::exp);
      case "log" -> each(x, t -> t.apply(Function.LOG));
      case "sqrt" -> each(x, Term::root);
      case "tanh" -> each(x, t -> t.apply(Function.TANH));
      case "erf" -> each(x, t -> t.apply(Function.ERF));
      case "sin" -> each(x, t -> t.apply(Function.SIN));
      case "cos" -> each(x, t -> t.apply(Function.COS));
      case "relu" -> each(x, t -> t.apply(Function.RELU));
      case "gelu" -> gelu(x);
      case "transpose" -> x.t();
      case "norm" -> new Indexed(x.term().squared().sum().root(), "", "");
      case "layernorm" -> layerNorm(x);
      case "rmsnorm" -> rmsNorm(x);
      case "ffn" -> feedForward(x);
      case "sum", "rowsum" -> along(x, Kind.SUM, below);
      case "rowmax" -> along(x, Kind.MAX, below);
      case "mean" -> along(x, Kind.MEAN, below);
      case "var" -> variance(x, below);
      case "std" -> each(variance(x, below), Term::root);
      default -> throw new Unclear();
    };
  }

  private static Indexed each(Indexed x, UnaryOperator<Term> change) {
    return x.with(change.apply(x.term()));
  }

  /** The axis that a function goes along: named, else the columns, else what is whole. */
  private static String axis(Indexed x, String below) throws Unclear {
    boolean rows = Set.of("", "row", "rows", "axis-1", "axis1").contains(below);
    String axis;
    if (rows) {
      boolean turned = Indexed.isWhole(x.row()) && !Indexed.isWhole(x.column());
      axis = turned ? x.row() : x.column();
    } else if (Set.of("axis0", "axis-2", "col", "column", "columns").contains(below)) {
      axis = x.row();
    } else {
      axis = below;
    }
    if (axis.isEmpty() || !x.axes().contains(axis)) {
      throw new Unclear();
    }
    return axis;
  }

  private static Indexed along(Indexed x, Kind kind, String below) throws Unclear {
    return Contraction.total(x, axis(x, below), kind);
  }

  private static Indexed softmax(Indexed x, String below) throws Unclear {
    requireSmall(x);
    Indexed exponentials = each(x, Term::exp);
    Indexed sum = along(exponentials, Kind.SUM, below);
    return Contraction.cellByCell(exponentials, sum, Term::over);
  }

  /** max(0, x), or the larger of nothing else. */
  private Indexed positive(List<Formula> arguments) throws Unclear {
    for (int k = 0; k < arguments.size() && arguments.size() == 2; k++) {
      boolean zero =
          arguments.get(k) instanceof Formula.Numeric(var value) && value.equals(Exact.ZERO);
      if (zero) {
        return each(elaboration.of(arguments.get(1 - k)), t -> t.apply(Function.RELU));
      }
    }
    if (arguments.size() == 1) {
      return along(elaboration.of(arguments.getFirst()), Kind.MAX, "");
    }
    throw new Unclear();
  }

  private static Indexed gelu(Indexed x) throws Unclear {
    requireSmall(x);
    return each(x, t -> t.by(ONE.plus(t.over(TWO.root()).apply(Function.ERF))).over(TWO));
  }

  private static Indexed variance(Indexed x, String below) throws Unclear {
    requireSmall(x);
    Indexed centered = centered(x, below);
    return along(each(centered, Term::squared), Kind.MEAN, below);
  }

  private static Indexed centered(Indexed x, String below) throws Unclear {
    return Contraction.cellByCell(x, along(x, Kind.MEAN, below), Term::minus);
  }

  private static Indexed layerNorm(Indexed x) throws Unclear {
    requireSmall(x);
    Indexed spread = each(variance(x, ""), t -> t.plus(EPSILON).root());
    return Contraction.cellByCell(centered(x, ""), spread, Term::over);
  }

  private static Indexed rmsNorm(Indexed x) throws Unclear {
    requireSmall(x);
    Indexed square = along(each(x, Term::squared), Kind.MEAN, "");
    return Contraction.cellByCell(x, each(square, t -> t.plus(EPSILON).root()), Term::over);
  }

  private Indexed feedForward(Indexed x) throws Unclear {
    if (!x.isPlain()) {
      throw new Unclear();
    }
    Term hidden = x.term().times(W_1).plus(B_1).apply(Function.RELU);
    return new Indexed(hidden.times(W_2).plus(B_2), x.row(), letters.axes().fresh());
  }

  private static void requireSmall(Indexed x) throws Unclear {
    if (size(x.term(), LARGEST) > LARGEST) {
      throw new Unclear();
    }
  }

  private static int size(Term term, int most) {
    int size = 1;
    for (Term part : term.parts()) {
      size += size <= most ? size(part, most - size) : 0;
    }
    return size;
  }
}
