package dev.qkv.sheet;

import dev.qkv.attention.Attention;
import dev.qkv.attention.AttentionBuilder;
import dev.qkv.attention.Engine;
import dev.qkv.attention.Stage;
import dev.qkv.reference.Attention.Forward;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sheet held against the other two evaluations of the same formulas: the engine's float64
 * reference and the engine itself, in float32; gradients also against central differences.
 *
 * @param quantity what was compared: scores, masked scores, weights, output, their gradients
 * @param reference largest difference from float64, relative to the largest number if that is above
 *     1; NaN if one has a number where the other has none
 * @param engine the same for the engine
 * @param differences the same for central differences in float64; null for what is no gradient
 */
public record Verification(
    Quantity quantity, double reference, double engine, @Nullable Double differences) {
  // What float32 and float64 may lose in a worksheet of up to 64 × 64.
  private static final double FLOAT32 = 1e-4;
  private static final double FLOAT64 = 1e-9;
  // What central differences with a step of 1e-5 may be off by.
  private static final double DIFFERENCES = 1e-6;

  /**
   * Whether all three agree, to rounding.
   *
   * @return false if a difference is too large for rounding, or NaN
   */
  public boolean agrees() {
    return reference <= FLOAT64
        && engine <= FLOAT32
        && (differences == null || differences <= DIFFERENCES);
  }

  /**
   * The comparison in words.
   *
   * @param locale Chinese or, for anything else, English
   * @return one line
   */
  public String in(Locale locale) {
    if (differences != null) {
      return Message.of(
              agrees() ? "report.verified.gradient" : "report.contradicted.gradient",
              quantity.symbol(),
              String.format(Locale.ROOT, "%.1e", reference),
              String.format(Locale.ROOT, "%.1e", differences),
              String.format(Locale.ROOT, "%.1e", engine),
              Engine.describe())
          .in(locale);
    }
    return Message.of(
            agrees() ? "report.verified" : "report.contradicted",
            quantity.symbol(),
            String.format(Locale.ROOT, "%.1e", reference),
            String.format(Locale.ROOT, "%.1e", engine),
            Engine.describe())
        .in(locale);
  }

  /**
   * Verifies every attention of a solution, head by head.
   *
   * @param derivation the solution
   * @return one for each quantity; none if the solution has no attention
   */
  public static List<Verification> of(Derivation derivation) {
    List<Verification> all = new ArrayList<>();
    int heads = derivation.problem().heads();
    for (int head = heads == 0 ? 0 : 1; head <= heads; head++) {
      Matrix q = derivation.known().get(Quantities.Q.head(head));
      Matrix k = derivation.known().get(Quantities.K.head(head));
      if (q != null && k != null && q.columns() == k.columns()) {
        head(all, derivation, head, doubles(q), doubles(k));
      }
    }
    return all;
  }

  private static void head(
      List<Verification> all, Derivation derivation, int head, double[][] q, double[][] k) {
    Matrix v = derivation.known().get(Quantities.V.head(head));
    Matrix mask = derivation.known().get(Quantities.MASK);
    boolean masked = !(derivation.problem().choices().masking() instanceof Masking.None);
    if (masked && mask == null) {
      return;
    }
    double[][] values = v == null ? new double[k.length][1] : doubles(v);
    double[][] bias = masked && mask != null ? doubles(mask) : new double[q.length][k.length];
    if (values.length != k.length || bias.length != q.length || bias[0].length != k.length) {
      return;
    }
    double scale = scale(derivation, q[0].length);
    Forward right = dev.qkv.reference.Attention.forward(q, k, values, bias, scale);
    AttentionBuilder builder = Attention.builder().scale((float) scale);
    Attention attention = (masked ? builder.bias(floats(bias)) : builder).build();
    Tensor fq = floats(q);
    Tensor fk = floats(k);
    compare(
        all,
        derivation,
        Quantities.S.head(head),
        right.scores(),
        attention.scores(fq, fk, Stage.SCALED));
    compare(
        all,
        derivation,
        Quantities.MASKED.head(head),
        right.masked(),
        attention.scores(fq, fk, Stage.MASKED));
    compare(all, derivation, Quantities.A.head(head), right.weights(), attention.weights(fq, fk));
    compare(
        all,
        derivation,
        Quantities.Z.head(head),
        right.output(),
        attention.forward(fq, fk, floats(values)).output());
    Matrix dOutput = derivation.known().get(Quantities.D_Z.head(head));
    if (dOutput != null
        && v != null
        && dOutput.rows() == q.length
        && dOutput.columns() == values[0].length) {
      new GradientVerification(q, k, values, bias, scale, doubles(dOutput))
          .compare(all, derivation, head, attention);
    }
  }

  private static double scale(Derivation derivation, int width) {
    return switch (derivation.problem().choices().scaling()) {
      case ROOT_D_K -> 1 / scalar(derivation.known().get(Quantities.ROOT_D_K), Math.sqrt(width));
      case NONE -> 1;
      case FACTOR -> scalar(derivation.known().get(Quantities.SCALE), 1);
    };
  }

  private static double scalar(@Nullable Matrix matrix, double otherwise) {
    return matrix == null ? otherwise : matrix.scalar().toDouble();
  }

  private static void compare(
      List<Verification> all,
      Derivation derivation,
      Quantity quantity,
      double[][] reference,
      Tensor engine) {
    compare(all, derivation, quantity, reference, engine, null);
  }

  /** Compares a quantity if the sheet derived it. */
  static void compare(
      List<Verification> all,
      Derivation derivation,
      Quantity quantity,
      double[][] reference,
      Tensor engine,
      double @Nullable [][] differences) {
    boolean derived =
        derivation.steps().stream().anyMatch(s -> s.formula().output().equals(quantity));
    Matrix sheet = derivation.known().get(quantity);
    if (!derived || sheet == null) {
      return;
    }
    float[] floats = engine.toArray();
    double largest = 1;
    double fromReference = 0;
    double fromEngine = 0;
    double fromDifferences = 0;
    for (int i = 0; i < sheet.rows(); i++) {
      for (int j = 0; j < sheet.columns(); j++) {
        double exact = sheet.at(i, j).toDouble();
        largest = Double.isFinite(exact) ? Math.max(largest, Math.abs(exact)) : largest;
        fromReference = worse(fromReference, exact, reference[i][j]);
        fromEngine = worse(fromEngine, exact, floats[i * sheet.columns() + j]);
        if (differences != null) {
          fromDifferences = worse(fromDifferences, exact, differences[i][j]);
        }
      }
    }
    Double third = differences == null ? null : (Double) (fromDifferences / largest);
    all.add(new Verification(quantity, fromReference / largest, fromEngine / largest, third));
  }

  /** The larger difference; equal infinities do not differ, and NaN stays. */
  private static double worse(double before, double exact, double got) {
    return exact == got ? before : Math.max(before, Math.abs(exact - got));
  }

  private static double[][] doubles(Matrix matrix) {
    double[][] a = new double[matrix.rows()][matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        a[i][j] = matrix.at(i, j).toDouble();
      }
    }
    return a;
  }

  static Tensor floats(double[][] a) {
    Tensor tensor = Tensor.zeros(a.length, a[0].length);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        tensor.set((float) a[i][j], i, j);
      }
    }
    return tensor;
  }
}
