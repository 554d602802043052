package dev.qkv.attention;

import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Every choice of an {@link Attention}; what each means is said at the method of {@link
 * AttentionBuilder} that makes it. Arrays are not copied when they are read: do not change them.
 *
 * @param scale factor on the scores; null for 1/√D
 * @param causal whether a query sees only keys up to its own position
 * @param windowLeft how many keys before its own position a query sees; −1 for all
 * @param windowRight how many keys after its own position a query sees; −1 for all
 * @param alignment at which key the first query stands; null if that was not said
 * @param offset added to the position that the alignment gives
 * @param keep which keys may be attended to; null for all
 * @param bias added to the scores; null for nothing
 * @param keyLengths keys of each sequence; null for all
 * @param packedQueries cumulative query lengths of packed sequences; null if nothing is packed
 * @param packedKeys cumulative key lengths of packed sequences; null if nothing is packed
 * @param softcap cap of the softcap; 0 for none
 * @param alibiSlopes one for each head; null for none
 * @param sinks one logit for each head; null for none
 * @param dropout on the weights; null for none
 * @param scoreFunction the caller's own change to the scores; null for none
 * @param keepFunction the caller's own mask; null for none
 * @param axisOrder order of the axes of all tensors
 * @param threads at most so many at once; 0 for as many as there are processors
 * @param executor what runs the others than the caller's own; null for the common pool
 */
public record Settings(
    @Nullable Float scale,
    boolean causal,
    int windowLeft,
    int windowRight,
    @Nullable Alignment alignment,
    int offset,
    @Nullable BooleanTensor keep,
    @Nullable Tensor bias,
    int @Nullable [] keyLengths,
    int @Nullable [] packedQueries,
    int @Nullable [] packedKeys,
    float softcap,
    float @Nullable [] alibiSlopes,
    float @Nullable [] sinks,
    @Nullable Dropout dropout,
    @Nullable ScoreFunction scoreFunction,
    @Nullable KeepFunction keepFunction,
    AxisOrder axisOrder,
    int threads,
    @Nullable Executor executor) {
  /** No choice at all. */
  static final Settings PLAIN = Attention.plain().settings();

  /** Whether positions of queries among the keys matter. */
  boolean positional() {
    return causal || windowLeft >= 0 || windowRight >= 0 || alibiSlopes != null;
  }
}
