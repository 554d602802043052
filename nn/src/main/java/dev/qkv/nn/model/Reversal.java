package dev.qkv.nn.model;

import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.Positions;
import dev.qkv.nn.layer.TokenEmbedding;
import dev.qkv.nn.train.Task;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * Reversing a sequence of symbols: position i must attend to position length − 1 − i. One block
 * with one head learns it, and its map is the other diagonal.
 */
public final class Reversal implements Task {
  /** Symbols in a sequence. */
  public static final int LENGTH = 16;

  /** Different symbols. */
  public static final int SYMBOLS = 10;

  /** Width of the model. */
  public static final int WIDTH = 32;

  private static final String NAME = "reversal";
  private static final int BATCH = 64;
  private static final int HELD_OUT = 512;
  private static final long HELD_OUT_SEED = -1;

  private final long seed;
  private final Parameters parameters;
  private final TokenEmbedding embedding;
  private final Positions positions;
  private final EncoderBlock block;
  private final Linear output;

  /**
   * A model that has learned nothing.
   *
   * @param seed of its first parameters and of the examples
   */
  public Reversal(long seed) {
    this.seed = seed;
    this.parameters = new Parameters(seed);
    this.embedding = TokenEmbedding.create(parameters.in("embedding"), SYMBOLS, WIDTH);
    this.positions = Positions.sinusoidal(LENGTH, WIDTH);
    this.block = EncoderBlock.create(parameters.in("block"), BlockSettings.of(WIDTH, 1, 2 * WIDTH));
    this.output = Linear.create(parameters.in("output"), WIDTH, SYMBOLS);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /**
   * The position vectors.
   *
   * @return shape (length, width)
   */
  public Tensor positions() {
    return positions.table().value();
  }

  /**
   * The logits of each position's answer.
   *
   * @param sequences symbols of all sequences one after the other
   * @param pass training or not
   * @return shape (sequences, length, symbols)
   * @throws InvalidArgument if the last sequence is not whole, or something is no symbol
   */
  public Variable apply(int[] sequences, Pass pass) {
    whole(sequences);
    Variable x = embedding.apply(sequences.length / LENGTH, sequences);
    return output.apply(
        block.apply(positions.apply(x.times((float) Math.sqrt(WIDTH))), Batch.PLAIN, pass));
  }

  /**
   * Random sequences.
   *
   * @param of which seed
   * @param count how many
   * @return their symbols one after the other
   * @throws InvalidArgument if the count is negative, or more than an array can hold
   */
  public static int[] sequences(long of, int count) {
    Checks.within(NAME, "count", 0, Integer.MAX_VALUE / LENGTH, count);
    SplittableRandom random = new SplittableRandom(of);
    return random.ints((long) count * LENGTH, 0, SYMBOLS).toArray();
  }

  /**
   * The right answers.
   *
   * @param sequences symbols of all sequences one after the other
   * @return each sequence backwards
   * @throws InvalidArgument if the last sequence is not whole
   */
  public static int[] reversed(int[] sequences) {
    whole(sequences);
    int[] backwards = new int[sequences.length];
    for (int i = 0; i < sequences.length; i++) {
      int first = i / LENGTH * LENGTH;
      backwards[i] = sequences[first + LENGTH - 1 - (i - first)];
    }
    return backwards;
  }

  private static void whole(int[] sequences) {
    if (sequences.length % LENGTH != 0) {
      throw new InvalidArgument("nn.whole", NAME, "sequences", sequences.length, LENGTH);
    }
  }

  @Override
  public Variable loss(long step, Pass pass) {
    int[] sequences = sequences(seed * 1_000_003 + step, BATCH);
    return apply(sequences, pass).crossEntropy(reversed(sequences));
  }

  @Override
  public Evaluation evaluate() {
    int[] sequences = sequences(seed ^ HELD_OUT_SEED, HELD_OUT);
    return Answers.evaluate(
        Variable.forgetting(() -> apply(sequences, Pass.inference())), reversed(sequences));
  }
}
