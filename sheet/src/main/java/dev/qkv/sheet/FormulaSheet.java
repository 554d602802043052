package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices.Norm;
import dev.qkv.sheet.Choices.Positions;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.message.SheetException;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The formulas, in the paper's order: a line a formula. */
public final class FormulaSheet {
  private static final Term ZERO = Term.of(Exact.ZERO);
  private static final Term ONE = Term.of(1);
  private static final Term TWO = Term.of(2);
  private static final Term USUAL_EPSILON = Term.of(Value.of(new BigDecimal("1e-5")));
  private static final Term CUBIC = Term.of(Value.of(new BigDecimal("0.044715")));
  private static final Term PI = Term.named(Symbol.letter("π", "\\pi"), Decimal.pi());

  /** Sizes that nobody wants unless they ask. */
  private static final Set<Quantity> SIZES = Set.of(D_MODEL, HEADS, TOKENS);

  /** Quantities whose gradient people want without asking for it. */
  private static final Set<Quantity> LEARNING =
      Set.of(
          X,
          MEMORY,
          W_Q,
          W_K,
          W_V,
          W_O,
          Q,
          K,
          V,
          S,
          A,
          Z,
          CONCAT,
          O,
          Y,
          GAMMA,
          BETA,
          LAYER_NORM,
          W_1,
          B_1,
          W_2,
          B_2,
          FEED_FORWARD,
          SECOND_Y,
          SECOND_GAMMA,
          SECOND_BETA,
          INPUT,
          W);

  private final Problem problem;
  private final Choices choices;
  private final HeadLines heads;
  private final List<Equation> bare = new ArrayList<>();
  private final List<Equation> onRequest = new ArrayList<>();
  private List<Equation> lines = new ArrayList<>();

  /** What the scores become before softmax. */
  private Quantity logits = S;

  private FormulaSheet(Problem problem) {
    this.problem = problem;
    this.choices = problem.choices();
    this.heads = new HeadLines(problem);
  }

  /**
   * The sheet that a problem's choices call for.
   *
   * @param problem its choices and heads choose the formulas
   * @return the sheet
   * @throws SheetException if the number of heads is not a small whole number
   */
  public static Sheet of(Problem problem) {
    FormulaSheet sheet = new FormulaSheet(problem);
    sheet.positions();
    sheet.projections();
    sheet.sizes();
    sheet.eachHead(sheet::attention);
    sheet.block();
    sheet.loss();
    sheet.counts();
    sheet.statistics();
    sheet.step();
    sheet.gradients();
    return new Sheet(problem, sheet.lines, sheet.onRequest, sheet.heads.each(sheet.bare));
  }

  private void is(Quantity quantity, Term term) {
    lines.add(new Equation(quantity, term));
  }

  /** A formula that is used for what is asked, and for all where a choice calls for it. */
  private void onRequest(boolean chosen, Quantity quantity, Term term) {
    (chosen ? lines : onRequest).add(new Equation(quantity, term));
  }

  private void eachHead(Runnable oneHead) {
    List<Equation> before = lines;
    lines = new ArrayList<>();
    oneHead.run();
    before.addAll(heads.each(lines));
    lines = before;
  }

  private void positions() {
    boolean rotary = choices.positions() == Positions.ROTARY;
    boolean chosen = choices.positions() != Positions.NONE;
    Quantity width = rotary ? D_K : D_MODEL;
    is(TOKENS, X.length());
    is(TOKENS, Q.length());
    onRequest(chosen, BASE, Term.of(10_000));
    onRequest(chosen, POSITION, Term.count(TOKENS, true, 1));
    onRequest(chosen, FREQUENCY, ONE.over(BASE.power(Term.count(width, false, 2).over(width))));
    onRequest(chosen, ANGLE, POSITION.times(FREQUENCY));
    onRequest(
        chosen && !rotary,
        ENCODING,
        ANGLE.apply(Function.SIN).where(new Condition.EvenColumn(), ANGLE.apply(Function.COS)));
    onRequest(chosen && !rotary, X_POSITION, X.plus(ENCODING));
  }

  private void projections() {
    Quantity x = choices.positions() == Positions.SINUSOIDAL ? X_POSITION : X;
    is(Q, x.times(W_Q));
    is(Q, W.times(INPUT));
    is(K, MEMORY.times(W_K));
    is(K, x.times(W_K));
    is(V, MEMORY.times(W_V));
    is(V, x.times(W_V));
    lines.addAll(heads.split(x, MEMORY));
  }

  private void sizes() {
    is(D_K, (hasHeads() ? K.head(1) : K).width());
    is(D_K, D_MODEL.shared(HEADS));
    is(D_MODEL, X.width());
    is(D_MODEL, HEADS.by(D_K));
    is(HEADS, D_MODEL.shared(D_K));
    is(ROOT_D_K, D_K.root());
  }

  private void attention() {
    boolean rotary = choices.positions() == Positions.ROTARY;
    onRequest(rotary, Q_TURNED, turned(Q));
    onRequest(rotary, K_TURNED, turned(K));
    is(DOT, rotary ? Q_TURNED.times(K_TURNED.t()) : Q.times(K.t()));
    is(S, scaled(DOT));
    logits(gives(CAP), CAPPED, CAP.by(S.over(CAP).apply(Function.TANH)));
    logits(
        gives(SLOPE),
        BIASED,
        logits.plus(SLOPE.by(Term.distance(logits, choices.masking().alignment()))));
    logits(gives(TEMPERATURE), TEMPERED, logits.over(TEMPERATURE));
    choices.masking().condition().ifPresent(c -> is(MASK, Term.mask(c, logits)));
    logits(isMasked(problem), MASKED, logits.plus(MASK));
    is(ROW_MAX, logits.rowMax());
    is(EXPONENTIALS, logits.minus(ROW_MAX).exp());
    Term sum = EXPONENTIALS.rowSum();
    is(ROW_SUM, gives(SINK) ? sum.plus(SINK.minus(ROW_MAX).exp()) : sum);
    is(A, EXPONENTIALS.over(ROW_SUM));
    is(Z, A.times(V));
    bare.add(new Equation(EXPONENTIALS, logits.exp()));
    bare.add(new Equation(ROW_SUM, gives(SINK) ? sum.plus(SINK.exp()) : sum));
  }

  private static Term turned(Quantity x) {
    return x.by(ANGLE.apply(Function.COS)).plus(x.turned().by(ANGLE.apply(Function.SIN)));
  }

  private Term scaled(Term product) {
    return switch (choices.scaling()) {
      case ROOT_D_K -> product.over(ROOT_D_K);
      case NONE -> product;
      case FACTOR -> product.by(SCALE);
    };
  }

  private void logits(boolean wanted, Quantity changed, Term how) {
    if (wanted) {
      is(changed, how);
      logits = changed;
    }
  }

  static boolean isMasked(Problem problem) {
    return !(problem.choices().masking() instanceof Masking.None);
  }

  /** What goes into softmax, before and after the mask. */
  static List<Quantity> logits(Problem problem) {
    FormulaSheet sheet = new FormulaSheet(problem);
    sheet.attention();
    Quantity masked = sheet.logits;
    Quantity open = S;
    for (Equation line : sheet.lines) {
      open = line.output().equals(MASKED) ? line.inputs().getFirst() : open;
    }
    return List.of(masked.equals(MASKED) ? open : masked, masked);
  }

  private void block() {
    if (hasHeads()) {
      is(CONCAT, Term.beside(heads.each(Z)));
    }
    is(O, joined().times(W_O));
    is(Y, X.plus(O));
    is(Y, X.plus(joined()));
    onRequest(false, Y, X);
    Quantity normed = norm(UnaryOperator.identity());
    is(HIDDEN, plus(B_1, normed.times(W_1)));
    is(HIDDEN, plus(B_1, X.times(W_1)));
    is(ACTIVATED, activated(HIDDEN));
    is(FEED_FORWARD, plus(B_2, ACTIVATED.times(W_2)));
    is(SECOND_Y, normed.plus(FEED_FORWARD));
    norm(Quantities::second);
  }

  private Term plus(Quantity bias, Term product) {
    return gives(bias) ? product.plus(bias) : product;
  }

  private Term activated(Term u) {
    return switch (choices.activation()) {
      case RELU -> u.apply(Function.RELU);
      case GELU -> u.by(ONE.plus(u.over(TWO.root()).apply(Function.ERF))).over(TWO);
      case GELU_TANH ->
          u.by(
                  ONE.plus(
                      TWO.over(PI)
                          .root()
                          .by(u.plus(CUBIC.by(u.power(Term.of(3)))))
                          .apply(Function.TANH)))
              .over(TWO);
    };
  }

  /** LayerNorm and RMSNorm of Y, or of the second residual sum; what the choice makes of it. */
  private Quantity norm(UnaryOperator<Quantity> n) {
    boolean rms = choices.norm() == Norm.RMS;
    Quantity y = n.apply(Y);
    Quantity gain = n.apply(GAMMA);
    Quantity shift = n.apply(BETA);
    Quantity rows = n.apply(NORMALISED);
    onRequest(!rms, n.apply(MEAN), y.rowMean());
    onRequest(!rms, n.apply(CENTERED), y.minus(n.apply(MEAN)));
    onRequest(!rms, n.apply(VARIANCE), n.apply(CENTERED).squared().rowMean());
    onRequest(rms, n.apply(MEAN_SQUARE), y.squared().rowMean());
    is(EPSILON, epsilon(n.apply(rms ? MEAN_SQUARE : VARIANCE)));
    onRequest(!rms, n.apply(DEVIATION), n.apply(VARIANCE).plus(EPSILON).positiveRoot());
    onRequest(rms, n.apply(RMS), n.apply(MEAN_SQUARE).plus(EPSILON).positiveRoot());
    Term normalised = n.apply(CENTERED).over(n.apply(DEVIATION));
    Term scaled = gives(gain) ? rows.by(gain) : rows;
    boolean plain = !gives(gain) && !gives(shift);
    onRequest(
        !rms, n.apply(LAYER_NORM), plain ? normalised : gives(shift) ? scaled.plus(shift) : scaled);
    onRequest(!rms, rows, plain ? n.apply(LAYER_NORM) : normalised);
    Term toOne = y.over(n.apply(RMS));
    onRequest(rms, n.apply(RMS_NORM), gives(gain) ? toOne.by(gain) : toOne);
    return n.apply(rms ? RMS_NORM : LAYER_NORM);
  }

  /** 0, as "variance 1" says, unless a variance is 0 and only a positive ε gives an answer. */
  private static Term epsilon(Quantity variance) {
    return ZERO.where(Condition.positive(variance.reduce(Kind.MIN, Along.ALL)), USUAL_EPSILON);
  }

  /** ε as most libraries have it: what an answer may have used where none is given. */
  static Equation usualEpsilon() {
    return new Equation(EPSILON, USUAL_EPSILON);
  }

  private void loss() {
    Term right = A.where(new Condition.Column(LABEL), ZERO).rowSum();
    is(CROSS_ENTROPY, right.apply(Function.LOG).negated());
    is(LOSS, output().minus(TARGET).squared().sum().over(TWO));
    is(LOSS, CROSS_ENTROPY.reduce(Kind.MEAN, Along.ALL));
  }

  private void counts() {
    onRequest(false, D_FF, Term.of(4).by(D_MODEL));
    onRequest(false, PARAMETERS_ATTENTION, Term.of(4).by(D_MODEL.squared()));
    onRequest(false, PARAMETERS_FEED_FORWARD, TWO.by(D_MODEL).by(D_FF));
    onRequest(false, PARAMETERS_BIAS, Term.of(5).by(D_MODEL).plus(D_FF));
    onRequest(false, PARAMETERS_NORM, Term.of(4).by(D_MODEL));
    onRequest(
        false,
        PARAMETERS,
        PARAMETERS_ATTENTION
            .plus(PARAMETERS_FEED_FORWARD)
            .plus(PARAMETERS_BIAS)
            .plus(PARAMETERS_NORM));
    onRequest(false, FLOPS_PROJECTIONS, Term.of(8).by(TOKENS).by(D_MODEL.squared()));
    onRequest(false, FLOPS_ATTENTION, Term.of(4).by(TOKENS.squared()).by(D_MODEL));
    onRequest(false, FLOPS_FEED_FORWARD, Term.of(4).by(TOKENS).by(D_MODEL).by(D_FF));
    onRequest(false, FLOPS, FLOPS_PROJECTIONS.plus(FLOPS_ATTENTION).plus(FLOPS_FEED_FORWARD));
  }

  /** How scores spread as d_k grows: q·k is a sum of d_k products of variance 1·1. */
  private void statistics() {
    onRequest(false, DOT_VARIANCE, D_K.by(unitVariance("q")).by(unitVariance("k")));
    onRequest(false, TOKENS, Term.of(8));
    onRequest(false, SEED, ONE);
    List<Quantity> numbers = List.of(D_K, TOKENS, SEED);
    onRequest(false, JACOBIAN, Term.sample(new Saturation(false), numbers));
    onRequest(false, JACOBIAN_SCALED, Term.sample(new Saturation(true), numbers));
  }

  private static Term unitVariance(String vector) {
    String plain = "Var(" + vector + "ᵢ)";
    String tex = "\\operatorname{Var}(" + vector + "_i)";
    return Term.named(new Symbol(plain, tex, "<mtext>" + plain + "</mtext>"), Exact.ONE);
  }

  /** One step of gradient descent. */
  private void step() {
    is(NEW_W_Q, W_Q.minus(RATE.by(D_W_Q)));
    is(NEW_W_K, W_K.minus(RATE.by(D_W_K)));
    is(NEW_W_V, W_V.minus(RATE.by(D_W_V)));
    is(NEW_W_O, W_O.minus(RATE.by(D_W_O)));
  }

  /** Gradients as textbooks write them, then those that follow by going backwards. */
  private void gradients() {
    List<Equation> forward = new ArrayList<>(lines);
    Set<Quantity> ends = new LinkedHashSet<>();
    for (Quantity given : problem.givens().keySet()) {
      given.differentiated().ifPresent(ends::add);
    }
    if (gives(TARGET) || gives(LABEL)) {
      ends.add(LOSS);
      is(LOSS.gradient(), ONE);
    }
    if (ends.isEmpty()) {
      return;
    }
    if (!gives(LOSS.gradient())) {
      is(output().gradient(), output().minus(TARGET));
    }
    eachHead(this::attentionGradient);
    normGradient(UnaryOperator.identity());
    normGradient(Quantities::second);
    lines.addAll(GradientSheet.of(forward, onRequest, problem.givens().keySet(), ends));
  }

  private void attentionGradient() {
    is(ROW_DOT, A.by(D_A).rowSum());
    is(logits.gradient(), A.by(D_A.minus(ROW_DOT)));
    if (choices.positions() != Positions.ROTARY) {
      is(D_Q, scaled(D_S.times(K)));
      if (!gives(KEY_HEADS)) {
        is(D_K_GRADIENT, scaled(D_S.t().times(Q)));
      }
    }
  }

  private void normGradient(UnaryOperator<Quantity> n) {
    boolean plain = !gives(n.apply(GAMMA)) && !gives(n.apply(BETA));
    Quantity rows = n.apply(plain ? LAYER_NORM : NORMALISED);
    Quantity g = rows.gradient();
    if (choices.norm() == Norm.LAYER) {
      Term along = rows.by(g.by(rows).rowMean());
      is(n.apply(Y).gradient(), g.minus(g.rowMean()).minus(along).over(n.apply(DEVIATION)));
    }
  }

  private boolean hasHeads() {
    return problem.heads() > 0;
  }

  private Quantity joined() {
    return hasHeads() ? CONCAT : Z;
  }

  /** What a target is for. */
  private Quantity output() {
    return gives(W_O) ? O : joined();
  }

  /** Whether a quantity is given, for all heads or for the first. */
  private boolean gives(Quantity quantity) {
    return problem.gives(quantity) || problem.gives(quantity.head(1));
  }

  /** Whether people want a quantity without asking for it. */
  static boolean isWanted(Quantity quantity) {
    return quantity
        .differentiated()
        .map(q -> LEARNING.contains(q.head(0)))
        .orElse(!SIZES.contains(quantity));
  }
}
