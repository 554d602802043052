package dev.qkv.sheet;

import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    BARE_PROJECTION,
    TEMPERATURE,
    SOFTCAP,
    ALIBI,
    SINK,
    WINDOW,
    ROTARY,
    POSITIONS,
    SINUSOIDAL,
    CROSS_ENTROPY,
    FEED_FORWARD,
    RMS_NORM,
    ENCODER,
    OWN_PROJECTIONS,
    GROUPED_HEADS,
    CROSS_ATTENTION,
    DESCENT,
    EVERY_CHOICE,
    COUNTS
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
    Choices choices = Choices.USUAL;
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
      case TEMPERATURE -> {
        give(Quantities.S, size(1, 3), n);
        give(Quantities.TEMPERATURE, size(2, 4));
        goals = List.of(Quantities.A);
      }
      case SOFTCAP -> {
        attention(n, n);
        give(Quantities.CAP, size(1, 5));
      }
      case ALIBI -> {
        attention(n, n + 1);
        give(Quantities.SLOPE, 1);
        masking = new Masking.Causal(Alignment.BOTTOM_RIGHT);
      }
      case SINK -> {
        attention(n, size(2, 4));
        give(Quantities.SINK, size(-2, 2));
      }
      case WINDOW -> {
        attention(4, 4);
        masking = new Masking.Window(size(0, 2), size(-1, 1), Alignment.UNSAID);
      }
      case ROTARY -> {
        give(Quantities.Q, n, 4);
        give(Quantities.K, n, 4);
        give(Quantities.V, n, 2);
        choices = choices.with(Choices.Positions.ROTARY);
        goals = List.of(Quantities.Q_TURNED, Quantities.Z);
      }
      case POSITIONS -> {
        give(Quantities.TOKENS, n);
        give(Quantities.D_MODEL, 2L * size(1, 3));
        goals = List.of(Quantities.ENCODING);
      }
      case SINUSOIDAL -> {
        layer(n, 4, 2);
        choices = choices.with(Choices.Positions.SINUSOIDAL);
        goals = List.of(Quantities.X_POSITION, Quantities.Z);
      }
      case CROSS_ENTROPY -> {
        give(Quantities.S, size(1, 3), 3);
        givens.put(
            Quantities.LABEL, Matrix.of(rows(Quantities.S), 1, (i, j) -> Value.of(1 + i % 3)));
        goals = List.of(Quantities.CROSS_ENTROPY, Quantities.LOSS, Quantities.D_S);
      }
      case FEED_FORWARD -> {
        give(Quantities.X, n, 2);
        feedForward(2, size(2, 4));
        choices =
            choices.with(
                List.of(Choices.Activation.values())
                    .get(random.nextInt(Choices.Activation.values().length)));
        goals = List.of(Quantities.FEED_FORWARD);
      }
      case RMS_NORM -> {
        give(Quantities.Y, n, 3);
        give(Quantities.GAMMA, 3, 1);
        give(Quantities.EPSILON, 1);
        choices = choices.with(Choices.Norm.RMS);
        goals = List.of(Quantities.RMS_NORM);
      }
      case ENCODER -> {
        layer(n, 4, 4);
        give(Quantities.HEADS, 2);
        giveSmall(Quantities.W_O, 4, 4);
        feedForward(4, 3);
        give(Quantities.EPSILON, 1);
        give(Quantities.SECOND_GAMMA, 1, 4);
        give(Quantities.SECOND_LAYER_NORM.gradient(), n, 4);
        goals =
            List.of(
                Quantities.LAYER_NORM,
                Quantities.SECOND_LAYER_NORM,
                Quantities.W_1.gradient(),
                Quantities.D_X);
      }
      case OWN_PROJECTIONS -> {
        giveSmall(Quantities.X, n, 4);
        for (int head = 1; head <= 2; head++) {
          giveSmall(Quantities.W_Q.head(head), 4, 3);
          giveSmall(Quantities.W_K.head(head), 4, 3);
          giveSmall(Quantities.W_V.head(head), 4, 2);
        }
        goals = List.of(Quantities.D_K, Quantities.CONCAT);
      }
      case GROUPED_HEADS -> {
        giveSmall(Quantities.Q, n, 8);
        giveSmall(Quantities.K, n, 4);
        giveSmall(Quantities.V, n, 4);
        give(Quantities.HEADS, 4);
        give(Quantities.KEY_HEADS, 2);
        give(Quantities.D_CONCAT, n, 8);
        goals = List.of(Quantities.CONCAT, Quantities.D_K_GRADIENT, Quantities.D_V);
      }
      case CROSS_ATTENTION -> {
        layer(n, 3, 2);
        giveSmall(Quantities.MEMORY, n + 1, 3);
        give(Quantities.D_Z, n, 2);
        goals = List.of(Quantities.Z, Quantities.D_X, Quantities.MEMORY.gradient());
      }
      case DESCENT -> {
        layer(n, 3, 2);
        giveSmall(Quantities.W_O, 2, 3);
        give(Quantities.TARGET, n, 3);
        give(Quantities.RATE, 2);
        goals = List.of(Quantities.LOSS, Quantities.NEW_W_Q, Quantities.NEW_W_O);
      }
      case EVERY_CHOICE -> {
        attention(n, n);
        give(Quantities.CAP, 3);
        give(Quantities.SLOPE, 1);
        give(Quantities.TEMPERATURE, 2);
        give(Quantities.SINK, size(-1, 1));
        give(Quantities.D_Z, n, columns(Quantities.V));
        masking = new Masking.Causal(Alignment.UNSAID);
        goals =
            List.of(
                Quantities.CAPPED,
                Quantities.BIASED,
                Quantities.TEMPERED,
                Quantities.Z,
                Quantities.D_S,
                Quantities.D_Q,
                Quantities.D_K_GRADIENT);
      }
      case COUNTS -> {
        give(Quantities.D_MODEL, 64L * size(1, 16));
        give(Quantities.TOKENS, size(1, 4096));
        goals = List.of(Quantities.PARAMETERS, Quantities.FLOPS);
      }
    }
    return new Problem(givens, choices.with(scaling).with(masking), goals);
  }

  private int rows(Quantity given) {
    return Objects.requireNonNull(givens.get(given)).rows();
  }

  private int columns(Quantity given) {
    return Objects.requireNonNull(givens.get(given)).columns();
  }

  private void feedForward(int width, int inner) {
    giveSmall(Quantities.W_1, width, inner);
    giveSmall(Quantities.B_1, 1, inner);
    giveSmall(Quantities.W_2, inner, width);
    giveSmall(Quantities.B_2, 1, width);
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
