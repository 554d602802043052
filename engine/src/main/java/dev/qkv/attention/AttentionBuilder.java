package dev.qkv.attention;

import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.InvalidArgument;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link Attention}, one choice to a method; what is not chosen is left out. Choices are
 * checked where they are made, and against the shapes when {@code forward} is called. A key is seen
 * only where every choice, and the {@link Batch} of the call, lets it be seen.
 *
 * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="choices"}
 */
public final class AttentionBuilder {
  private static final int UNBOUNDED = -1;

  private @Nullable Float scale;
  private boolean causal;
  private @Nullable Integer windowLeft;
  private @Nullable Integer windowRight;
  private @Nullable Alignment alignment;
  private int offset;
  private @Nullable Float softcap;
  private float @Nullable [] alibiSlopes;
  private float @Nullable [] sinks;
  private @Nullable Dropout dropout;
  private @Nullable ScoreFunction scoreFunction;
  private @Nullable KeepFunction keepFunction;
  private AxisOrder axisOrder = AxisOrder.BHLD;
  private @Nullable Integer threads;
  private @Nullable Executor executor;

  AttentionBuilder() {}

  AttentionBuilder(Settings s) {
    scale = s.scores().scale();
    softcap = s.scores().softcap();
    alibiSlopes = s.scores().alibiSlopes();
    scoreFunction = s.scores().function();
    causal = s.mask().causal();
    windowLeft = s.mask().windowLeft();
    windowRight = s.mask().windowRight();
    alignment = s.mask().alignment();
    offset = s.mask().offset();
    keepFunction = s.mask().function();
    sinks = s.sinks();
    dropout = s.dropout();
    axisOrder = s.axisOrder();
    threads = s.running().threads();
    executor = s.running().executor();
  }

  /**
   * The factor on q·k. Without this it is 1/√D.
   *
   * @param factor any finite number, negative too
   * @return this
   * @throws InvalidArgument if it is NaN or infinite
   */
  public AttentionBuilder scale(float factor) {
    if (!Float.isFinite(factor)) {
      throw new InvalidArgument("attention.scale", "attention", factor);
    }
    scale = factor;
    return this;
  }

  /**
   * Query i sees keys up to its own position. Where queries and keys differ in number, {@link
   * #alignment(Alignment, int)} must say where query 0 stands: it is never guessed.
   *
   * <pre>
   * 2 queries, 5 keys   UPPER_LEFT   BOTTOM_RIGHT
   *                     1 0 0 0 0    1 1 1 1 0
   *                     1 1 0 0 0    1 1 1 1 1
   * 5 queries, 2 keys   1 0          0 0
   *                     1 1          0 0
   *                     1 1          0 0
   *                     1 1          1 0
   *                     1 1          1 1
   * </pre>
   *
   * Rows of zeros have output 0 and logSumExp −∞.
   *
   * @return this
   */
  public AttentionBuilder causal() {
    causal = true;
    return this;
  }

  /**
   * {@link #causal()} with its alignment.
   *
   * @param where at which key query 0 stands
   * @return this
   */
  public AttentionBuilder causal(Alignment where) {
    causal = true;
    return alignment(where, 0);
  }

  /**
   * Query i sees keys from its own position − left to its own position + right, both included.
   *
   * @param left keys before; −1 for all
   * @param right keys after; −1 for all
   * @return this
   * @throws InvalidArgument if one is below −1
   */
  public AttentionBuilder window(int left, int right) {
    if (left < UNBOUNDED || right < UNBOUNDED) {
      throw new InvalidArgument("attention.window", "attention", Math.min(left, right));
    }
    windowLeft = left == UNBOUNDED ? null : left;
    windowRight = right == UNBOUNDED ? null : right;
    return this;
  }

  /**
   * Query i stands at key position i + offset, for causal, window and ALiBi: counted from key 0 or
   * from where the last query stands at the last key of its sequence.
   *
   * @param where from where the position counts
   * @param more added to the position; 0 for none
   * @return this
   */
  public AttentionBuilder alignment(Alignment where, int more) {
    alignment = where;
    offset = more;
    return this;
  }

  /**
   * Scores become cap·tanh(score / cap), before ALiBi, bias and masks.
   *
   * @param cap positive; 0 for none
   * @return this
   * @throws InvalidArgument if it is negative, NaN or infinite
   */
  public AttentionBuilder softcap(float cap) {
    if (!(cap >= 0) || Float.isInfinite(cap)) {
      throw new InvalidArgument("attention.softcap", "attention", cap);
    }
    softcap = cap == 0 ? null : cap;
    return this;
  }

  /**
   * ALiBi: slope·(j − i − offset) is added to the score of query i and key j.
   *
   * @param slopes one finite number for each query head
   * @return this
   */
  public AttentionBuilder alibi(float... slopes) {
    for (float slope : Checks.given("alibi", slopes)) {
      if (!Float.isFinite(slope)) {
        throw new InvalidArgument("attention.alibi.finite", "attention", slope);
      }
    }
    alibiSlopes = slopes.clone();
    return this;
  }

  /**
   * Attention sinks: a logit for each head that joins the denominator of softmax without a value.
   *
   * @param logits one for each query head; −∞ is none, NaN and ∞ are refused
   * @return this
   */
  public AttentionBuilder sinks(float... logits) {
    for (float logit : Checks.given("sinks", logits)) {
      if (!(logit < Float.POSITIVE_INFINITY)) {
        throw new InvalidArgument("attention.sinks", "attention", logit);
      }
    }
    sinks = logits.clone();
    return this;
  }

  /**
   * Dropout on the weights, of every call: {@link Batch#draws} gives each call its own.
   *
   * @param choice probability and seed
   * @return this
   */
  public AttentionBuilder dropout(Dropout choice) {
    dropout = Checks.given("dropout", choice);
    return this;
  }

  /**
   * The caller's own change to the scores.
   *
   * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="score"}
   *
   * @param function see {@link ScoreFunction}; gradients need a {@link DifferentiableScore}
   * @return this
   */
  public AttentionBuilder score(ScoreFunction function) {
    scoreFunction = function;
    return this;
  }

  /**
   * The caller's own mask.
   *
   * @param function see {@link KeepFunction}
   * @return this
   */
  public AttentionBuilder keep(KeepFunction function) {
    keepFunction = function;
    return this;
  }

  /**
   * The order of the axes of q, k, v and the output.
   *
   * @param order BHLD unless chosen
   * @return this
   */
  public AttentionBuilder axisOrder(AxisOrder order) {
    axisOrder = Checks.given("axisOrder", order);
    return this;
  }

  /**
   * How many threads may work at once. The result has the same bits for every number.
   *
   * @param most 1 forbids all but the caller's own; 0 for as many as there are processors
   * @return this
   * @throws InvalidArgument if it is negative
   */
  public AttentionBuilder threads(int most) {
    if (most < 0) {
      throw new InvalidArgument("attention.threads", "attention", most);
    }
    threads = most == 0 ? null : most;
    return this;
  }

  /**
   * What runs the helpers of the caller's own thread. Without this: the common pool.
   *
   * @param runner may run helpers late or not at all; the caller's own thread then does the work
   * @return this
   */
  public AttentionBuilder executor(Executor runner) {
    executor = runner;
    return this;
  }

  /**
   * The attention with these choices.
   *
   * @return immutable
   */
  public Attention build() {
    return new Attention(
        new Settings(
            new Settings.Mask(causal, windowLeft, windowRight, alignment, offset, keepFunction),
            new Settings.Scores(scale, softcap, alibiSlopes, scoreFunction),
            sinks,
            dropout,
            axisOrder,
            new Settings.Running(threads, executor)));
  }
}
