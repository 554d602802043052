package dev.qkv.nn.model;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.train.Task;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Finding the odd one in a set: nine members of one cluster and one of another. A set has no order,
 * so the model has no positions, and permuting the set permutes its answer. Held-out sets come from
 * clusters that no step sees.
 */
public final class Anomaly implements Task {
  /** Members of a set. */
  public static final int SIZE = 10;

  /** Numbers of a member. */
  public static final int FEATURES = 16;

  /** Blocks of the model. */
  public static final int DEPTH = 4;

  /** Heads of each block. */
  public static final int HEADS = 4;

  private static final String NAME = "anomaly";
  private static final int WIDTH = 64;
  private static final int CLUSTERS = 200;
  private static final double SPREAD = 0.9;
  private static final int BATCH = 64;
  private static final int HELD_OUT = 512;
  private static final float DROPOUT = 0.05f;
  private static final long HELD_OUT_SEED = 0x5EED;

  /**
   * Some sets.
   *
   * @param features shape (sets, size, features)
   * @param odd where the odd one is in each
   */
  public record Sets(Tensor features, int[] odd) {
    /**
     * Sets with their answers.
     *
     * @throws InvalidArgument if there are not as many answers as sets, or the sizes are others
     */
    public Sets {
      Objects.requireNonNull(features, "features");
      Objects.requireNonNull(odd, "odd");
      Checks.shape(NAME, "features", features, odd.length, SIZE, FEATURES);
    }
  }

  /**
   * A set that the model got wrong.
   *
   * @param number of the set
   * @param odd where the odd one is
   * @param answer what the model said
   */
  public record Wrong(int number, int odd, int answer) {}

  private final long seed;
  private final Parameters parameters;
  private final Linear input;
  private final Encoder encoder;
  private final Linear output;

  /**
   * A model that has learned nothing.
   *
   * @param seed of its first parameters and of the examples
   */
  public Anomaly(long seed) {
    this.seed = seed;
    this.parameters = new Parameters(seed);
    this.input = Linear.create(parameters.in("input"), FEATURES, WIDTH);
    this.encoder =
        Encoder.create(
            parameters.in("encoder"),
            DEPTH,
            BlockSettings.of(WIDTH, HEADS, 2 * WIDTH)
                .norm(NormKind.LAYER, NormPlace.PRE)
                .dropout(DROPOUT));
    this.output = Linear.create(parameters.in("output"), WIDTH, 1);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /**
   * How odd each member is.
   *
   * @param features shape (sets, size, features)
   * @param pass training or not
   * @return logits, shape (sets, size)
   * @throws InvalidArgument if the features have another shape; the size may be any
   */
  public Variable apply(Tensor features, Pass pass) {
    Checks.sequences(NAME, "features", features, FEATURES);
    Variable x = encoder.apply(input.apply(Variable.constant(features)), pass);
    return output.apply(x).reshape(features.size(0), features.size(1));
  }

  /**
   * Random sets.
   *
   * @param clusters seed of the clusters' centres
   * @param of seed of the sets
   * @param count how many
   * @return the sets
   * @throws InvalidArgument if the count is negative, or more than an array can hold
   */
  public static Sets sets(long clusters, long of, int count) {
    Checks.within(NAME, "count", 0, Integer.MAX_VALUE / (SIZE * FEATURES), count);
    SplittableRandom random = new SplittableRandom(of);
    Tensor features = Tensor.zeros(count, SIZE, FEATURES);
    int[] odd = new int[count];
    for (int s = 0; s < count; s++) {
      int usual = random.nextInt(CLUSTERS);
      int other = (usual + 1 + random.nextInt(CLUSTERS - 1)) % CLUSTERS;
      odd[s] = random.nextInt(SIZE);
      for (int i = 0; i < SIZE; i++) {
        SplittableRandom centre =
            new SplittableRandom(clusters * CLUSTERS + (i == odd[s] ? other : usual));
        for (int t = 0; t < FEATURES; t++) {
          double value = centre.nextGaussian() + SPREAD * random.nextGaussian();
          features.set((float) value, s, i, t);
        }
      }
    }
    return new Sets(features, odd);
  }

  @Override
  public Variable loss(long step, Pass pass) {
    Sets sets = sets(seed, seed * 1_000_003 + step, BATCH);
    return apply(sets.features(), pass).crossEntropy(sets.odd());
  }

  /**
   * The sets that the model is judged by.
   *
   * @return the same every time
   */
  public Sets heldOut() {
    return sets(seed + HELD_OUT_SEED, seed ^ HELD_OUT_SEED, HELD_OUT);
  }

  @Override
  public Evaluation evaluate() {
    Sets sets = heldOut();
    return Answers.evaluate(
        Variable.forgetting(() -> apply(sets.features(), Pass.inference())), sets.odd());
  }

  /**
   * The held-out sets that the model gets wrong.
   *
   * @return in their order
   */
  public List<Wrong> wrong() {
    Sets sets = heldOut();
    int[] answers =
        Answers.of(Variable.forgetting(() -> apply(sets.features(), Pass.inference())).value());
    List<Wrong> wrong = new ArrayList<>();
    for (int s = 0; s < answers.length; s++) {
      if (answers[s] != sets.odd()[s]) {
        wrong.add(new Wrong(s, sets.odd()[s], answers[s]));
      }
    }
    return wrong;
  }

  /**
   * How far permuting a set is from permuting the answer: the largest difference of a logit over
   * held-out sets and random permutations.
   *
   * @return 0 but for rounding
   */
  public double equivariance() {
    Sets sets = sets(seed + HELD_OUT_SEED, seed ^ HELD_OUT_SEED, BATCH);
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    Tensor permuted = Tensor.zeros(sets.features().shape());
    for (int s = 0; s < BATCH; s++) {
      for (int i = 0; i < SIZE; i++) {
        for (int t = 0; t < FEATURES; t++) {
          permuted.set(sets.features().get(s, order[i], t), s, i, t);
        }
      }
    }
    Tensor plain = Variable.forgetting(() -> apply(sets.features(), Pass.inference())).value();
    Tensor other = Variable.forgetting(() -> apply(permuted, Pass.inference())).value();
    double largest = 0;
    for (int s = 0; s < BATCH; s++) {
      for (int i = 0; i < SIZE; i++) {
        double difference = Math.abs(other.get(s, i) - plain.get(s, order[i]));
        largest = difference <= largest ? largest : difference;
      }
    }
    return largest;
  }
}
