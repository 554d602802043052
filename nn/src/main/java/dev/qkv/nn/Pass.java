package dev.qkv.nn;

import dev.qkv.attention.Dropout;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One pass through a model: whether it trains, where its dropout comes from, and the attention maps
 * if somebody wants to see them. Used once, by one thread.
 */
public final class Pass {
  /**
   * The inverse of what {@link Dropout#at} multiplies by, modulo 2⁶⁴: draws one after the other
   * have keys that differ by 1, and seeds one after the other keys far apart.
   */
  private static final long NEXT = 0xF1DE83E19937733DL;

  private final boolean training;
  private final long seed;
  private final boolean keepsMaps;
  private final Map<String, Tensor> maps = new LinkedHashMap<>();
  private int draws;

  private Pass(boolean training, long seed, boolean keepsMaps) {
    this.training = training;
    this.seed = seed;
    this.keepsMaps = keepsMaps;
  }

  /**
   * A pass of training, with dropout.
   *
   * @param seed of its dropout; another for each step
   * @return the pass
   */
  public static Pass training(long seed) {
    return new Pass(true, seed, false);
  }

  /**
   * A pass without dropout.
   *
   * @return the pass
   */
  public static Pass inference() {
    return new Pass(false, 0, false);
  }

  /**
   * A pass without dropout that keeps the weights of every attention.
   *
   * @return the pass
   */
  public static Pass keepingMaps() {
    return new Pass(false, 0, true);
  }

  /**
   * Dropout, with new draws every time.
   *
   * @param x what some numbers are dropped of
   * @param probability 0 for none
   * @return x itself unless training
   * @throws InvalidArgument if the probability is not in [0, 1), in inference too
   */
  public Variable dropout(Variable x, float probability) {
    Checks.fraction("dropout", "probability", probability);
    return training && probability > 0 ? x.dropout(new Dropout(probability, 0).at(draws())) : x;
  }

  /**
   * The next counter of dropout's draws, see {@link dev.qkv.attention.Batch#draws(long)}.
   *
   * @return another one every time, and other ones for another seed
   */
  public long draws() {
    return seed + NEXT * draws++;
  }

  /**
   * Whether dropout is wanted.
   *
   * @return false in inference
   */
  public boolean isTraining() {
    return training;
  }

  /**
   * Whether the weights of attention are wanted.
   *
   * @return see {@link #keepingMaps}
   */
  public boolean keepsMaps() {
    return keepsMaps;
  }

  /**
   * Keeps the weights of an attention.
   *
   * @param name the layer's name
   * @param weights shape (batch, heads, queries, keys)
   * @throws InvalidArgument if they have another number of axes
   */
  public void keep(String name, Tensor weights) {
    Objects.requireNonNull(name, "name");
    Checks.rank("maps", "weights", 4, weights);
    maps.put(name, weights);
  }

  /**
   * The weights of every attention of this pass.
   *
   * @return by the layers' names, in the order of the pass
   */
  public Map<String, Tensor> maps() {
    return maps;
  }
}
