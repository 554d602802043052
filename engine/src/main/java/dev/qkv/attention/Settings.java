package dev.qkv.attention;

import dev.qkv.tensor.AxisOrder;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Every choice of an {@link Attention}; what each means is said at the method of {@link
 * AttentionBuilder} that makes it. What was not chosen is null. Arrays are not copied when they are
 * read: do not change them.
 *
 * @param mask which keys a query may see
 * @param scores what scores become before the mask
 * @param sinks one logit for each head; null for none
 * @param dropout on the weights; null for none
 * @param axisOrder order of the axes of all tensors
 * @param running who does the work
 */
public record Settings(
    Mask mask,
    Scores scores,
    float @Nullable [] sinks,
    @Nullable Dropout dropout,
    AxisOrder axisOrder,
    Running running) {
  /** No choice at all. */
  static final Settings PLAIN = Attention.plain().settings();

  /**
   * Which keys a query may see, and where it stands among them.
   *
   * @param causal whether a query sees only keys up to its own position
   * @param windowLeft how many keys before its own position a query sees; null for all
   * @param windowRight how many keys after its own position a query sees; null for all
   * @param alignment at which key the first query stands; null if that was not said
   * @param offset added to the position that the alignment gives
   * @param function the caller's own mask; null for none
   */
  public record Mask(
      boolean causal,
      @Nullable Integer windowLeft,
      @Nullable Integer windowRight,
      @Nullable Alignment alignment,
      int offset,
      @Nullable KeepFunction function) {}

  /**
   * What scores become before the mask, in this order.
   *
   * @param scale factor on the scores; null for 1/√D
   * @param softcap cap of the softcap; null for none
   * @param alibiSlopes one for each head; null for none
   * @param function the caller's own change to the scores; null for none
   */
  public record Scores(
      @Nullable Float scale,
      @Nullable Float softcap,
      float @Nullable [] alibiSlopes,
      @Nullable ScoreFunction function) {}

  /**
   * Who does the work.
   *
   * @param threads at most so many at once; null for as many as there are processors
   * @param executor what runs the others than the caller's own; null for the common pool
   */
  public record Running(@Nullable Integer threads, @Nullable Executor executor) {}

  Settings withoutDropout() {
    return new Settings(mask, scores, sinks, null, axisOrder, running);
  }

  /** Whether positions of queries among the keys matter. */
  boolean positional() {
    return mask.causal()
        || mask.windowLeft() != null
        || mask.windowRight() != null
        || scores.alibiSlopes() != null;
  }
}
