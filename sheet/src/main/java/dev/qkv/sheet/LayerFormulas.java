package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices.Norm;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Reduce.Along;
import dev.qkv.sheet.term.Reduce.Kind;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Decimal;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a layer does around attention: residual, norm, feed-forward, residual, norm. */
final class LayerFormulas {
  private static final Term ZERO = Term.of(Exact.ZERO);
  private static final Term ONE = Term.of(1);
  private static final Term TWO = Term.of(2);
  private static final Term PI = Term.named(Symbol.letter("π", "\\pi"), Decimal.pi());
  private static final Term CUBIC = Term.of(Value.of(new BigDecimal("0.044715")));
  private static final Term USUAL_EPSILON = Term.of(Value.of(new BigDecimal("1e-5")));

  private final Lines sheet;
  private final Choices choices;

  LayerFormulas(Lines sheet, Choices choices) {
    this.sheet = sheet;
    this.choices = choices;
  }

  void write(Quantity x, Quantity attention) {
    sheet.is(O, attention.times(W_O));
    sheet.is(Y, x.plus(O));
    sheet.is(Y, x.plus(attention));
    sheet.onRequest(Y, x);
    Quantity normed = norm(UnaryOperator.identity());
    sheet.is(HIDDEN, plus(B_1, normed.times(W_1)));
    sheet.is(HIDDEN, plus(B_1, x.times(W_1)));
    sheet.is(ACTIVATED, activated(HIDDEN));
    sheet.is(FEED_FORWARD, plus(B_2, ACTIVATED.times(W_2)));
    sheet.is(SECOND_Y, normed.plus(FEED_FORWARD));
    sheet.is(SECOND_Y, x.plus(FEED_FORWARD));
    norm(Quantities::second);
  }

  private Term plus(Quantity bias, Term product) {
    return sheet.gives(bias) ? product.plus(bias) : product;
  }

  private Term activated(Term u) {
    Term cubic = u.plus(CUBIC.by(u.power(Term.of(3))));
    return switch (choices.activation()) {
      case RELU -> u.apply(Function.RELU);
      case GELU -> u.by(ONE.plus(u.over(TWO.root()).apply(Function.ERF))).over(TWO);
      case GELU_TANH ->
          u.by(ONE.plus(TWO.over(PI).root().by(cubic).apply(Function.TANH))).over(TWO);
    };
  }

  /** LayerNorm and RMSNorm of Y, or of the second residual sum; what the choice makes of it. */
  private Quantity norm(UnaryOperator<Quantity> n) {
    boolean rms = choices.norm() == Norm.RMS;
    Quantity y = n.apply(Y);
    Quantity gain = n.apply(GAMMA);
    Quantity shift = n.apply(BETA);
    Quantity rows = n.apply(NORMALISED);
    sheet.is(!rms, n.apply(MEAN), y.rowMean());
    sheet.is(!rms, n.apply(CENTERED), y.minus(n.apply(MEAN)));
    sheet.is(!rms, n.apply(VARIANCE), n.apply(CENTERED).squared().rowMean());
    sheet.is(rms, n.apply(MEAN_SQUARE), y.squared().rowMean());
    Quantity smallest = n.apply(rms ? MEAN_SQUARE : VARIANCE);
    Quantity epsilon = n.apply(EPSILON);
    boolean shared = sheet.gives(EPSILON) && !epsilon.equals(EPSILON);
    sheet.is(epsilon, shared ? EPSILON : epsilon(smallest));
    sheet.is(!rms, n.apply(DEVIATION), n.apply(VARIANCE).plus(epsilon).positiveRoot());
    sheet.is(rms, n.apply(RMS), n.apply(MEAN_SQUARE).plus(epsilon).positiveRoot());
    Term normalised = n.apply(CENTERED).over(n.apply(DEVIATION));
    Term scaled = sheet.gives(gain) ? rows.by(gain) : rows;
    Term output = isPlain(n) ? normalised : plus(shift, scaled);
    sheet.is(!rms, n.apply(LAYER_NORM), output);
    sheet.is(!rms, rows, isPlain(n) ? n.apply(LAYER_NORM) : normalised);
    Term toOne = y.over(n.apply(RMS));
    sheet.is(rms, n.apply(RMS_NORM), sheet.gives(gain) ? toOne.by(gain) : toOne);
    return n.apply(rms ? RMS_NORM : LAYER_NORM);
  }

  private boolean isPlain(UnaryOperator<Quantity> n) {
    return !sheet.gives(n.apply(GAMMA)) && !sheet.gives(n.apply(BETA));
  }

  /** 0, as "variance 1" says, unless a variance is 0 and only a positive ε gives an answer. */
  private static Term epsilon(Quantity variance) {
    return ZERO.where(Condition.positive(variance.reduce(Kind.MIN, Along.ALL)), USUAL_EPSILON);
  }

  /** ε as most libraries have it: what an answer may have used where none is given. */
  static List<Equation> usualEpsilon() {
    return List.of(new Equation(EPSILON, USUAL_EPSILON), new Equation(second(EPSILON), EPSILON));
  }

  /** The gradients of both norms as textbooks write them. */
  void writeGradients() {
    if (choices.norm() == Norm.LAYER) {
      gradient(UnaryOperator.identity());
      gradient(Quantities::second);
    }
  }

  private void gradient(UnaryOperator<Quantity> n) {
    Quantity rows = n.apply(isPlain(n) ? LAYER_NORM : NORMALISED);
    Quantity g = rows.gradient();
    Term along = rows.by(g.by(rows).rowMean());
    sheet.is(n.apply(Y).gradient(), g.minus(g.rowMean()).minus(along).over(n.apply(DEVIATION)));
  }
}
