package dev.qkv.sheet;

import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Random small problems of every kind; the same seed gives the same problem. */
public final class Problems {
  /** The kinds. */
  public enum Kind {
    SCORES,
    UNSCALED,
    FACTOR,
    CAUSAL,
    CAUSAL_UPPER_LEFT,
    CAUSAL_BOTTOM_RIGHT,
    KEEP,
    ADDITIVE_MASK,
    PROJECTIONS,
    HEADS,
    RESIDUAL_NORM,
    GRADIENTS,
    HEAD_GRADIENTS,
    BARE_PROJECTION
  }

  private final Random random;
  private final Map<Quantity, Matrix> givens = new LinkedHashMap<>();

  private Problems(long seed) {
    this.random = new Random(seed);
  }

  /** A problem of a kind. */
  public static Problem random(Kind kind, long seed) {
    return new Problems(seed).make(kind);
  }

  private int size(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  /** Numbers of one decimal between −3 and 3. */
  private void give(Quantity quantity, int rows, int columns) {
    givens.put(
        quantity,
        Matrix.of(
            rows, columns, (i, j) -> Value.of(BigDecimal.valueOf(random.nextInt(61) - 30, 1))));
  }

  private void give(Quantity quantity, long number) {
    givens.put(quantity, Matrix.scalar(Value.of(number)));
  }

  private void attention(int queries, int keys) {
    int width = size(2, 3);
    give(Quantities.Q, queries, width);
    give(Quantities.K, keys, width);
    give(Quantities.V, keys, size(1, 3));
  }

  private Problem make(Kind kind) {
    int n = size(2, 4);
    Choices.Scaling scaling = Choices.Scaling.ROOT_D_K;
    Masking masking = new Masking.None();
    List<Quantity> goals = List.of(Quantities.Z);
    switch (kind) {
      case SCORES -> attention(size(1, 4), n);
      case UNSCALED -> {
        attention(n, size(2, 4));
        scaling = Choices.Scaling.NONE;
      }
      case FACTOR -> {
        attention(n, n);
        give(Quantities.SCALE, size(1, 3));
        scaling = Choices.Scaling.FACTOR;
      }
      case CAUSAL -> {
        attention(n, n);
        masking = new Masking.Causal(Alignment.UNSAID);
      }
      case CAUSAL_UPPER_LEFT -> {
        attention(n, n + 1);
        masking = new Masking.Causal(Alignment.UPPER_LEFT);
      }
      case CAUSAL_BOTTOM_RIGHT -> {
        attention(n, n + 2);
        masking = new Masking.Causal(Alignment.BOTTOM_RIGHT);
      }
      case KEEP -> {
        attention(n, 3);
        masking = Masking.Keep.of(size(1, n), new TreeSet<>(List.of(1, 3)));
      }
      case ADDITIVE_MASK -> {
        attention(n, n);
        give(Quantities.MASK, n, n);
        masking = new Masking.Given();
      }
      case PROJECTIONS -> {
        layer(n, 3, size(1, 3));
        goals = List.of(Quantities.Q, Quantities.K, Quantities.V, Quantities.Z);
      }
      case HEADS -> {
        layer(n, 4, 4);
        give(Quantities.HEADS, 2);
        give(Quantities.W_O, 4, 3);
        goals = List.of(Quantities.CONCAT, Quantities.O);
      }
      case RESIDUAL_NORM -> {
        int c = size(3, 5);
        give(Quantities.X, n, c);
        give(Quantities.Z, n, c);
        give(Quantities.GAMMA, 1, c);
        give(Quantities.BETA, 1, c);
        give(Quantities.EPSILON, 1);
        goals = List.of(Quantities.Y, Quantities.LAYER_NORM);
      }
      case GRADIENTS -> {
        layer(n, 3, 2);
        give(Quantities.D_Z, n, 2);
        masking = new Masking.Causal(Alignment.UNSAID);
        goals =
            List.of(
                Quantities.D_V,
                Quantities.D_A,
                Quantities.D_S,
                Quantities.D_Q,
                Quantities.D_K_GRADIENT,
                Quantities.D_W_Q,
                Quantities.D_W_K,
                Quantities.D_W_V,
                Quantities.D_X);
      }
      case HEAD_GRADIENTS -> {
        layer(n, 4, 4);
        give(Quantities.HEADS, 2);
        give(Quantities.W_O, 4, 3);
        give(Quantities.D_O, n, 3);
        goals = List.of(Quantities.D_W_O, Quantities.D_Q, Quantities.D_W_K, Quantities.D_X);
      }
      case BARE_PROJECTION -> {
        give(Quantities.INPUT, n, 1);
        give(Quantities.W, 3, n);
        give(Quantities.D_Q, 3, 1);
        goals = List.of(Quantities.Q, Quantities.D_W, Quantities.D_INPUT);
      }
    }
    return new Problem(givens, Choices.USUAL.with(scaling).with(masking), goals);
  }

  /** Numbers between −1 and 1, so that scores stay where float64 has twelve digits left. */
  private void giveSmall(Quantity quantity, int rows, int columns) {
    givens.put(
        quantity,
        Matrix.of(
            rows, columns, (i, j) -> Value.of(BigDecimal.valueOf(random.nextInt(21) - 10, 1))));
  }

  private void layer(int tokens, int modelWidth, int width) {
    giveSmall(Quantities.X, tokens, modelWidth);
    giveSmall(Quantities.W_Q, modelWidth, width);
    giveSmall(Quantities.W_K, modelWidth, width);
    giveSmall(Quantities.W_V, modelWidth, width);
  }
}
