package dev.qkv.sheet;

import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One head of a solution held against its definition, the engine and central differences. */
final class HeadVerification {
  private static final double STEP = 1e-5;

  /** Beyond these float32 loses what a sheet has. */
  private static final double LARGEST = 1e4;

  private static final double SMALLEST = 1e-3;

  private final Derivation derivation;
  private final Choices choices;
  private final int head;
  private final List<Verification> all = new ArrayList<>();

  HeadVerification(Derivation derivation, int head) {
    this.derivation = derivation;
    this.choices = derivation.problem().choices();
    this.head = head;
  }

  /** The comparisons; none where the head's queries, keys or mask are not known. */
  List<Verification> all() {
    boolean rotary = choices.positions() == Choices.Positions.ROTARY;
    Matrix q = numbers(rotary ? Quantities.Q_TURNED : Quantities.Q, head);
    Matrix k = numbers(rotary ? Quantities.K_TURNED : Quantities.K, keyHead());
    Matrix v = numbers(Quantities.V, keyHead());
    Matrix mask = derivation.known().get(Quantities.MASK);
    boolean masked = choices.isMasked();
    boolean fits = q != null && k != null && q.columns() == k.columns();
    if (q == null || k == null || !fits || (masked && mask == null)) {
      return all;
    }
    double[][] bias = mask == null || !masked ? new double[q.rows()][k.rows()] : doubles(mask);
    double[][] values = v == null ? new double[k.rows()][1] : doubles(v);
    if (values.length != k.rows() || bias.length != q.rows() || bias[0].length != k.rows()) {
      return all;
    }
    boolean last = choices.masking().alignment() == Alignment.BOTTOM_RIGHT;
    HeadDefinition definition =
        new HeadDefinition(
            doubles(q),
            doubles(k),
            values,
            bias,
            new double[q.rows()][k.rows()],
            scale(q.columns()),
            scalar(Quantities.CAP, Double.POSITIVE_INFINITY),
            scalar(Quantities.SLOPE, 0),
            last ? k.rows() - q.rows() : 0,
            scalar(Quantities.TEMPERATURE, 1),
            scalar(Quantities.SINK, Double.NEGATIVE_INFINITY));
    if (isBeyond(definition)) {
      all.add(new Verification(Quantities.S.head(head), 0, null, null, true));
    } else {
      compare(definition, EngineHead.of(definition, masked, last), v != null);
    }
    return all;
  }

  /** Whether float32 cannot hold the numbers, or the engine does not take a choice. */
  private static boolean isBeyond(HeadDefinition d) {
    double largest = 0;
    for (double[][] matrix : List.of(d.q(), d.k(), d.v(), d.scores(), d.masked())) {
      for (double[] row : matrix) {
        for (double number : row) {
          largest =
              number == Double.NEGATIVE_INFINITY ? largest : Math.max(largest, Math.abs(number));
        }
      }
    }
    boolean choices =
        Double.isFinite(d.scale() / d.temperature())
            && d.cap() / d.temperature() >= SMALLEST
            && Math.abs(d.slope() / d.temperature()) <= LARGEST
            && d.temperature() > 0
            && d.sink() <= LARGEST;
    return !(largest <= LARGEST && choices);
  }

  private int keyHead() {
    return new HeadLines(derivation.problem()).keyHead(head);
  }

  private @Nullable Matrix numbers(Quantity quantity, int of) {
    return derivation.known().get(quantity.head(of));
  }

  private double scale(int width) {
    return switch (choices.scaling()) {
      case ROOT_D_K -> 1 / scalar(Quantities.ROOT_D_K, Math.sqrt(width));
      case NONE -> 1;
      case FACTOR -> scalar(Quantities.SCALE, 1);
    };
  }

  private double scalar(Quantity quantity, double otherwise) {
    Matrix own = numbers(quantity, head);
    Matrix matrix = own == null ? derivation.known().get(quantity) : own;
    return matrix == null ? otherwise : matrix.scalar().toDouble();
  }

  /** From the scores on; what follows from a quantity that was given is not attention's alone. */
  private void compare(HeadDefinition definition, @Nullable HeadEngine engine, boolean values) {
    if (stops(Quantities.DOT) || stops(Quantities.S)) {
      return;
    }
    Quantity logits = FormulaSheet.logits(derivation.problem()).getLast();
    compare(Quantities.S, definition.scores(), engine == null ? null : engine.scores());
    if (!logits.equals(Quantities.S)) {
      if (stops(logits)) {
        return;
      }
      compare(logits, definition.masked(), engine == null ? null : engine.masked());
    }
    if (stops(Quantities.A)) {
      return;
    }
    compare(Quantities.A, definition.weights(), engine == null ? null : engine.weights());
    if (!values || stops(Quantities.Z)) {
      return;
    }
    compare(Quantities.Z, definition.output(), engine == null ? null : engine.output());
    Matrix dOutput = numbers(Quantities.D_Z, head);
    boolean fits =
        dOutput != null
            && dOutput.rows() == definition.q().length
            && dOutput.columns() == definition.v()[0].length;
    if (dOutput != null && fits) {
      gradients(definition, engine, doubles(dOutput));
    }
  }

  private boolean stops(Quantity quantity) {
    return derivation.problem().gives(quantity.head(head));
  }

  private void gradients(
      HeadDefinition definition, @Nullable HeadEngine engine, double[][] dOutput) {
    boolean other = derivation.problem().gives(Quantities.LABEL);
    if (other || stops(Quantities.D_A) || stops(Quantities.D_S)) {
      return;
    }
    HeadDefinition.Gradients fast = engine == null ? null : engine.backward(dOutput);
    HeadDefinition.Gradients right = definition.backward(dOutput);
    boolean rotary = choices.positions() == Choices.Positions.ROTARY;
    compare(
        Quantities.D_S,
        right.scores(),
        fast == null ? null : fast.scores(),
        differences(definition, dOutput, definition.added()));
    compare(
        (rotary ? Quantities.Q_TURNED : Quantities.Q).gradient(),
        right.q(),
        fast == null ? null : fast.q(),
        differences(definition, dOutput, definition.q()));
    if (derivation.problem().keyHeads() != derivation.problem().heads()) {
      return; // what heads share has the sum of their gradients
    }
    compare(
        (rotary ? Quantities.K_TURNED : Quantities.K).gradient(),
        right.k(),
        fast == null ? null : fast.k(),
        differences(definition, dOutput, definition.k()));
    compare(
        Quantities.D_V,
        right.v(),
        fast == null ? null : fast.v(),
        differences(definition, dOutput, definition.v()));
  }

  /** How the loss changes with each cell of one of the definition's matrices. */
  private static double[][] differences(
      HeadDefinition definition, double[][] dOutput, double[][] of) {
    double[][] differences = new double[of.length][of[0].length];
    for (int i = 0; i < of.length; i++) {
      for (int j = 0; j < of[0].length; j++) {
        double before = of[i][j];
        of[i][j] = before + STEP;
        double above = definition.loss(dOutput);
        of[i][j] = before - STEP;
        double below = definition.loss(dOutput);
        of[i][j] = before;
        differences[i][j] = (above - below) / (2 * STEP);
      }
    }
    return differences;
  }

  private void compare(Quantity quantity, double[][] reference, double @Nullable [][] engine) {
    compare(quantity, reference, engine, null);
  }

  /** Compares a quantity if the sheet derived it. */
  private void compare(
      Quantity of,
      double[][] reference,
      double @Nullable [][] engine,
      double @Nullable [][] differences) {
    Quantity quantity = of.head(head);
    boolean derived =
        derivation.steps().stream().anyMatch(s -> s.formula().output().equals(quantity));
    Matrix sheet = derivation.known().get(quantity);
    if (derived && sheet != null) {
      Double second = engine == null ? null : (Double) difference(sheet, engine);
      Double third = differences == null ? null : (Double) difference(sheet, differences);
      all.add(new Verification(quantity, difference(sheet, reference), second, third, false));
    }
  }

  /** The largest difference, relative to the largest number if that is above 1. */
  private static double difference(Matrix sheet, double[][] other) {
    double largest = 1;
    double difference = 0;
    for (int i = 0; i < sheet.rows(); i++) {
      for (int j = 0; j < sheet.columns(); j++) {
        double exact = sheet.at(i, j).toDouble();
        largest = Double.isFinite(exact) ? Math.max(largest, Math.abs(exact)) : largest;
        difference = worse(difference, exact, other[i][j]);
      }
    }
    return difference / largest;
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
}
