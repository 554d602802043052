package dev.qkv.attention;

import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A random problem: sizes around the vector length and odd primes, five kinds of data, any strides.
 *
 * @param attention with its choices
 * @param q queries
 * @param k keys
 * @param v values
 * @param batch masks, lengths and draws
 */
record RandomCase(Attention attention, Tensor q, Tensor k, Tensor v, Batch batch) {
  /** The choices, each of which can be tried alone. */
  enum Choice {
    SCALE,
    CAUSAL,
    WINDOW,
    OFFSET,
    KEEP,
    BIAS,
    LENGTHS,
    PACKED,
    GROUPS,
    SOFTCAP,
    ALIBI,
    SINKS,
    DROPOUT,
    SCORE_FUNCTION,
    KEEP_FUNCTION,
    BLHD
  }

  private enum Data {
    RANDOM,
    ONE_HOT,
    ALL_EQUAL,
    ALTERNATING,
    HUGE
  }

  private static final int[] LENGTHS = {1, 2, 7, 8, 15, 16, 17, 31, 33, 61, 64, 67, 131, 149, 307};
  private static final int[] SMALL_LENGTHS = {1, 2, 5, 7, 11};
  private static final int[] DIMS = {1, 2, 3, 8, 13, 16, 31, 37, 64};

  /** Some of the choices, about a third. */
  static EnumSet<Choice> combination(int seed) {
    Random random = new Random(1000 + seed);
    EnumSet<Choice> choices = EnumSet.noneOf(Choice.class);
    for (Choice choice : Choice.values()) {
      if (random.nextInt(3) == 0) {
        choices.add(choice);
      }
    }
    return choices;
  }

  /** A case with the chosen options. */
  static RandomCase of(Random random, Set<Choice> choices) {
    return of(random, choices, LENGTHS, Data.values());
  }

  /** A small case on random numbers, for differences. */
  static RandomCase small(Random random, Set<Choice> choices) {
    return of(random, choices, SMALL_LENGTHS, new Data[] {Data.RANDOM});
  }

  private static RandomCase of(Random random, Set<Choice> choices, int[] lengths, Data[] kinds) {
    boolean packed = choices.contains(Choice.PACKED);
    int batches = packed ? 1 : 1 + random.nextInt(3);
    int kvHeads = 1 + random.nextInt(2);
    int heads = kvHeads * (choices.contains(Choice.GROUPS) ? 1 + random.nextInt(3) : 1);
    int sequences = packed ? 1 + random.nextInt(3) : batches;
    int most = Math.min(90, lengths[lengths.length - 1]);
    int[] queryEnds = ends(random, sequences, most);
    int[] keyEnds = ends(random, sequences, most);
    int queries = packed ? queryEnds[sequences] : pick(random, lengths);
    int keys = packed ? keyEnds[sequences] : pick(random, lengths);
    int dim = pick(random, DIMS);
    int valueDim = pick(random, DIMS);
    AxisOrder order = choices.contains(Choice.BLHD) ? AxisOrder.BLHD : AxisOrder.BHLD;
    AttentionBuilder builder = Attention.builder().axisOrder(order);
    Batch batch = packed ? Batch.PLAIN.packed(queryEnds, keyEnds) : Batch.PLAIN;
    int longestQueries = packed ? BatchChecks.longest(queryEnds) : queries;
    int longestKeys = packed ? BatchChecks.longest(keyEnds) : keys;
    int[] mask = {
      random.nextBoolean() ? sequences : 1,
      random.nextBoolean() ? heads : 1,
      random.nextInt(4) > 0 ? longestQueries : 1,
      random.nextInt(4) > 0 ? longestKeys : 1
    };
    for (Choice choice : choices) {
      choose(builder, choice, random, heads);
      batch = add(batch, choice, random, sequences, packed ? keyEnds : even(sequences, keys), mask);
    }
    builder.alignment(
        random.nextBoolean() ? Alignment.UPPER_LEFT : Alignment.BOTTOM_RIGHT,
        choices.contains(Choice.OFFSET) ? random.nextInt(21) - 10 : 0);
    Data data = kinds[random.nextInt(kinds.length)];
    return new RandomCase(
        builder.build(),
        tensor(random, data, order.shape(4, batches, heads, queries, dim)),
        tensor(random, data, order.shape(4, batches, kvHeads, keys, dim)),
        tensor(random, Data.RANDOM, order.shape(4, batches, kvHeads, keys, valueDim)),
        batch);
  }

  private static Batch add(
      Batch batch, Choice choice, Random random, int sequences, int[] keyEnds, int[] mask) {
    return switch (choice) {
      case KEEP -> batch.keep(booleans(random, mask));
      case BIAS -> batch.bias(bias(random, mask));
      case LENGTHS ->
          batch.keyLengths(
              IntStream.range(0, sequences)
                  .map(s -> random.nextInt(1 + keyEnds[s + 1] - keyEnds[s]))
                  .toArray());
      case DROPOUT -> batch.draws(random.nextInt(3));
      default -> batch;
    };
  }

  private static void choose(AttentionBuilder builder, Choice choice, Random random, int heads) {
    switch (choice) {
      case SCALE -> builder.scale(random.nextFloat() - 0.5f);
      case CAUSAL -> builder.causal();
      case WINDOW -> builder.window(random.nextInt(20) - 1, random.nextInt(20) - 1);
      case SOFTCAP -> builder.softcap(0.5f + 20 * random.nextFloat());
      case ALIBI -> builder.alibi(floats(random, heads));
      case SINKS -> builder.sinks(floats(random, heads));
      case DROPOUT -> builder.dropout(new Dropout(random.nextFloat() * 0.9f, random.nextLong()));
      case SCORE_FUNCTION ->
          builder.score(
              new DifferentiableScore(
                  (s, b, h, i, j) -> (i + j) % 11 == 0 ? s : s + 0.3 * Math.sin(s + h + b),
                  (s, b, h, i, j) -> (i + j) % 11 == 0 ? 1 : 1 + 0.3 * Math.cos(s + h + b)));
      case KEEP_FUNCTION -> builder.keep((b, h, i, j) -> (i / 16 + j / 16 + h) % 3 != 0);
      case OFFSET, KEEP, BIAS, LENGTHS, PACKED, GROUPS, BLHD -> {}
    }
  }

  private static int[] ends(Random random, int sequences, int most) {
    int[] ends = new int[sequences + 1];
    for (int s = 0; s < sequences; s++) {
      ends[s + 1] = ends[s] + random.nextInt(most);
    }
    return ends;
  }

  private static int[] even(int sequences, int keys) {
    return IntStream.rangeClosed(0, sequences).map(s -> s * keys).toArray();
  }

  private static int pick(Random random, int[] from) {
    return from[random.nextInt(from.length)];
  }

  private static float[] floats(Random random, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextGaussian();
    }
    return floats;
  }

  private static BooleanTensor booleans(Random random, int... shape) {
    boolean[] keep = new boolean[shape[0] * shape[1] * shape[2] * shape[3]];
    boolean blocks = random.nextBoolean();
    for (int i = 0; i < keep.length; i++) {
      keep[i] = blocks ? i / 200 % 2 == 0 : random.nextInt(3) > 0;
    }
    return BooleanTensor.of(keep, shape);
  }

  private static Tensor bias(Random random, int... shape) {
    Tensor bias = Tensor.zeros(shape);
    for (int i = 0; i < bias.data().length; i++) {
      bias.data()[i] =
          random.nextInt(5) == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
    }
    return bias;
  }

  /** A gradient of the output: any numbers, any strides. */
  Tensor outputGradient(Random random) {
    AxisOrder order = attention.settings().axisOrder();
    Layout ql = q.layout(order);
    int valueDim = v.layout(order).dim();
    int[] shape = order.shape(4, ql.batches(), ql.heads(), ql.length(), valueDim);
    return tensor(random, Data.RANDOM, shape);
  }

  private static Tensor tensor(Random random, Data data, int... shape) {
    Tensor tensor = strided(random, shape);
    int[] index = new int[4];
    for (int n = 0; n < tensor.elements(); n++) {
      int rest = n;
      for (int axis = 3; axis >= 0; axis--) {
        index[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
      float value =
          switch (data) {
            case RANDOM -> (float) random.nextGaussian();
            case ONE_HOT -> index[3] == (index[1] + index[2]) % shape[3] ? 1 : 0;
            case ALL_EQUAL -> 0.7f;
            case ALTERNATING -> n % 2 == 0 ? 1 : -1;
            case HUGE -> (float) (100 * random.nextGaussian());
          };
      tensor.set(value, index);
    }
    return tensor;
  }

  /** A view into a larger array full of NaN: whoever reads beside it shows it. */
  private static Tensor strided(Random random, int... shape) {
    int columnStride = random.nextInt(4) == 0 ? 2 : 1;
    int[] order = random.nextBoolean() ? new int[] {3, 2, 1, 0} : new int[] {3, 1, 2, 0};
    int[] strides = new int[4];
    int stride = columnStride;
    for (int axis : order) {
      strides[axis] = stride;
      stride = stride * Math.max(1, shape[axis]) + random.nextInt(3);
    }
    float[] array = new float[stride + 7];
    Arrays.fill(array, Float.NaN);
    return Tensor.view(array, 3, shape, strides);
  }
}
