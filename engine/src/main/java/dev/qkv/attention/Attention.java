package dev.qkv.attention;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention, {@code softmax(scale·Q Kᵀ + mask) V}, exact, in float32, with
 * memory that grows with the number of queries and keys but never with their product.
 *
 * <p>An attention is choices made once; what changes from call to call is a {@link Batch}, and a
 * method without one takes {@link Batch#PLAIN}. Immutable and safe for many threads at once.
 * Shapes: q (batch, heads, queries, D), k (batch, kvHeads, keys, D), v (batch, kvHeads, keys, Dv),
 * output (batch, heads, queries, Dv); or with heads after the length, see {@link
 * AttentionBuilder#axisOrder(dev.qkv.tensor.AxisOrder)}. Rank 3 lacks the batch, rank 2 batch and
 * heads. Heads must be a multiple of kvHeads; query head h uses kv head h / (heads / kvHeads). Any
 * strides will do and nothing of the caller's is copied as a whole; components that are adjacent
 * are fastest.
 *
 * <p>A query with nothing to attend to has output 0 and logSumExp −∞. A NaN reaches exactly the
 * rows that may attend to it. Weights below 2⁻¹²⁶ of the largest count as 0.
 *
 * <p>Scratch memory: (D + Dv)·64 + 97·64 floats and a little more for each thread that works, for
 * more than 1536 keys Dv·64 more, plus D·96 and Dv·96 where components are not adjacent; and, where
 * queries are so few that keys are split over threads, at most 2048·(Dv + 2) floats for each
 * caller. After the first calls nothing more is allocated when the caller supplies the output.
 *
 * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="forward"}
 *
 * <p>Sources: Vaswani et al., Attention is all you need, 2017; Dao et al., FlashAttention, 2022.
 */
public final class Attention {
  private final Settings settings;
  private final Attention withoutDropout;

  Attention(Settings settings) {
    this.settings = settings;
    this.withoutDropout =
        settings.dropout() == null ? this : new Attention(settings.withoutDropout());
  }

  /**
   * Attention without mask or other choices: scale 1/√D, every processor.
   *
   * @return the attention
   */
  public static Attention plain() {
    return builder().build();
  }

  /**
   * Where choices are made.
   *
   * @return a new builder
   */
  public static AttentionBuilder builder() {
    return new AttentionBuilder();
  }

  /**
   * A builder that starts from this attention's choices.
   *
   * @return a new builder
   */
  public AttentionBuilder toBuilder() {
    return new AttentionBuilder(settings);
  }

  /**
   * The same choices but for dropout: for a model that trains with it and is used without.
   *
   * @return always the same attention; this one if it has none
   */
  public Attention withoutDropout() {
    return withoutDropout;
  }

  /**
   * The choices.
   *
   * @return all of them, by name
   */
  public Settings settings() {
    return settings;
  }

  /**
   * The forward pass of a plain batch into new tensors.
   *
   * @param q queries
   * @param k keys
   * @param v values
   * @return output and log-sum-exp
   * @throws InvalidArgument if the shapes do not fit each other or the choices
   */
  public Forward forward(Tensor q, Tensor k, Tensor v) {
    return forward(q, k, v, Batch.PLAIN);
  }

  /**
   * The forward pass into new tensors.
   *
   * @param q queries
   * @param k keys
   * @param v values
   * @param batch masks, lengths and draws of this call
   * @return output and log-sum-exp
   * @throws InvalidArgument if the shapes do not fit each other, the choices or the batch
   */
  public Forward forward(Tensor q, Tensor k, Tensor v, Batch batch) {
    Layout queries = Checks.layout("q", q, settings);
    Layout keys = Checks.layout("k", k, settings);
    Layout values = Checks.layout("v", v, settings);
    Checks.forward(settings, batch, q.data(), queries, k.data(), keys, v.data(), values);
    Tensor output =
        Tensor.zeros(
            settings
                .axisOrder()
                .shape(
                    q.rank(), queries.batches(), queries.heads(), queries.length(), values.dim()));
    Tensor logSumExp = Tensor.zeros(queries.batches(), queries.heads(), queries.length());
    forward(q, k, v, batch, output, logSumExp);
    return new Forward(output, logSumExp);
  }

  /**
   * The forward pass into the caller's tensors. Allocates nothing after the first calls.
   *
   * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="own"}
   *
   * @param q queries
   * @param k keys
   * @param v values
   * @param batch masks, lengths and draws of this call
   * @param output receives the output; must not overlap q, k, v or the batch's bias
   * @param logSumExp receives the log-sum-exp, shape (batch, heads, queries), made by {@link
   *     Tensor#zeros} or {@link Tensor#of}; null if it is not wanted
   * @throws InvalidArgument if the shapes do not fit each other, the choices or the batch, or
   *     output overlaps
   */
  public void forward(
      Tensor q, Tensor k, Tensor v, Batch batch, Tensor output, @Nullable Tensor logSumExp) {
    forward(
        Checks.given("q", q).data(),
        Checks.layout("q", q, settings),
        Checks.given("k", k).data(),
        Checks.layout("k", k, settings),
        Checks.given("v", v).data(),
        Checks.layout("v", v, settings),
        batch,
        Checks.given("output", output).data(),
        Checks.layout("output", output, settings),
        logSumExp == null ? null : Checks.logSumExp(logSumExp, q.layout(settings.axisOrder())));
  }

  /**
   * The forward pass on plain arrays. Allocates nothing after the first calls.
   *
   * @param q array with the queries
   * @param qLayout where they are in it
   * @param k array with the keys
   * @param kLayout where they are in it
   * @param v array with the values
   * @param vLayout where they are in it
   * @param batch masks, lengths and draws of this call
   * @param output array that receives the output
   * @param outputLayout where; must not overlap q, k, v or the batch's bias
   * @param logSumExp receives (batch, heads, queries) numbers from place 0; null if not wanted
   * @throws InvalidArgument if the layouts do not fit the arrays, each other, the choices or the
   *     batch
   */
  public void forward(
      float[] q,
      Layout qLayout,
      float[] k,
      Layout kLayout,
      float[] v,
      Layout vLayout,
      Batch batch,
      float[] output,
      Layout outputLayout,
      float @Nullable [] logSumExp) {
    Checks.forward(settings, batch, q, qLayout, k, kLayout, v, vLayout);
    Checks.output(batch, q, qLayout, k, kLayout, v, vLayout, output, outputLayout, logSumExp);
    ForwardRun run = ForwardRun.take();
    try {
      run.operands().set(settings, batch, q, qLayout, k, kLayout, v, vLayout);
      run.into(output, outputLayout, logSumExp);
    } finally {
      run.release();
    }
  }

  /**
   * The backward pass of a plain batch into new tensors.
   *
   * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="backward"}
   *
   * @param q queries
   * @param k keys
   * @param v values
   * @param forward what the forward pass returned for them
   * @param dOutput gradient of the output, in its shape
   * @param also what else gradients are wanted of
   * @return the gradients of q, k, v and {@code also}
   * @throws InvalidArgument if the shapes do not fit each other or the choices, something of {@code
   *     also} is lacking, or the score function is no {@link DifferentiableScore}
   */
  public Gradients backward(
      Tensor q, Tensor k, Tensor v, Forward forward, Tensor dOutput, Learned... also) {
    return backward(q, k, v, Batch.PLAIN, forward, dOutput, also);
  }

  /**
   * The backward pass into new tensors.
   *
   * @param q queries
   * @param k keys
   * @param v values
   * @param batch as the forward pass had it
   * @param forward what the forward pass returned for them
   * @param dOutput gradient of the output, in its shape
   * @param also what else gradients are wanted of
   * @return the gradients of q, k, v and {@code also}
   * @throws InvalidArgument if the shapes do not fit each other, the choices or the batch,
   *     something of {@code also} is lacking, or the score function is no {@link
   *     DifferentiableScore}
   */
  public Gradients backward(
      Tensor q, Tensor k, Tensor v, Batch batch, Forward forward, Tensor dOutput, Learned... also) {
    Tensor bias = null;
    Tensor sinks = null;
    Tensor alibi = null;
    Checks.given("batch", batch);
    for (Learned learned : Checks.given("also", also)) {
      int[] shape = Checks.learned(Checks.given("also", learned), settings, batch);
      switch (learned) {
        case BIAS -> bias = Tensor.zeros(shape);
        case SINKS -> sinks = Tensor.zeros(shape);
        case ALIBI -> alibi = Tensor.zeros(shape);
      }
    }
    Gradients into =
        new Gradients(
            Tensor.zeros(Checks.given("q", q).shape()),
            Tensor.zeros(Checks.given("k", k).shape()),
            Tensor.zeros(Checks.given("v", v).shape()),
            bias,
            sinks,
            alibi);
    backward(q, k, v, batch, forward, dOutput, into);
    return into;
  }

  /**
   * The backward pass into the caller's tensors: recomputes the weights from the log-sum-exp, with
   * memory that grows with queries and keys but never with their product. A query with nothing to
   * attend to has gradient 0. A NaN reaches only what may attend to it or be attended by it.
   *
   * <p>Scratch memory: for each thread 1024·(D + Dv) floats, for more than 4096 queries twice as
   * many, and some tiles; for each caller a float for each query, and where kv heads are fewer than
   * 16 at most 15 times the size of q, and never more than 1 GiB.
   *
   * @param q queries
   * @param k keys
   * @param v values
   * @param batch as the forward pass had it, draws of dropout included
   * @param forward what the forward pass returned for them
   * @param dOutput gradient of the output, in its shape
   * @param into receives the gradients; must not overlap anything else
   * @throws InvalidArgument if the shapes do not fit each other, the choices or the batch, tensors
   *     overlap, or the score function is no {@link DifferentiableScore}
   */
  public void backward(
      Tensor q, Tensor k, Tensor v, Batch batch, Forward forward, Tensor dOutput, Gradients into) {
    Checks.backward(settings, batch, q, k, v, forward, dOutput);
    Checks.gradients(settings, batch, q, k, v, forward, dOutput, into);
    BackwardRun run = BackwardRun.of(settings, q, k, v, batch, forward, dOutput);
    try {
      run.gradients(into);
      new ScoreGradients(run).learned(into);
    } finally {
      run.release();
    }
  }

  /**
   * The gradients of the scores at a stage: memory for every query and key. Those of the scaled
   * scores are what goes into the softcap.
   *
   * @param q queries
   * @param k keys
   * @param v values
   * @param batch as the forward pass had it
   * @param forward what the forward pass returned for them
   * @param dOutput gradient of the output, in its shape
   * @param stage of which scores
   * @return shape as for {@link #scores}; 0 where a query may not attend to a key
   * @throws InvalidArgument as for {@link #backward}, or if the result has too many elements
   */
  public Tensor scoreGradients(
      Tensor q, Tensor k, Tensor v, Batch batch, Forward forward, Tensor dOutput, Stage stage) {
    Checks.backward(settings, batch, q, k, v, forward, dOutput);
    Checks.given("stage", stage);
    BackwardRun run = BackwardRun.of(settings, q, k, v, batch, forward, dOutput);
    try {
      return new ScoreGradients(run).scores(stage);
    } finally {
      run.release();
    }
  }

  /**
   * Attention over some of the keys, to be merged with attention over the others. Positions, masks
   * and lengths count as in the whole; with packed sequences the range counts within each of them.
   * A sink joins the part that has key 0.
   *
   * @param q queries
   * @param k all keys
   * @param v all values
   * @param batch masks, lengths and draws of this call
   * @param fromKey first key of the part
   * @param toKey one past the last
   * @return the state over these keys
   * @throws InvalidArgument if the shapes do not fit, or the range is not within the keys
   */
  public AttentionState partial(Tensor q, Tensor k, Tensor v, Batch batch, int fromKey, int toKey) {
    ForwardRun run = ForwardRun.of(settings, q, k, v, batch);
    try {
      return run.partial(fromKey, toKey);
    } finally {
      run.release();
    }
  }

  /**
   * The scores at a stage: memory for every query and key.
   *
   * @param q queries
   * @param k keys
   * @param batch masks and lengths of this call
   * @param stage how far they should have come
   * @return shape (batch, heads, queries, keys); with packed sequences (sequences, heads, longest,
   *     longest), −∞ beyond each sequence
   * @throws InvalidArgument if the shapes do not fit, or the result has too many elements
   */
  public Tensor scores(Tensor q, Tensor k, Batch batch, Stage stage) {
    Checks.given("stage", stage);
    ForwardRun run = ForwardRun.of(settings, q, k, k, batch);
    try {
      return run.scores(stage);
    } finally {
      run.release();
    }
  }

  /**
   * The weights of a plain batch.
   *
   * @param q queries
   * @param k keys
   * @return shape as for {@link #scores}; 0 where a query may not attend to a key
   * @throws InvalidArgument if the shapes do not fit, or the result has too many elements
   */
  public Tensor weights(Tensor q, Tensor k) {
    return weights(q, k, Batch.PLAIN);
  }

  /**
   * The weights, after softmax and before dropout: memory for every query and key. With sinks, rows
   * add up to less than 1.
   *
   * @param q queries
   * @param k keys
   * @param batch masks and lengths of this call
   * @return shape as for {@link #scores}; 0 where a query may not attend to a key
   * @throws InvalidArgument if the shapes do not fit, or the result has too many elements
   */
  public Tensor weights(Tensor q, Tensor k, Batch batch) {
    Tensor weights = scores(q, k, batch, Stage.MASKED);
    ScoreRows.softmax(weights, settings.sinks());
    return weights;
  }

  /**
   * How many pairs of a query and a key the causal mask, the window and the lengths leave, over all
   * heads: what useful work is counted by. Keep masks, biases and functions are not looked at.
   *
   * @param q queries
   * @param k keys
   * @param batch lengths of this call
   * @return the number of pairs
   * @throws InvalidArgument if the shapes do not fit
   */
  public long pairs(Tensor q, Tensor k, Batch batch) {
    ForwardRun run = ForwardRun.of(settings, q, k, k, batch);
    try {
      return run.pairs();
    } finally {
      run.release();
    }
  }
}
