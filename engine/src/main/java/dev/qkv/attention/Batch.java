package dev.qkv.attention;

import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one call beside its arrays: masks, lengths, where packed sequences end, and how
 * far dropout has come. It starts from {@link #PLAIN}, one method for each thing that is there, and
 * is checked against the shapes where it is used. Immutable, but for the numbers of its tensors.
 *
 * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="batch"}
 */
public final class Batch {
  /** Nothing beside the arrays: every sequence whole, draws of dropout at 0. */
  public static final Batch PLAIN = new Batch(null, null, null, null, null, 0);

  private final @Nullable BooleanTensor keep;
  private final @Nullable Tensor bias;
  private final int @Nullable [] keyLengths;
  private final int @Nullable [] queryEnds;
  private final int @Nullable [] keyEnds;
  private final long draws;

  private Batch(
      @Nullable BooleanTensor keep,
      @Nullable Tensor bias,
      int @Nullable [] keyLengths,
      int @Nullable [] queryEnds,
      int @Nullable [] keyEnds,
      long draws) {
    this.keep = keep;
    this.bias = bias;
    this.keyLengths = keyLengths;
    this.queryEnds = queryEnds;
    this.keyEnds = keyEnds;
    this.draws = draws;
  }

  /**
   * With a mask of booleans: true lets a query attend to a key, as in PyTorch's
   * scaled_dot_product_attention and ONNX.
   *
   * @param mask shape (batch, heads, queries, keys), or without leading axes; sizes of 1 repeat.
   *     With packed sequences: the number of sequences and the longest of them
   * @return a new batch
   */
  public Batch keep(BooleanTensor mask) {
    return new Batch(Checks.given("keep", mask), bias, keyLengths, queryEnds, keyEnds, draws);
  }

  /**
   * With a mask of floats, added to the scores. −∞ hides a key, whatever it holds, and no score
   * function is asked about it; finite numbers, however negative, are taken as they are.
   *
   * @param mask shape as for {@link #keep(BooleanTensor)}
   * @return a new batch
   */
  public Batch bias(Tensor mask) {
    return new Batch(keep, Checks.given("bias", mask), keyLengths, queryEnds, keyEnds, draws);
  }

  /**
   * With padded sequences: only the first keys of each may be attended to.
   *
   * @param lengths one for each batch, or each packed sequence; copied
   * @return a new batch
   */
  public Batch keyLengths(int... lengths) {
    int[] own = Checks.given("keyLengths", lengths).clone();
    return new Batch(keep, bias, own, queryEnds, keyEnds, draws);
  }

  /**
   * With sequences of different lengths one after the other on the length axis of a batch of 1.
   * Sequence s has queries from queryEnds[s] to queryEnds[s + 1] and likewise keys; queries see
   * keys of their own sequence only.
   *
   * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="packed"}
   *
   * @param newQueryEnds 0, then the cumulative number of queries; copied
   * @param newKeyEnds 0, then the cumulative number of keys; copied
   * @return a new batch
   */
  public Batch packed(int[] newQueryEnds, int[] newKeyEnds) {
    int[] ownQueries = Checks.given("queryEnds", newQueryEnds).clone();
    int[] ownKeys = Checks.given("keyEnds", newKeyEnds).clone();
    return new Batch(keep, bias, keyLengths, ownQueries, ownKeys, draws);
  }

  /**
   * With other draws of dropout: another counter for each call, and the same one for the backward
   * pass as for the forward pass. See {@link Dropout#at}.
   *
   * @param counter any number
   * @return a new batch
   */
  public Batch draws(long counter) {
    return new Batch(keep, bias, keyLengths, queryEnds, keyEnds, counter);
  }

  /**
   * The mask of booleans.
   *
   * @return as given; null for none
   */
  public @Nullable BooleanTensor keep() {
    return keep;
  }

  /**
   * The mask of floats.
   *
   * @return as given; null for none
   */
  public @Nullable Tensor bias() {
    return bias;
  }

  /**
   * Keys of each sequence that may be attended to.
   *
   * @return not a copy, do not change it; null for all
   */
  public int @Nullable [] keyLengths() {
    return keyLengths;
  }

  /**
   * Cumulative numbers of queries of packed sequences.
   *
   * @return not a copy, do not change it; null if nothing is packed
   */
  public int @Nullable [] queryEnds() {
    return queryEnds;
  }

  /**
   * Cumulative numbers of keys of packed sequences.
   *
   * @return not a copy, do not change it; null if nothing is packed
   */
  public int @Nullable [] keyEnds() {
    return keyEnds;
  }

  /**
   * The counter of dropout's draws.
   *
   * @return 0 unless given
   */
  public long draws() {
    return draws;
  }
}
