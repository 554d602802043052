package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices.Activation;
import dev.qkv.sheet.Choices.Norm;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Reduce.Along;
import dev.qkv.sheet.term.Reduce.Kind;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Mistakes around attention: residual, norm, feed-forward, loss. */
final class LayerMistakes {
  private static final Term ONE = Term.of(1);
  private static final Term TWO = Term.of(2);
  private static final Term ZERO = Term.of(Exact.ZERO);

  private final Problem problem;
  private final List<Mistake> mistakes = new ArrayList<>();

  private LayerMistakes(Problem problem) {
    this.problem = problem;
  }

  static List<Mistake> of(Problem problem) {
    LayerMistakes made = new LayerMistakes(problem);
    made.residual();
    made.norm(UnaryOperator.identity());
    made.norm(Quantities::second);
    made.order();
    made.feedForward();
    made.loss();
    return made.mistakes;
  }

  private void add(String code, Equation... wrong) {
    mistakes.add(new Mistake(code, List.of(wrong)));
  }

  private static Equation is(Quantity quantity, Term term) {
    return new Equation(quantity, term);
  }

  /** What attention gives back to the layer. */
  private Quantity attention() {
    return problem.gives(O) || problem.gives(W_O) ? O : problem.heads() > 0 ? CONCAT : Z;
  }

  private void residual() {
    add("RESIDUAL.MISSING", is(Y, attention()));
    add("RESIDUAL.MISSING", is(SECOND_Y, FEED_FORWARD));
  }

  private void norm(UnaryOperator<Quantity> n) {
    Quantity y = n.apply(Y);
    Quantity epsilon = n.apply(EPSILON);
    if (problem.choices().norm() == Norm.RMS) {
      Term centred = y.minus(y.rowMean());
      add("NORM.CENTER", is(n.apply(MEAN_SQUARE), centred.squared().rowMean()));
      add("NORM.ROOT", is(n.apply(RMS), n.apply(MEAN_SQUARE).plus(epsilon)));
      add("NORM.COLUMNS", is(n.apply(MEAN_SQUARE), mean(y.squared(), y)));
      affine(n, n.apply(RMS_NORM), y.over(n.apply(RMS)));
      return;
    }
    Quantity centred = n.apply(CENTERED);
    Quantity variance = n.apply(VARIANCE);
    Quantity deviation = n.apply(DEVIATION);
    add("NORM.BESSEL", is(variance, centred.squared().rowSum().over(y.width().minus(ONE))));
    add("NORM.EPSILON", is(deviation, variance.root().plus(epsilon)));
    add("NORM.ROOT", is(deviation, variance.plus(epsilon)));
    add("NORM.CENTER", is(centred, y));
    Term down = y.minus(mean(y, y));
    add("NORM.COLUMNS", is(centred, down), is(variance, mean(down.squared(), y)));
    affine(n, n.apply(LAYER_NORM), centred.over(deviation));
  }

  /** Means of columns, standing in every row. */
  private static Term mean(Term of, Term like) {
    return of.reduce(Kind.MEAN, Along.COLUMN).like(like);
  }

  private void affine(UnaryOperator<Quantity> n, Quantity output, Term plain) {
    Quantity gain = n.apply(GAMMA);
    Quantity shift = n.apply(BETA);
    if (problem.gives(gain) || problem.gives(shift)) {
      add("NORM.AFFINE", is(output, plain));
    }
    if (problem.gives(gain) && problem.gives(shift)) {
      add("NORM.SHIFT", is(output, plain.plus(shift).by(gain)));
    }
  }

  /** The input normalised before attention is added to it: x + N(x) for N(x + …). */
  private void order() {
    if (problem.choices().norm() == Norm.LAYER && !problem.gives(Y)) {
      Term centred = X.minus(X.rowMean());
      Term deviation = centred.squared().rowMean().plus(EPSILON).positiveRoot();
      Term normalised = centred.over(deviation);
      Term scaled = problem.gives(GAMMA) ? normalised.by(GAMMA) : normalised;
      Term shifted = problem.gives(BETA) ? scaled.plus(BETA) : scaled;
      add("NORM.ORDER", is(LAYER_NORM, shifted.plus(attention())));
    }
  }

  private void feedForward() {
    add("ACTIVATION.MISSING", is(ACTIVATED, HIDDEN));
    Term gelu = HIDDEN.by(ONE.plus(HIDDEN.over(TWO.root()).apply(Function.ERF))).over(TWO);
    boolean relu = problem.choices().activation() == Activation.RELU;
    add("ACTIVATION.OTHER", is(ACTIVATED, relu ? gelu : HIDDEN.apply(Function.RELU)));
    if (problem.gives(B_1)) {
      Quantity rms = problem.choices().norm() == Norm.RMS ? RMS_NORM : LAYER_NORM;
      add("BIAS.MISSING", is(HIDDEN, normed(rms).times(W_1)));
    }
    if (problem.gives(B_2)) {
      add("BIAS.MISSING", is(FEED_FORWARD, ACTIVATED.times(W_2)));
    }
  }

  /** What the feed-forward layer starts from: the norm, if something leads to it. */
  private Quantity normed(Quantity norm) {
    boolean follows =
        problem.gives(norm)
            || problem.gives(Y)
            || problem.gives(O)
            || problem.gives(W_V)
            || problem.gives(V);
    return follows ? norm : X;
  }

  private void loss() {
    if (!problem.gives(LABEL)) {
      return;
    }
    Term right = chosen(A);
    add(
        "LOSS.BASE2",
        is(CROSS_ENTROPY, right.apply(Function.LOG).over(TWO.apply(Function.LOG)).negated()));
    add("LOSS.LINEAR", is(CROSS_ENTROPY, ONE.minus(right)));
    Term again = A.exp();
    Term twice = again.over(again.rowSum());
    add("LOSS.TWICE", is(CROSS_ENTROPY, chosen(twice).apply(Function.LOG).negated()));
    add("LOSS.SUM", is(LOSS, CROSS_ENTROPY.sum()));
  }

  private static Term chosen(Term probabilities) {
    return probabilities.where(new Condition.Column(LABEL), ZERO).rowSum();
  }
}
