package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Reduce.Along;
import dev.qkv.sheet.term.Reduce.Kind;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.NegativeInfinity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The mistakes that people make in a problem: a wrong step in place of the right one. */
public final class MistakeCatalogue {
  private static final Term ZERO = Term.of(Exact.ZERO);
  private static final Term ONE = Term.of(1);
  private static final Term HIDDEN_SCORE = Term.of(NegativeInfinity.INSTANCE);

  private final Problem problem;
  private final HeadLines heads;
  private final List<Mistake> mistakes = new ArrayList<>();

  private MistakeCatalogue(Problem problem) {
    this.problem = problem;
    this.heads = new HeadLines(problem);
  }

  /**
   * The mistakes that a problem leaves room for.
   *
   * @param problem its choices decide which apply
   * @return in the catalogue's order; a code stands twice where it can be made in two places
   */
  public static List<Mistake> of(Problem problem) {
    MistakeCatalogue catalogue = new MistakeCatalogue(problem);
    List<Quantity> logits = FormulaSheet.logits(problem);
    catalogue.scale();
    catalogue.softmax(logits.getLast());
    if (problem.choices().isMasked()) {
      catalogue.mask(logits.getFirst());
    }
    catalogue.scores(logits);
    catalogue.output();
    catalogue.gradient(logits.getLast());
    List<Mistake> all = new ArrayList<>(catalogue.mistakes);
    all.addAll(InputMistakes.of(problem));
    all.addAll(LayerMistakes.of(problem));
    return List.copyOf(all);
  }

  private boolean isScaled() {
    return problem.choices().scaling() == Choices.Scaling.ROOT_D_K;
  }

  private void add(String code, Equation... wrong) {
    mistakes.add(new Mistake(code, heads.each(List.of(wrong))));
  }

  /** A gradient of weights, which all heads have together or each its own. */
  private void transposed(Equation wrong) {
    Set<Equation> all = new LinkedHashSet<>(List.of(wrong));
    all.addAll(heads.each(List.of(wrong)));
    mistakes.add(new Mistake("GRADIENT.TRANSPOSED", List.copyOf(all)));
  }

  private static Equation is(Quantity quantity, Term term) {
    return new Equation(quantity, term);
  }

  private void scale() {
    if (isScaled()) {
      add("SCALE.MISSING", is(S, DOT));
      add("SCALE.DK", is(S, DOT.over(D_K)));
      add("SCALE.DMODEL", is(S, DOT.over(D_MODEL.root())));
      add("SCALE.SEQUENCE", is(S, DOT.over(DOT.width().root())));
      add("SCALE.TWICE", is(S, DOT.over(ROOT_D_K).over(ROOT_D_K)));
    }
  }

  private void softmax(Quantity logits) {
    over("SOFTMAX.COLUMNS", logits, Along.COLUMN);
    over("SOFTMAX.GLOBAL", logits, Along.ALL);
    Term less = logits.minus(ROW_MAX);
    add("SOFTMAX.LINEAR", is(EXPONENTIALS, ZERO.where(Condition.hidden(logits), logits)));
    add("SOFTMAX.ARGMAX", is(EXPONENTIALS, ONE.where(Condition.equal(logits, ROW_MAX), ZERO)));
    add("SOFTMAX.BASE2", is(EXPONENTIALS, Term.of(2).power(less)));
    add("SOFTMAX.BASE10", is(EXPONENTIALS, Term.of(10).power(less)));
  }

  private void over(String code, Quantity logits, Along along) {
    Term max = logits.reduce(Kind.MAX, along).like(logits);
    Term sum = EXPONENTIALS.reduce(Kind.SUM, along).like(EXPONENTIALS);
    add(code, is(ROW_MAX, max), is(ROW_SUM, sum));
  }

  /** A wrong mask may leave a row with nothing to attend to; the other rows still tell. */
  private void mask(Quantity s) {
    Condition hidden = Condition.hidden(MASK);
    Condition itself = new Condition.Window(0, 0, problem.choices().masking().alignment());
    add("MASK.NONE", is(MASKED, s));
    add("MASK.ZERO", is(MASKED, ZERO.where(hidden, s)));
    add("MASK.AFTER", is(MASKED, s), is(A, ZERO.where(hidden, EXPONENTIALS.over(ROW_SUM))));
    add("MASK.TRANSPOSED", is(MASKED, s.plus(MASK.t())));
    add("MASK.STRICT", is(MASKED, HIDDEN_SCORE.where(itself, s.plus(MASK))));
    Masking.otherCorner(problem.choices().masking())
        .flatMap(Masking::condition)
        .ifPresent(c -> add("MASK.ALIGNMENT", is(MASK, Term.mask(c, s))));
    add("MASK.POLARITY", is(MASKED, s.where(hidden, HIDDEN_SCORE)));
  }

  /** A window off by one at either end; what joins the scores left out, turned, or out of order. */
  private void scores(List<Quantity> logits) {
    Quantity before = logits.getFirst();
    if (problem.choices().masking() instanceof Masking.Window(int left, int right, var corner)) {
      window(before, left, left < 0 ? left : left + 1, right, right, corner);
      window(before, left, left > 0 ? left - 1 : left, right, right, corner);
      window(before, left, left, right, right < 0 ? right : right + 1, corner);
      window(before, left, left, right, right > 0 ? right - 1 : right, corner);
    }
    if (problem.gives(CAP)) {
      Term capped = CAP.by(DOT.over(CAP).apply(Function.TANH));
      add("CAP.ORDER", is(CAPPED, isScaled() ? capped.over(ROOT_D_K) : capped));
      add("CAP.FACTOR", is(CAPPED, S.over(CAP).apply(Function.TANH)));
    }
    if (problem.gives(SLOPE)) {
      Quantity unbiased = problem.gives(CAP) ? CAPPED : S;
      Term distance = Term.distance(unbiased, problem.choices().masking().alignment());
      add("ALIBI.SIGN", is(BIASED, unbiased.minus(SLOPE.by(distance))));
      add("BIAS.MISSING", is(BIASED, unbiased));
      if (isScaled() && !problem.gives(CAP)) {
        add("BIAS.ORDER", is(BIASED, DOT.plus(SLOPE.by(distance)).over(ROOT_D_K)));
      }
    }
    if (problem.gives(TEMPERATURE)) {
      Quantity cold = problem.gives(SLOPE) ? BIASED : problem.gives(CAP) ? CAPPED : S;
      add("TEMPERATURE.TIMES", is(TEMPERED, cold.by(TEMPERATURE)));
    }
    if (problem.gives(SINK)) {
      add("SINK.MISSING", is(ROW_SUM, EXPONENTIALS.rowSum()));
    }
  }

  private void window(
      Quantity scores, int left, int otherLeft, int right, int otherRight, Alignment corner) {
    if (left != otherLeft || right != otherRight) {
      Condition seen = new Condition.Window(otherLeft, otherRight, corner);
      add("WINDOW.EDGE", is(MASK, Term.mask(seen, scores)));
    }
  }

  private void output() {
    add("QKV.SWAPPED", is(Z, A.times(K)));
    add("QKV.SWAPPED", is(DOT, Q.times(Q.t())));
    add("QKV.SWAPPED", is(DOT, K.times(K.t())));
    add("QKV.SWAPPED", is(DOT, Q.times(V.t())));
    add("OUTPUT.TRANSPOSED", is(Z, A.t().times(V)));
    add("OUTPUT.TRANSPOSED", is(DOT, K.times(Q.t())));
  }

  private void gradient(Quantity logits) {
    transposed(is(D_W, INPUT.times(D_Q.t())));
    transposed(is(D_W_Q, D_Q.t().times(X)));
    transposed(is(D_W_K, D_K_GRADIENT.t().times(X)));
    transposed(is(D_W_V, D_V.t().times(X)));
    Term keys = D_S.times(Q);
    add("GRADIENT.TRANSPOSED", is(D_V, A.times(D_Z)));
    add("GRADIENT.TRANSPOSED", is(D_K_GRADIENT, isScaled() ? keys.over(ROOT_D_K) : keys));
    add("GRADIENT.SOFTMAX", is(logits.gradient(), A.by(D_A)));
    if (isScaled()) {
      add("GRADIENT.SCALE", is(D_Q, D_S.times(K)));
      add("GRADIENT.SCALE", is(D_K_GRADIENT, D_S.t().times(Q)));
    }
  }
}
