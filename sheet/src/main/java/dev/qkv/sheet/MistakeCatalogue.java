package dev.qkv.sheet;

import static dev.qkv.sheet.FormulaSheet.formula;
import static dev.qkv.sheet.Quantities.*;
import static dev.qkv.sheet.operation.Products.Transposed.LEFT;
import static dev.qkv.sheet.operation.Products.Transposed.NEITHER;
import static dev.qkv.sheet.operation.Products.Transposed.RIGHT;

import dev.qkv.sheet.operation.Masks;
import dev.qkv.sheet.operation.Operation;
import dev.qkv.sheet.operation.Products;
import dev.qkv.sheet.operation.Products.Transposed;
import dev.qkv.sheet.operation.Softmax;
import dev.qkv.sheet.operation.Softmax.Over;
import dev.qkv.sheet.operation.Softmax.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The mistakes that people make in a problem, each as replaced formulas. */
public final class MistakeCatalogue {
  private final Problem problem;
  private final int[] heads;
  private final List<Mistake> mistakes = new ArrayList<>();

  private MistakeCatalogue(Problem problem) {
    this.problem = problem;
    int count = problem.heads();
    this.heads = count == 0 ? new int[] {0} : IntStream.rangeClosed(1, count).toArray();
  }

  /**
   * The mistakes that a problem leaves room for.
   *
   * @param problem its scaling and mask decide which apply
   * @return in the catalogue's order; a code stands twice where it can be made in two places
   */
  public static List<Mistake> of(Problem problem) {
    MistakeCatalogue catalogue = new MistakeCatalogue(problem);
    catalogue.scale();
    catalogue.softmax();
    catalogue.mask();
    catalogue.output();
    catalogue.gradient();
    return List.copyOf(catalogue.mistakes);
  }

  private void add(String code, IntFunction<Formula> alternative) {
    mistakes.add(new Mistake(code, IntStream.of(heads).mapToObj(alternative).toList()));
  }

  private void scale() {
    if (problem.scaling() != Problem.Scaling.ROOT_D_K) {
      return;
    }
    scaled("SCALE.MISSING", Products.same(), "#0", "#0");
    scaled("SCALE.DK", Products.dividedBy(), "#0 / #1", "\\frac{#0}{#1}", D_K);
    scaled("SCALE.DMODEL", Products.dividedByRoot(), "#0 / √#1", "\\frac{#0}{\\sqrt{#1}}", D_MODEL);
    scaled("SCALE.SEQUENCE", Products.dividedByRootOfWidth(), "#0 / √n", "\\frac{#0}{\\sqrt n}");
    scaled(
        "SCALE.TWICE", Products.dividedByTwice(), "#0 / #1 / #1", "\\frac{#0}{#1\\,#1}", ROOT_D_K);
  }

  private void scaled(
      String code, Operation operation, String plain, String tex, Quantity... divisor) {
    add(
        code,
        head -> {
          List<Quantity> inputs = new ArrayList<>(List.of(DOT.head(head)));
          inputs.addAll(List.of(divisor));
          return new Formula(S.head(head), inputs, operation, plain, tex);
        });
  }

  private void softmax() {
    normalised("SOFTMAX.COLUMNS", Over.COLUMN, Weight.E, "column softmax(#0)");
    normalised("SOFTMAX.GLOBAL", Over.ALL, Weight.E, "softmax(all of #0)");
    normalised("SOFTMAX.LINEAR", Over.ROW, Weight.LINEAR, "#0 / Σ_j #0");
    normalised("SOFTMAX.ARGMAX", Over.ROW, Weight.ARGMAX, "argmax_j #0");
    normalised("SOFTMAX.BASE2", Over.ROW, Weight.TWO, "2^#0 / Σ_j 2^#0");
    normalised("SOFTMAX.BASE10", Over.ROW, Weight.TEN, "10^#0 / Σ_j 10^#0");
  }

  private void normalised(String code, Over over, Weight weight, String plain) {
    add(
        code,
        head ->
            formula(
                A.head(head),
                Softmax.variant(over, weight),
                plain,
                "\\text{" + plain + "}",
                logits(head)));
  }

  private Quantity logits(int head) {
    return problem.masking() instanceof Masking.None ? S.head(head) : MASKED.head(head);
  }

  private void mask() {
    if (problem.masking() instanceof Masking.None) {
      return;
    }
    add("MASK.NONE", head -> formula(MASKED.head(head), Products.same(), "#0", "#0", S.head(head)));
    masked("MASK.ZERO", Masks.fillZero(), "#0, 0 where masked");
    add(
        "MASK.AFTER",
        head ->
            formula(
                A.head(head),
                Masks.afterSoftmax(),
                "softmax(#0), 0 where masked",
                "\\operatorname{softmax}(#0)\\text{, 0 where masked}",
                S.head(head),
                MASK));
    masked("MASK.TRANSPOSED", Masks.addTransposed(), "#0 + #1ᵀ");
    masked("MASK.STRICT", Masks.addStrict(), "#0 + #1, −∞ on the diagonal");
    if (problem.masking() instanceof Masking.Causal(Masking.Alignment alignment)
        && alignment != Masking.Alignment.UNSAID) {
      Masking.Alignment other =
          alignment == Masking.Alignment.UPPER_LEFT
              ? Masking.Alignment.BOTTOM_RIGHT
              : Masking.Alignment.UPPER_LEFT;
      List<Formula> alternatives = new ArrayList<>(whereAttendable());
      alternatives.add(
          formula(
              MASK,
              Masks.causal(other),
              "0 where key ≤ query",
              "0\\text{ where }j\\le i",
              S.head(heads[0])));
      mistakes.add(new Mistake("MASK.ALIGNMENT", alternatives));
    }
    masked("MASK.POLARITY", Masks.addInverted(), "#0 where masked, else −∞");
  }

  private void masked(String code, Operation operation, String plain) {
    List<Formula> alternatives = new ArrayList<>(whereAttendable());
    for (int head : heads) {
      alternatives.add(
          formula(
              MASKED.head(head), operation, plain, "\\text{" + plain + "}", S.head(head), MASK));
    }
    mistakes.add(new Mistake(code, alternatives));
  }

  /** A wrong mask may leave a row with nothing to attend to; the other rows still tell. */
  private List<Formula> whereAttendable() {
    return IntStream.of(heads)
        .mapToObj(
            head ->
                formula(
                    A.head(head),
                    Softmax.whereAttendable(),
                    "softmax(#0)",
                    "\\operatorname{softmax}(#0)",
                    MASKED.head(head)))
        .toList();
  }

  private void output() {
    add(
        "OUTPUT.TRANSPOSED",
        head ->
            formula(
                Z.head(head),
                Products.product(LEFT),
                "#0ᵀ·#1",
                "{#0}^{\\top}#1",
                A.head(head),
                V.head(head)));
    add(
        "OUTPUT.TRANSPOSED",
        head ->
            formula(
                DOT.head(head),
                Products.product(RIGHT),
                "#0·#1ᵀ",
                "#0{#1}^{\\top}",
                K.head(head),
                Q.head(head)));
  }

  private void gradient() {
    outerTransposed(D_W, INPUT, D_Q, RIGHT);
    outerTransposed(D_W_Q, D_Q, X, LEFT);
    outerTransposed(D_W_K, D_K_GRADIENT, X, LEFT);
    outerTransposed(D_W_V, D_V, X, LEFT);
    add(
        "GRADIENT.TRANSPOSED",
        head ->
            formula(
                D_V.head(head),
                Products.product(NEITHER),
                "#0·#1",
                "#0\\,#1",
                A.head(head),
                D_Z.head(head)));
    add("GRADIENT.TRANSPOSED", head -> keyGradient(head, NEITHER, true));
    add(
        "GRADIENT.SOFTMAX",
        head ->
            formula(
                D_S.head(head),
                Softmax.backwardDiagonal(),
                "#0∘#1",
                "#0\\odot #1",
                A.head(head),
                D_A.head(head)));
    if (problem.scaling() == Problem.Scaling.ROOT_D_K) {
      add(
          "GRADIENT.SCALE",
          head ->
              formula(
                  D_Q.head(head),
                  Products.product(NEITHER),
                  "#0·#1",
                  "#0\\,#1",
                  D_S.head(head),
                  K.head(head)));
      add("GRADIENT.SCALE", head -> keyGradient(head, LEFT, false));
    }
  }

  private void outerTransposed(Quantity output, Quantity left, Quantity right, Transposed which) {
    mistakes.add(
        new Mistake(
            "GRADIENT.TRANSPOSED",
            List.of(
                formula(
                    output,
                    Products.product(which),
                    which == LEFT ? "#0ᵀ·#1" : "#0·#1ᵀ",
                    which == LEFT ? "{#0}^{\\top}#1" : "#0{#1}^{\\top}",
                    left,
                    right))));
  }

  private Formula keyGradient(int head, Transposed transposed, boolean divided) {
    String product = transposed == LEFT ? "#0ᵀ·#1" : "#0·#1";
    String tex = transposed == LEFT ? "{#0}^{\\top}#1" : "#0\\,#1";
    Quantity output = D_K_GRADIENT.head(head);
    if (divided && problem.scaling() == Problem.Scaling.ROOT_D_K) {
      return formula(
          output,
          Products.dividedProduct(transposed),
          product + " / #2",
          "\\frac{" + tex + "}{#2}",
          D_S.head(head),
          Q.head(head),
          ROOT_D_K);
    }
    return formula(
        output, Products.product(transposed), product, tex, D_S.head(head), Q.head(head));
  }
}
