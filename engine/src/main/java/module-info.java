/**
 * Attention: in float32 at the speed of the hardware, and in float64 as the definition is written,
 * the oracle that every faster evaluation is held against.
 *
 * <h2>What to call</h2>
 *
 * <table class="striped">
 *   <caption style="display:none">What to call for which need</caption>
 *   <thead>
 *     <tr>
 *       <th scope="col">need</th>
 *       <th scope="col">call</th>
 *     </tr>
 *   </thead>
 *   <tbody style="text-align:left">
 *     <tr>
 *       <th scope="row">the output, and the log-sum-exp of each row</th>
 *       <td>{@link dev.qkv.attention.Attention#forward Attention.forward(q, k, v)}; {@link dev.qkv.attention.Attention} shows it</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the same into tensors of your own</th>
 *       <td>{@code Attention.forward(q, k, v, batch, output, logSumExp)}; {@link dev.qkv.attention.Batch#PLAIN} if there is nothing beside them</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">causal, window, grouped heads, softcap, ALiBi, sinks, dropout, functions of your own: choices made once</th>
 *       <td>{@link dev.qkv.attention.AttentionBuilder}; grouped heads follow from the shapes</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">masks, bias, lengths, packed sequences, new draws of dropout: of one call</th>
 *       <td>a {@link dev.qkv.attention.Batch}, {@code Attention.forward(q, k, v, batch)}; the backward pass takes the same one</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">gradients of q, k and v; of bias, sinks and slopes on request</th>
 *       <td>{@link dev.qkv.attention.Attention#backward Attention.backward(q, k, v, forward, dOutput)}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">attention over a part of the keys, to be joined with other parts</th>
 *       <td>{@link dev.qkv.attention.Attention#partial partial}, then {@link dev.qkv.attention.AttentionState#merge merge} and {@link dev.qkv.attention.AttentionState#normalise normalise}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the weights themselves</th>
 *       <td>{@link dev.qkv.attention.Attention#weights weights(q, k)}; the scores before them: {@link dev.qkv.attention.Attention#scores scores}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">how many pairs of a query and a key causal mask, window and lengths leave</th>
 *       <td>{@link dev.qkv.attention.Attention#pairs pairs(q, k, batch)}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the definition in float64</th>
 *       <td>{@link dev.qkv.reference.AttentionDefinition#whole new AttentionDefinition(attention.settings(), q, k, v, batch).whole()}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">arrays from and to files</th>
 *       <td>{@link dev.qkv.io.ArrayFile}: .npy, .npz, .safetensors</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">matrix product, norms, GELU, SwiGLU, embedding, rotary positions, cross entropy</th>
 *       <td>{@link dev.qkv.ops}</td>
 *     </tr>
 *   </tbody>
 * </table>
 *
 * <h2>Shapes</h2>
 *
 * <p>A {@link dev.qkv.tensor.Tensor} is a view over a {@code float[]} that belongs to the caller;
 * any strides will do, and components that are adjacent are fastest. Q has width D as K has, V may
 * have another.
 *
 * <table class="striped">
 *   <caption>Axes of q, k, v and the output</caption>
 *   <thead>
 *     <tr>
 *       <th scope="col">rank</th>
 *       <th scope="col">{@link dev.qkv.tensor.AxisOrder#BHLD BHLD}, the usual order</th>
 *       <th scope="col">{@link dev.qkv.tensor.AxisOrder#BLHD BLHD}</th>
 *     </tr>
 *   </thead>
 *   <tbody style="text-align:left">
 *     <tr>
 *       <th scope="row">4</th>
 *       <td>(batch, heads, length, dim)</td>
 *       <td>(batch, length, heads, dim)</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">3</th>
 *       <td>(heads, length, dim)</td>
 *       <td>(length, heads, dim)</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">2</th>
 *       <td>(length, dim)</td>
 *       <td>(length, dim)</td>
 *     </tr>
 *   </tbody>
 * </table>
 *
 * <p>The log-sum-exp is always (batch, heads, queries); masks, biases, weights and scores are
 * (batch, heads, queries, keys) in either order. K and V may have fewer heads than Q, if theirs
 * divide its number.
 *
 * <h2>Threads</h2>
 *
 * <p>An {@code Attention} is immutable: any number of threads may call it at once, also from within
 * a score function. Nobody may write to the arrays of a call that is under way. A call works on the
 * caller's thread and on helpers, which are tasks of the common pool unless {@link
 * dev.qkv.attention.AttentionBuilder#executor(java.util.concurrent.Executor) executor} names
 * another; {@link dev.qkv.attention.AttentionBuilder#threads(int) threads} bounds their number, and
 * small calls have none. {@code dev.qkv.ops} uses the common pool, or whatever {@link
 * dev.qkv.ops.Workers} says for all operations inside. Results have the same bits for every number
 * of threads; another kernel may differ in the last bits. Builders belong to one thread.
 *
 * <h2>Memory</h2>
 *
 * <p>Memory grows with the number of queries and keys, never with their product, but for {@code
 * weights}, {@code scores} and {@code scoreGradients}, which return one number for each pair. A
 * forward pass allocates nothing where the caller supplies the output, after the first calls and
 * without an executor of the caller's. Scratch is used again, whatever thread calls: as much is
 * kept as was in use at once, and at most 256 MiB, as {@link dev.qkv.attention.Attention} counts
 * it.
 *
 * <h2>The fast path</h2>
 *
 * <p>On the module path it is there; on the class path start java with {@code --add-modules
 * jdk.incubator.vector}. Without that module, or without the C2 compiler, everything works, slowly,
 * and one warning in the log {@code dev.qkv} says why. {@link dev.qkv.attention.Engine#isFast
 * Engine.isFast()} tells, {@link dev.qkv.attention.Engine#describe Engine.describe()} names the
 * path. {@code -Ddev.qkv.kernel=scalar}, {@code 128}, {@code 256} or {@code 512} asks for one, read
 * once; a vector width that the machine lacks is emulated and slow.
 *
 * <h2>Errors</h2>
 *
 * <p>What breaks a rule is refused before anything is computed, with an {@link
 * dev.qkv.tensor.InvalidArgument} that names operation, argument, what was expected and what came.
 * {@code message(Locale)} has it in English and Chinese, {@code rule()} is a name for programs. A
 * file that breaks a rule is an {@link dev.qkv.io.InvalidFile}, in both languages too.
 */
@SuppressWarnings("module") // dev.qkv.nn is compiled later.
module dev.qkv.engine {
  requires jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.qkv.attention;
  exports dev.qkv.io;
  exports dev.qkv.ops;
  exports dev.qkv.reference;
  exports dev.qkv.tensor;
  // What runs a model for inference is made of the same pieces.
  exports dev.qkv.kernel to
      dev.qkv.nn;
  exports dev.qkv.parallel to
      dev.qkv.nn;
}
