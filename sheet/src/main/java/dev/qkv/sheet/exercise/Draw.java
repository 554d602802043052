package dev.qkv.sheet.exercise;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One drawing of a problem's numbers. */
final class Draw {
  private static final int LARGEST_CAP = 4;
  private static final int MODEL = 4;
  private static final int SMALL = 7;
  private static final int NUMBERS = 3;
  private static final double GELU_SHARE = 0.5;

  private final Random random;
  private final Level level;
  private final Map<Quantity, Matrix> givens = new LinkedHashMap<>();
  private Choices choices = Choices.USUAL;

  private Draw(Random random, Level level) {
    this.random = random;
    this.level = level;
  }

  static Problem of(Kind kind, Random random, Level level) {
    Draw draw = new Draw(random, level);
    List<Quantity> way = draw.draw(kind);
    List<Quantity> goals =
        new ArrayList<>(way.subList(way.size() - level.asked(way.size()), way.size()));
    return new Problem(draw.givens, draw.choices, goals);
  }

  /** Draws the givens; returns what is worked on the way, the answer last. */
  private List<Quantity> draw(Kind kind) {
    return switch (kind) {
      case SCORES -> head(List.of(DOT, S), false);
      case SOFTMAX -> head(List.of(S, A), false);
      case ATTENTION -> head(List.of(S, A, Z), true);
      case CAUSAL -> causal();
      case MASK -> masked(null);
      case WINDOW -> masked(new Masking.Window(1, random.nextInt(2), Alignment.UNSAID));
      case SOFTCAP -> {
        scalar(CAP, 1 + random.nextInt(LARGEST_CAP));
        yield head(List.of(S, CAPPED, A, Z), true);
      }
      case ALIBI -> {
        givens.put(SLOPE, Matrix.scalar(half(1)));
        yield self(List.of(S, BIASED, A, Z));
      }
      case TEMPERATURE -> {
        scalar(TEMPERATURE, 2);
        yield head(List.of(S, TEMPERED, A, Z), true);
      }
      case SINK -> {
        scalar(SINK, random.nextInt(2));
        yield head(List.of(S, ROW_SUM, A, Z), true);
      }
      case PROJECTIONS -> projections(null);
      case CROSS -> projections(size());
      case HEADS -> heads();
      case GROUPED -> grouped();
      case LAYER_NORM -> layerNorm();
      case RMS_NORM -> rmsNorm();
      case FEED_FORWARD -> feedForward();
      case POSITIONS -> positions();
      case ROTARY -> {
        choices = choices.with(Choices.Positions.ROTARY);
        int n = size();
        matrix(Q, n, 2);
        matrix(K, n, 2);
        yield List.of(Q_TURNED, K_TURNED, S);
      }
      case CROSS_ENTROPY -> crossEntropy();
      case GRADIENTS -> {
        List<Quantity> way = head(List.of(A, D_V, D_A, D_S, D_Q, D_K_GRADIENT), size() + 1, true);
        matrix(D_Z, given(Q).rows(), given(V).columns());
        yield way;
      }
    };
  }

  private int size() {
    return level.fewest() + random.nextInt(level.most() - level.fewest() + 1);
  }

  private Matrix given(Quantity quantity) {
    return Objects.requireNonNull(givens.get(quantity), quantity.name());
  }

  private List<Quantity> head(List<Quantity> way, boolean values) {
    return head(way, size(), values);
  }

  private List<Quantity> head(List<Quantity> way, int width, boolean values) {
    int keys = size();
    matrix(Q, size(), width);
    matrix(K, keys, width);
    if (values) {
      matrix(V, keys, size());
    }
    return way;
  }

  /** As many keys as queries. */
  private List<Quantity> self(List<Quantity> way) {
    int n = size();
    int width = size();
    matrix(Q, n, width);
    matrix(K, n, width);
    matrix(V, n, size());
    return way;
  }

  /** Harder ones have more keys than queries, and say where the diagonal lies. */
  private List<Quantity> causal() {
    if (!level.hasHalves()) {
      return masked(new Masking.Causal(Alignment.UNSAID));
    }
    int n = size();
    int width = size();
    matrix(Q, n, width);
    matrix(K, n + 1, width);
    matrix(V, n + 1, size());
    boolean upper = random.nextBoolean();
    choices =
        choices.with(new Masking.Causal(upper ? Alignment.UPPER_LEFT : Alignment.BOTTOM_RIGHT));
    return List.of(S, MASKED, A, Z);
  }

  private List<Quantity> masked(@Nullable Masking masking) {
    List<Quantity> way = self(List.of(S, MASKED, A, Z));
    choices = choices.with(masking == null ? kept(given(Q).rows()) : masking);
    return way;
  }

  /** Each query sees some keys, and at least one of them not all. */
  private Masking kept(int n) {
    SortedMap<Integer, SortedSet<Integer>> kept = new TreeMap<>();
    int partly = 1 + random.nextInt(n);
    for (int query = 1; query <= n; query++) {
      SortedSet<Integer> keys = new TreeSet<>();
      for (int key = 1; key <= n; key++) {
        if (random.nextBoolean()) {
          keys.add(key);
        }
      }
      keys.add(1 + random.nextInt(n));
      if (query == partly && keys.size() == n) {
        keys.remove(1 + random.nextInt(n));
      }
      if (keys.size() < n) {
        kept.put(query, keys);
      }
    }
    return new Masking.Keep(kept);
  }

  private List<Quantity> projections(@Nullable Integer memory) {
    int model = size();
    int width = size();
    matrix(X, size(), model);
    if (memory != null) {
      matrix(MEMORY, memory, model);
    }
    sparse(W_Q, model, width);
    sparse(W_K, model, width);
    sparse(W_V, model, size());
    return List.of(Q, K, V, S, A, Z);
  }

  private List<Quantity> heads() {
    sparse(X, size(), MODEL);
    scalar(HEADS, 2);
    for (Quantity weights : List.of(W_Q, W_K, W_V, W_O)) {
      sparse(weights, MODEL, MODEL);
    }
    return List.of(A.head(1), A.head(2), CONCAT, O);
  }

  private List<Quantity> grouped() {
    int n = size() + 1;
    matrix(Q, n, MODEL);
    matrix(K, n, 2);
    matrix(V, n, 2);
    scalar(HEADS, MODEL);
    scalar(KEY_HEADS, 2);
    return List.of(A.head(1), A.head(2), CONCAT);
  }

  private List<Quantity> layerNorm() {
    int n = size();
    int width = size() + 1;
    matrix(X, n, width);
    matrix(O, n, width);
    scalar(EPSILON, level.smallestHalves() < 0 ? random.nextInt(2) : 0);
    if (level.hasHalves()) {
      matrix(GAMMA, 1, width);
      matrix(BETA, 1, width);
    }
    return List.of(Y, MEAN, VARIANCE, LAYER_NORM);
  }

  private List<Quantity> rmsNorm() {
    choices = choices.with(Choices.Norm.RMS);
    matrix(Y, size(), size() + 1);
    scalar(EPSILON, 0);
    if (level.hasHalves()) {
      matrix(GAMMA, 1, given(Y).columns());
    }
    return List.of(MEAN_SQUARE, RMS, RMS_NORM);
  }

  private List<Quantity> feedForward() {
    int model = size();
    int inner = size() + 1;
    matrix(X, size(), model);
    signed(W_1, model, inner);
    matrix(B_1, 1, inner);
    matrix(W_2, inner, model);
    if (level.hasHalves()) {
      matrix(B_2, 1, model);
      if (random.nextDouble() < GELU_SHARE) {
        choices = choices.with(Choices.Activation.GELU);
      }
    }
    return List.of(HIDDEN, ACTIVATED, FEED_FORWARD);
  }

  private List<Quantity> positions() {
    choices = choices.with(Choices.Positions.SINUSOIDAL);
    int model = level.number() < Level.HARDEST ? 2 : MODEL;
    matrix(X, size(), model);
    sparse(W_Q, model, model);
    sparse(W_K, model, model);
    return List.of(ENCODING, X_POSITION, S);
  }

  private List<Quantity> crossEntropy() {
    int n = size();
    int classes = size() + 1;
    matrix(S, n, classes);
    givens.put(LABEL, Matrix.of(n, 1, (i, j) -> Value.of(1 + random.nextInt(classes))));
    return List.of(A, CROSS_ENTROPY, LOSS);
  }

  private void scalar(Quantity quantity, int value) {
    givens.put(quantity, Matrix.scalar(Value.of(value)));
  }

  private void matrix(Quantity quantity, int rows, int columns) {
    givens.put(quantity, Matrix.of(rows, columns, (i, j) -> number()));
  }

  /** Mostly 0 and 1, as people choose larger matrices; harder ones have −1 as well. */
  private void sparse(Quantity quantity, int rows, int columns) {
    givens.put(quantity, Matrix.of(rows, columns, (i, j) -> Value.of(small())));
  }

  private int small() {
    return switch (random.nextInt(SMALL)) {
      case 0 -> 2;
      case 1 -> level.smallestHalves() < 0 ? -1 : 1;
      case 2, 3 -> 1;
      default -> 0;
    };
  }

  /** −1, 0 and 1. */
  private void signed(Quantity quantity, int rows, int columns) {
    givens.put(quantity, Matrix.of(rows, columns, (i, j) -> Value.of(random.nextInt(NUMBERS) - 1)));
  }

  private Value number() {
    int halves =
        level.smallestHalves() + random.nextInt(level.largestHalves() - level.smallestHalves() + 1);
    return half(level.hasHalves() ? halves : halves / 2 * 2);
  }

  private static Value half(int halves) {
    return WrittenAnswer.exact(BigDecimal.valueOf(5L * halves, 1));
  }
}
