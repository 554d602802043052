package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;
import static dev.qkv.sheet.operation.Products.Transposed.LEFT;
import static dev.qkv.sheet.operation.Products.Transposed.NEITHER;
import static dev.qkv.sheet.operation.Products.Transposed.RIGHT;

import dev.qkv.sheet.operation.Defaults;
import dev.qkv.sheet.operation.Descent;
import dev.qkv.sheet.operation.Heads;
import dev.qkv.sheet.operation.Masks;
import dev.qkv.sheet.operation.Norms;
import dev.qkv.sheet.operation.Operation;
import dev.qkv.sheet.operation.Products;
import dev.qkv.sheet.operation.Sampling;
import dev.qkv.sheet.operation.Softmax;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The formulas of a problem, as data and in the paper's order. Where two compute the same quantity,
 * the first whose inputs can be had is used.
 */
public final class FormulaSheet {
  private static final String PRODUCT = "#0·#1";
  private static final String PRODUCT_TEX = "#0\\,#1";
  private static final String LEFT_PLAIN = "#0ᵀ·#1";
  private static final String LEFT_TEX = "{#0}^{\\top}\\,#1";
  private static final String RIGHT_PLAIN = "#0·#1ᵀ";
  private static final String RIGHT_TEX = "#0\\,{#1}^{\\top}";

  /** Quantities that nobody wants unless they ask: definitions of sizes, and sampled ones. */
  private static final Set<Quantity> ON_REQUEST =
      Set.of(D_MODEL, HEADS, DOT_VARIANCE, JACOBIAN, JACOBIAN_SCALED, SEED, KEYS);

  private final Problem problem;
  private final List<Formula> formulas;

  private FormulaSheet(Problem problem, List<Formula> formulas) {
    this.problem = problem;
    this.formulas = List.copyOf(formulas);
  }

  /**
   * The sheet that a problem's choices call for.
   *
   * @param problem its scaling, mask and heads choose the formulas
   * @return the sheet
   * @throws SheetException if the number of heads is not a small whole number
   */
  public static FormulaSheet of(Problem problem) {
    List<Formula> all = new ArrayList<>();
    int heads = problem.heads();
    projections(all);
    sizes(all, heads);
    int[] each = heads == 0 ? new int[] {0} : IntStream.rangeClosed(1, heads).toArray();
    for (int head : each) {
      if (head > 0) {
        split(all, head);
      }
      attention(all, problem, head);
    }
    if (heads > 0) {
      all.add(
          new Formula(
              CONCAT,
              each(Z, heads),
              Heads.concatenate(),
              "[" + references(heads, " ‖ ") + "]",
              "\\left[" + references(heads, "\\,\\Vert\\,") + "\\right]"));
    }
    Quantity joined = heads == 0 ? Z : CONCAT;
    all.add(formula(O, Products.product(NEITHER), PRODUCT, PRODUCT_TEX, joined, W_O));
    residual(all, problem, joined);
    gradients(all, problem, heads, joined);
    statistics(all);
    return new FormulaSheet(problem, all);
  }

  private static void projections(List<Formula> all) {
    all.add(formula(Q, Products.product(NEITHER), PRODUCT, PRODUCT_TEX, X, W_Q));
    all.add(formula(K, Products.product(NEITHER), PRODUCT, PRODUCT_TEX, X, W_K));
    all.add(formula(V, Products.product(NEITHER), PRODUCT, PRODUCT_TEX, X, W_V));
    all.add(formula(Q, Products.product(NEITHER), PRODUCT, PRODUCT_TEX, W, INPUT));
  }

  private static void sizes(List<Formula> all, int heads) {
    all.add(formula(D_K, Heads.headWidth(), "#0 / #1", "\\frac{#0}{#1}", D_MODEL, HEADS));
    Quantity keys = K.head(heads == 0 ? 0 : 1);
    all.add(formula(D_K, Heads.width(), "dim #0", "\\dim #0", keys));
    all.add(formula(D_MODEL, Heads.width(), "dim #0", "\\dim #0", X));
    all.add(formula(HEADS, Heads.headWidth(), "#0 / #1", "\\frac{#0}{#1}", D_MODEL, D_K));
    all.add(formula(ROOT_D_K, Heads.root(), "√#0", "\\sqrt{#0}", D_K));
  }

  private static void split(List<Formula> all, int head) {
    for (Quantity whole : List.of(Q, K, V)) {
      String columns = "#0[·, " + head + "/#1]";
      all.add(
          formula(
              whole.head(head),
              Heads.split(head),
              columns,
              "{#0}_{[\\cdot,\\," + head + "/#1]}",
              whole,
              HEADS));
    }
    all.add(
        formula(
            D_Z.head(head),
            Heads.split(head),
            "#0[·, " + head + "/#1]",
            "{#0}_{[\\cdot,\\," + head + "/#1]}",
            D_CONCAT,
            HEADS));
  }

  private static void attention(List<Formula> all, Problem problem, int head) {
    Quantity dot = DOT.head(head);
    Quantity s = S.head(head);
    Quantity logits = problem.masking() instanceof Masking.None ? s : MASKED.head(head);
    Quantity max = ROW_MAX.head(head);
    Quantity e = EXPONENTIALS.head(head);
    Quantity sum = ROW_SUM.head(head);
    Quantity a = A.head(head);
    all.add(
        formula(dot, Products.product(RIGHT), RIGHT_PLAIN, RIGHT_TEX, Q.head(head), K.head(head)));
    all.add(
        switch (problem.scaling()) {
          case ROOT_D_K ->
              formula(s, Products.dividedBy(), "#0 / #1", "\\frac{#0}{#1}", dot, ROOT_D_K);
          case NONE -> formula(s, Products.same(), "#0", "#0", dot);
          case FACTOR -> formula(s, Products.times(), PRODUCT, PRODUCT_TEX, dot, SCALE);
        });
    if (!logits.equals(s)) {
      if (head <= 1) {
        mask(all, problem.masking(), s);
      }
      all.add(formula(logits, Masks.add(), "#0 + #1", "#0 + #1", s, MASK));
    }
    all.add(formula(max, Softmax.rowMax(), "max_j #0", "\\max_j #0", logits));
    all.add(formula(e, Softmax.exponentials(), "e^(#0 − #1)", "e^{#0 - #1}", logits, max));
    all.add(formula(sum, Softmax.rowSum(), "Σ_j #0", "\\sum_j #0", e));
    all.add(formula(a, Softmax.overRow(), "#0 / #1", "\\frac{#0}{#1}", e, sum));
    all.add(
        formula(Z.head(head), Products.product(NEITHER), PRODUCT, PRODUCT_TEX, a, V.head(head)));
  }

  private static void mask(List<Formula> all, Masking masking, Quantity scores) {
    if (masking instanceof Masking.Causal(Masking.Alignment alignment)) {
      all.add(
          formula(
              MASK,
              Masks.causal(alignment),
              "0 [j ≤ i" + shift(alignment) + "], −∞ [j > i" + shift(alignment) + "]",
              "\\begin{cases}0 & j\\le i"
                  + texShift(alignment)
                  + "\\\\ -\\infty & j>i"
                  + texShift(alignment)
                  + "\\end{cases}",
              scores));
    } else if (masking instanceof Masking.Keep(var kept)) {
      all.add(
          formula(
              MASK,
              Masks.keep(kept),
              "0 [j ∈ R(i)], −∞ [j ∉ R(i)]",
              "\\begin{cases}0 & j\\in R(i)\\\\ -\\infty & j\\notin R(i)\\end{cases}",
              scores));
    }
  }

  private static String shift(Masking.Alignment alignment) {
    return alignment == Masking.Alignment.BOTTOM_RIGHT ? " + n_K − n_Q" : "";
  }

  private static String texShift(Masking.Alignment alignment) {
    return alignment == Masking.Alignment.BOTTOM_RIGHT ? "+n_K-n_Q" : "";
  }

  private static void residual(List<Formula> all, Problem problem, Quantity joined) {
    all.add(formula(Y, Products.sum(), "#0 + #1", "#0 + #1", X, O));
    all.add(formula(Y, Products.sum(), "#0 + #1", "#0 + #1", X, joined));
    all.add(formula(MEAN, Norms.mean(), "(1/c)·Σ_j #0", "\\tfrac1c\\sum_j #0", Y));
    all.add(formula(CENTERED, Norms.centered(), "#0 − #1", "#0 - #1", Y, MEAN));
    all.add(
        formula(
            VARIANCE, Norms.meanSquare(), "(1/c)·Σ_j (#0)²", "\\tfrac1c\\sum_j (#0)^2", CENTERED));
    all.add(
        formula(
            EPSILON,
            Defaults.epsilon(),
            "0 [#0 > 0], 1e-5 [#0 = 0]",
            "\\begin{cases}0 & #0>0\\\\ 10^{-5} & #0=0\\end{cases}",
            VARIANCE));
    all.add(
        formula(DEVIATION, Norms.deviation(), "√(#0 + #1)", "\\sqrt{#0 + #1}", VARIANCE, EPSILON));
    boolean gain = problem.givens().containsKey(GAMMA);
    boolean shift = problem.givens().containsKey(BETA);
    Quantity normalised = gain || shift ? NORMALISED : LAYER_NORM;
    all.add(
        formula(normalised, Softmax.overRow(), "(#0) / #1", "\\frac{#0}{#1}", CENTERED, DEVIATION));
    if (gain && shift) {
      all.add(
          formula(
              LAYER_NORM,
              Norms.gainAndShift(),
              "#0∘#1 + #2",
              "#0\\odot #1 + #2",
              NORMALISED,
              GAMMA,
              BETA));
    } else if (gain) {
      all.add(formula(LAYER_NORM, Norms.gain(), "#0∘#1", "#0\\odot #1", NORMALISED, GAMMA));
    } else if (shift) {
      all.add(formula(LAYER_NORM, Norms.shift(), "#0 + #1", "#0 + #1", NORMALISED, BETA));
    } else {
      all.add(formula(NORMALISED, Products.same(), "#0", "#0", LAYER_NORM));
    }
  }

  private static void gradients(List<Formula> all, Problem problem, int heads, Quantity joined) {
    Quantity dJoined = heads == 0 ? D_Z : D_CONCAT;
    descent(all, problem, joined, dJoined);
    all.add(formula(D_W_O, Products.product(LEFT), LEFT_PLAIN, LEFT_TEX, joined, D_O));
    all.add(formula(dJoined, Products.product(RIGHT), RIGHT_PLAIN, RIGHT_TEX, D_O, W_O));
    for (int head = heads == 0 ? 0 : 1; head <= heads; head++) {
      headGradients(all, problem, head);
    }
    if (heads > 0) {
      for (Quantity whole : List.of(D_Q, D_K_GRADIENT, D_V)) {
        all.add(
            new Formula(
                whole,
                each(whole, heads),
                Heads.concatenate(),
                "[" + references(heads, " ‖ ") + "]",
                "\\left[" + references(heads, "\\,\\Vert\\,") + "\\right]"));
      }
    }
    all.add(formula(D_W_Q, Products.product(LEFT), LEFT_PLAIN, LEFT_TEX, X, D_Q));
    all.add(formula(D_W_K, Products.product(LEFT), LEFT_PLAIN, LEFT_TEX, X, D_K_GRADIENT));
    all.add(formula(D_W_V, Products.product(LEFT), LEFT_PLAIN, LEFT_TEX, X, D_V));
    all.add(
        formula(
            D_X,
            Products.sumOfProducts(),
            "#0·#1ᵀ + #2·#3ᵀ + #4·#5ᵀ",
            "#0{#1}^{\\top} + #2{#3}^{\\top} + #4{#5}^{\\top}",
            D_Q,
            W_Q,
            D_K_GRADIENT,
            W_K,
            D_V,
            W_V));
    all.add(formula(D_W, Products.product(RIGHT), RIGHT_PLAIN, RIGHT_TEX, D_Q, INPUT));
    all.add(formula(D_INPUT, Products.product(LEFT), LEFT_PLAIN, LEFT_TEX, W, D_Q));
  }

  /** One step of gradient descent on ½·Σ(output − target)². */
  private static void descent(
      List<Formula> all, Problem problem, Quantity joined, Quantity dJoined) {
    boolean projected = problem.givens().containsKey(W_O);
    Quantity output = projected ? O : joined;
    Quantity gradient = projected ? D_O : dJoined;
    all.add(
        formula(
            LOSS,
            Descent.halfSquares(),
            "½·Σ(#0 − #1)²",
            "\\tfrac12\\sum\\left(#0 - #1\\right)^2",
            output,
            TARGET));
    all.add(formula(gradient, Descent.difference(), "#0 − #1", "#0 - #1", output, TARGET));
    String plain = "#0 − #1·#2";
    String tex = "#0 - #1\\,#2";
    all.add(formula(NEW_W_Q, Descent.step(), plain, tex, W_Q, RATE, D_W_Q));
    all.add(formula(NEW_W_K, Descent.step(), plain, tex, W_K, RATE, D_W_K));
    all.add(formula(NEW_W_V, Descent.step(), plain, tex, W_V, RATE, D_W_V));
    all.add(formula(NEW_W_O, Descent.step(), plain, tex, W_O, RATE, D_W_O));
  }

  private static void headGradients(List<Formula> all, Problem problem, int head) {
    Quantity a = A.head(head);
    Quantity dz = D_Z.head(head);
    Quantity da = D_A.head(head);
    Quantity ds = D_S.head(head);
    all.add(formula(D_V.head(head), Products.product(LEFT), LEFT_PLAIN, LEFT_TEX, a, dz));
    all.add(formula(da, Products.product(RIGHT), RIGHT_PLAIN, RIGHT_TEX, dz, V.head(head)));
    Quantity r = ROW_DOT.head(head);
    all.add(formula(r, Softmax.rowDot(), "Σ_j #0∘#1", "\\sum_j #0\\odot #1", a, da));
    all.add(
        formula(
            ds, Softmax.backward(), "#0∘(#1 − #2)", "#0\\odot\\left(#1 - #2\\right)", a, da, r));
    scoreGradient(all, problem, D_Q.head(head), NEITHER, ds, K.head(head));
    scoreGradient(all, problem, D_K_GRADIENT.head(head), LEFT, ds, Q.head(head));
  }

  private static void scoreGradient(
      List<Formula> all,
      Problem problem,
      Quantity output,
      Products.Transposed transposed,
      Quantity ds,
      Quantity other) {
    String plain = transposed == LEFT ? LEFT_PLAIN : PRODUCT;
    String tex = transposed == LEFT ? LEFT_TEX : PRODUCT_TEX;
    all.add(
        switch (problem.scaling()) {
          case NONE -> formula(output, Products.product(transposed), plain, tex, ds, other);
          case ROOT_D_K ->
              formula(
                  output,
                  Products.dividedProduct(transposed),
                  plain + " / #2",
                  "\\frac{" + tex + "}{#2}",
                  ds,
                  other,
                  ROOT_D_K);
          case FACTOR ->
              formula(
                  output,
                  Products.scaledProduct(transposed),
                  plain + "·#2",
                  tex + "\\,#2",
                  ds,
                  other,
                  SCALE);
        });
  }

  private static void statistics(List<Formula> all) {
    all.add(
        formula(
            DOT_VARIANCE,
            Sampling.dotVariance(),
            "#0·Var(qᵢ)·Var(kᵢ)",
            "#0\\,\\operatorname{Var}(q_i)\\operatorname{Var}(k_i)",
            D_K));
    all.add(formula(KEYS, Defaults.constant(Value.of(8)), "8", "8", D_K));
    all.add(formula(SEED, Defaults.constant(Exact.ONE), "1", "1", D_K));
    String mean = "(1/" + Sampling.SAMPLES + ")·Σ ‖diag(a) − aaᵀ‖  (#0, #1, #2)";
    String meanTex =
        "\\tfrac1{"
            + Sampling.SAMPLES
            + "}\\sum\\lVert\\operatorname{diag}(a)-aa^{\\top}\\rVert_F\\;(#0, #1, #2)";
    all.add(formula(JACOBIAN, Sampling.jacobianNorm(false), mean, meanTex, D_K, KEYS, SEED));
    all.add(formula(JACOBIAN_SCALED, Sampling.jacobianNorm(true), mean, meanTex, D_K, KEYS, SEED));
  }

  /** ε as most libraries have it: what an answer may have used where the worksheet sets none. */
  static Formula usualEpsilon() {
    return formula(
        EPSILON, Defaults.constant(Value.of(new BigDecimal("1e-5"))), "1e-5", "10^{-5}", VARIANCE);
  }

  static Formula formula(
      Quantity output, Operation operation, String plain, String template, Quantity... inputs) {
    return new Formula(output, List.of(inputs), operation, plain, template);
  }

  private static List<Quantity> each(Quantity whole, int heads) {
    return IntStream.rangeClosed(1, heads).mapToObj(whole::head).toList();
  }

  private static String references(int count, String between) {
    return String.join(between, IntStream.range(0, count).mapToObj(i -> "#" + i).toList());
  }

  /**
   * The problem that the sheet is for.
   *
   * @return the problem
   */
  public Problem problem() {
    return problem;
  }

  /**
   * The sheet with some formulas replaced by others for the same quantities.
   *
   * @param alternatives the other formulas
   * @return the sheet
   */
  public FormulaSheet with(List<Formula> alternatives) {
    Map<Quantity, Formula> byOutput = new HashMap<>();
    alternatives.forEach(f -> byOutput.put(f.output(), f));
    List<Formula> changed = new ArrayList<>(alternatives);
    formulas.stream().filter(f -> !byOutput.containsKey(f.output())).forEach(changed::add);
    return new FormulaSheet(problem, changed);
  }

  /**
   * Whether a quantity follows from the givens.
   *
   * @param quantity what is asked
   * @return true if some formulas lead there; their numbers may still not fit together
   */
  public boolean reaches(Quantity quantity) {
    return problem.givens().containsKey(quantity) || !plan(List.of(quantity)).isEmpty();
  }

  /**
   * The formulas that lead from the givens to the goals, in the order in which they can fire.
   *
   * @param goals what is asked; empty for all that can be had
   * @return the plan; goals that cannot be had are missing from it
   */
  List<Formula> plan(List<Quantity> goals) {
    Map<Quantity, Formula> source = new HashMap<>();
    List<Formula> firing = new ArrayList<>();
    Set<Quantity> known = new HashSet<>(problem.givens().keySet());
    for (boolean progress = true; progress; ) {
      progress = false;
      for (Formula formula : formulas) {
        if (!known.contains(formula.output()) && known.containsAll(formula.inputs())) {
          known.add(formula.output());
          source.put(formula.output(), formula);
          firing.add(formula);
          progress = true;
        }
      }
    }
    List<Quantity> wanted = goals;
    if (wanted.isEmpty()) {
      wanted = firing.stream().map(Formula::output).filter(q -> !ON_REQUEST.contains(q)).toList();
      if (wanted.isEmpty()) {
        wanted = firing.stream().map(Formula::output).toList();
      }
    }
    Set<Quantity> needed = new HashSet<>();
    wanted.forEach(goal -> need(goal, source, needed));
    return firing.stream().filter(f -> needed.contains(f.output())).toList();
  }

  private static void need(Quantity quantity, Map<Quantity, Formula> source, Set<Quantity> needed) {
    Formula formula = source.get(quantity);
    if (formula != null && needed.add(quantity)) {
      formula.inputs().forEach(input -> need(input, source, needed));
    }
  }
}
