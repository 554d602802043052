package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices.Positions;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Function;
import java.util.ArrayList;
import java.util.List;

/**
 * The formulas of attention, in the paper's order: a line a formula. A {@link Derivation} fires
 * those that lead from the givens to the goals.
 *
 * {@snippet file="dev/qkv/sheet/SheetSnippetsTest.java" region="evaluate"}
 */
public final class FormulaSheet {
  private static final Term ONE = Term.of(1);

  private final Problem problem;
  private final Choices choices;
  private final Lines sheet;
  private final List<Equation> bare = new ArrayList<>();

  /** What the scores become before softmax. */
  private Quantity logits = S;

  private FormulaSheet(Problem problem) {
    this.problem = problem;
    this.choices = problem.choices();
    this.sheet = new Lines(problem);
  }

  /**
   * The sheet that a problem's choices call for.
   *
   * @param problem its choices and heads choose the formulas
   * @return the sheet
   * @throws SheetException if the number of heads is not a small whole number
   */
  public static Sheet of(Problem problem) {
    FormulaSheet formulas = new FormulaSheet(problem);
    Lines sheet = formulas.sheet;
    LayerFormulas layer = new LayerFormulas(sheet, problem.choices());
    formulas.positions();
    formulas.projections();
    formulas.sizes();
    sheet.eachHead(formulas::attention);
    if (formulas.hasHeads()) {
      sheet.is(CONCAT, Term.beside(sheet.heads().each(Z)));
    }
    layer.write(formulas.input(), formulas.joined());
    CountFormulas.write(sheet, problem.choices());
    Runnable textbook =
        () -> {
          sheet.eachHead(formulas::attentionGradient);
          layer.writeGradients();
        };
    new LearningFormulas(sheet, problem, formulas.output(), textbook).write();
    List<Equation> bare = sheet.heads().each(formulas.bare);
    return new Sheet(problem, sheet.written(), sheet.onRequest(), bare);
  }

  private void positions() {
    boolean chosen = choices.positions() != Positions.NONE;
    boolean added = choices.positions() == Positions.SINUSOIDAL;
    Quantity width = choices.positions() == Positions.ROTARY ? D_K : D_MODEL;
    sheet.is(TOKENS, X.length());
    sheet.is(TOKENS, Q.length());
    sheet.is(chosen, BASE, Term.of(10_000));
    sheet.is(chosen, POSITION, Term.count(TOKENS, true, 1));
    sheet.is(chosen, FREQUENCY, ONE.over(BASE.power(Term.count(width, false, 2).over(width))));
    sheet.is(chosen, ANGLE, POSITION.times(FREQUENCY));
    Term cosine = ANGLE.apply(Function.COS);
    sheet.is(added, ENCODING, ANGLE.apply(Function.SIN).where(Condition.evenColumn(), cosine));
    sheet.is(added, X_POSITION, X.plus(ENCODING));
  }

  private void projections() {
    Quantity x = input();
    sheet.is(Q, x.times(W_Q));
    sheet.is(Q, W.times(INPUT));
    sheet.is(K, MEMORY.times(W_K));
    sheet.is(K, x.times(W_K));
    sheet.is(V, MEMORY.times(W_V));
    sheet.is(V, x.times(W_V));
    sheet.written().addAll(sheet.heads().split(x, MEMORY));
  }

  private void sizes() {
    sheet.is(D_K, hasHeads() ? Term.width(sheet.heads().keys()) : K.width());
    sheet.is(D_K, D_MODEL.shared(HEADS));
    sheet.is(D_MODEL, X.width());
    sheet.is(D_MODEL, HEADS.by(D_K));
    sheet.is(HEADS, D_MODEL.shared(D_K));
    sheet.is(ROOT_D_K, D_K.root());
  }

  private void attention() {
    boolean rotary = choices.positions() == Positions.ROTARY;
    sheet.is(rotary, Q_TURNED, turned(Q));
    sheet.is(rotary, K_TURNED, turned(K));
    sheet.is(DOT, rotary ? Q_TURNED.times(K_TURNED.t()) : Q.times(K.t()));
    sheet.is(S, scaled(DOT));
    logits(sheet.gives(CAP), CAPPED, CAP.by(S.over(CAP).apply(Function.TANH)));
    Term distance = Term.distance(logits, choices.masking().alignment());
    logits(sheet.gives(SLOPE), BIASED, logits.plus(SLOPE.by(distance)));
    logits(sheet.gives(TEMPERATURE), TEMPERED, logits.over(TEMPERATURE));
    choices.masking().condition().ifPresent(c -> sheet.is(MASK, Term.mask(c, logits)));
    logits(choices.isMasked(), MASKED, logits.plus(MASK));
    boolean sink = sheet.gives(SINK);
    Term sum = EXPONENTIALS.rowSum();
    Term sinkColumn = SINK.like(logits.rowSum());
    sheet.is(ROW_MAX, (sink ? Term.beside(List.of(logits, sinkColumn)) : logits).rowMax());
    sheet.is(EXPONENTIALS, logits.minus(ROW_MAX).exp());
    sheet.is(ROW_SUM, sink ? sum.plus(SINK.minus(ROW_MAX).exp()) : sum);
    sheet.is(A, EXPONENTIALS.over(ROW_SUM));
    sheet.is(Z, A.times(V));
    bare.add(new Equation(EXPONENTIALS, logits.exp()));
    bare.add(new Equation(ROW_SUM, sink ? sum.plus(SINK.exp()) : sum));
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
      sheet.is(changed, how);
      logits = changed;
    }
  }

  /** Gradients of one head as textbooks write them. */
  private void attentionGradient() {
    sheet.is(ROW_DOT, A.by(D_A).rowSum());
    sheet.is(logits.gradient(), A.by(D_A.minus(ROW_DOT)));
    if (choices.positions() != Positions.ROTARY) {
      sheet.is(D_Q, scaled(D_S.times(K)));
    }
    if (choices.positions() != Positions.ROTARY && !sheet.gives(KEY_HEADS)) {
      sheet.is(D_K_GRADIENT, scaled(D_S.t().times(Q)));
    }
  }

  /** What projections and residuals start from. */
  private Quantity input() {
    return choices.positions() == Positions.SINUSOIDAL ? X_POSITION : X;
  }

  private boolean hasHeads() {
    return problem.heads() > 0;
  }

  private Quantity joined() {
    return hasHeads() ? CONCAT : Z;
  }

  /** What a target is for. */
  private Quantity output() {
    return sheet.gives(W_O) || sheet.gives(O) ? O : joined();
  }

  /** What goes into softmax, before and after the mask. */
  static List<Quantity> logits(Problem problem) {
    FormulaSheet formulas = new FormulaSheet(problem);
    formulas.attention();
    List<Quantity> stages = new ArrayList<>();
    for (Equation line : formulas.sheet.written()) {
      if (List.of(S, CAPPED, BIASED, TEMPERED).contains(line.output())) {
        stages.add(line.output());
      }
    }
    return List.of(stages.getLast(), formulas.logits);
  }
}
