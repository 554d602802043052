package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices.Positions;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Function;
import java.util.ArrayList;
import java.util.List;

/** Mistakes between the input and the scores of a head: positions, projections, heads. */
final class InputMistakes {
  private static final Term ONE = Term.of(1);

  private final Problem problem;
  private final HeadLines heads;
  private final List<Mistake> mistakes = new ArrayList<>();

  private InputMistakes(Problem problem) {
    this.problem = problem;
    this.heads = new HeadLines(problem);
  }

  static List<Mistake> of(Problem problem) {
    InputMistakes made = new InputMistakes(problem);
    made.positions();
    made.projections();
    made.heads();
    return made.mistakes;
  }

  private void add(String code, Equation... wrong) {
    mistakes.add(new Mistake(code, List.of(wrong)));
  }

  private static Equation is(Quantity quantity, Term term) {
    return new Equation(quantity, term);
  }

  private void positions() {
    Positions positions = problem.choices().positions();
    boolean added = positions == Positions.SINUSOIDAL;
    Quantity width = added ? D_MODEL : D_K;
    if (positions == Positions.NONE) {
      return;
    }
    String family = added ? "POSITION" : "ROPE";
    add(family + ".OFFSET", is(POSITION, Term.count(TOKENS, true, 1).plus(ONE)));
    Term exponent = Term.count(width, false, 1).over(width);
    add(family + ".EXPONENT", is(FREQUENCY, ONE.over(BASE.power(exponent))));
    if (added) {
      Term sine = ANGLE.apply(Function.SIN);
      Term cosine = ANGLE.apply(Function.COS);
      add("POSITION.SINCOS", is(ENCODING, cosine.where(Condition.evenColumn(), sine)));
      add("POSITION.MISSING", is(X_POSITION, X));
    } else {
      each("ROPE.SIGN", is(Q_TURNED, turnedBack(Q)), is(K_TURNED, turnedBack(K)));
      each("ROPE.QUERY", is(K_TURNED, K));
      each("ROPE.QUERY", is(Q_TURNED, Q));
      each("ROPE.MISSING", is(Q_TURNED, Q), is(K_TURNED, K));
    }
  }

  private void each(String code, Equation... wrong) {
    mistakes.add(new Mistake(code, heads.each(List.of(wrong))));
  }

  private static Term turnedBack(Quantity x) {
    Term sine = ANGLE.apply(Function.SIN);
    return x.by(ANGLE.apply(Function.COS)).minus(x.turned().by(sine));
  }

  private void projections() {
    boolean added = problem.choices().positions() == Positions.SINUSOIDAL;
    Quantity x = added ? X_POSITION : X;
    Quantity memory = problem.gives(MEMORY) ? MEMORY : x;
    add("PROJECTION.TRANSPOSED", is(Q, x.times(W_Q.t())));
    add("PROJECTION.TRANSPOSED", is(K, memory.times(W_K.t())));
    add("PROJECTION.TRANSPOSED", is(V, memory.times(W_V.t())));
    add(
        "PROJECTION.TRANSPOSED",
        is(Q, x.times(W_Q.t())),
        is(K, memory.times(W_K.t())),
        is(V, memory.times(W_V.t())));
    add("QKV.SWAPPED", is(Q, x.times(W_K)), is(K, memory.times(W_Q)));
    add("QKV.SWAPPED", is(K, memory.times(W_V)), is(V, memory.times(W_K)));
    add("PROJECTION.MISSING", is(V, memory));
    add("PROJECTION.MISSING", is(K, memory));
    add("PROJECTION.MISSING", is(Q, x));
    if (problem.gives(MEMORY)) {
      add("CROSS.SELF", is(K, x.times(W_K)), is(V, x.times(W_V)));
      add("CROSS.SWAPPED", is(Q, MEMORY.times(W_Q)), is(K, x.times(W_K)), is(V, x.times(W_V)));
    }
    Quantity attention = problem.heads() > 0 ? CONCAT : Z;
    add("PROJECTION.MISSING", is(O, attention));
    add("PROJECTION.TRANSPOSED", is(O, attention.times(W_O.t())));
  }

  private void heads() {
    int count = problem.heads();
    if (count == 0) {
      return;
    }
    if (problem.gives(KEY_HEADS)) {
      tiled(count, problem.keyHeads());
    }
    List<Equation> split = new ArrayList<>();
    for (int head = 1; head <= count; head++) {
      split.add(is(Q.head(head), Term.view(List.of(Q), head, HEADS)));
    }
    Quantity shares = problem.gives(KEY_HEADS) ? KEY_HEADS : HEADS;
    for (int head = 1; head <= problem.keyHeads(); head++) {
      split.add(is(K.head(head), Term.view(List.of(K), head, shares)));
      split.add(is(V.head(head), Term.view(List.of(V), head, shares)));
    }
    Equation joined = is(CONCAT, Term.view(heads.each(Z), 1, ONE));
    List<Equation> both = new ArrayList<>(split);
    both.add(joined);
    mistakes.add(new Mistake("HEAD.VIEW", List.copyOf(both)));
    mistakes.add(new Mistake("HEAD.VIEW", List.copyOf(split)));
    add("HEAD.VIEW", joined);
    single();
  }

  /** Shared keys and values dealt out in turn: 1, 2, 1, 2 for 1, 1, 2, 2. */
  private void tiled(int count, int keyHeads) {
    List<Equation> wrong = new ArrayList<>();
    for (int head = 1; head <= count; head++) {
      int shared = (head - 1) % keyHeads + 1;
      if (shared != heads.keyHead(head)) {
        wrong.add(is(DOT.head(head), Q.head(head).times(K.head(shared).t())));
        wrong.add(is(Z.head(head), A.head(head).times(V.head(shared))));
      }
    }
    mistakes.add(new Mistake("HEAD.TILED", List.copyOf(wrong)));
  }

  /** One softmax over the whole width, as if there were one head. */
  private void single() {
    if (problem.choices().isMasked() || problem.gives(KEY_HEADS)) {
      return;
    }
    Term scores = Q.times(K.t());
    boolean scaled = problem.choices().scaling() == Choices.Scaling.ROOT_D_K;
    Term exponentials = (scaled ? scores.over(D_MODEL.root()) : scores).exp();
    add("HEAD.SINGLE", is(CONCAT, exponentials.over(exponentials.rowSum()).times(V)));
  }
}
