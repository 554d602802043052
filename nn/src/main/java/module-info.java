/**
 * Layers of a transformer over the engine, and their training.
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
 *       <th scope="row">a layer</th>
 *       <td>its {@code create}, in {@link dev.qkv.nn.layer}, with {@link dev.qkv.nn.Parameters#in parameters.in(name)}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">a layer with numbers from elsewhere</th>
 *       <td>its constructor, a record's; {@link dev.qkv.nn.layer.MultiHeadAttention#ofPacked ofPacked} for PyTorch's packed projection</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">a whole stack</th>
 *       <td>{@link dev.qkv.nn.layer.Encoder}, {@link dev.qkv.nn.layer.Decoder}, {@link dev.qkv.nn.layer.EncoderDecoder}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">RMSNorm, SwiGLU, rotary positions, grouped heads, no biases</th>
 *       <td>{@link dev.qkv.nn.layer.BlockSettings}, which every {@code create} of blocks and stacks takes</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">decoding step by step</th>
 *       <td>{@link dev.qkv.nn.layer.Decoder#memory Decoder.memory(encoded)} once, then {@code apply} for each step</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">masks, lengths or packed sequences of this batch</th>
 *       <td>a {@link dev.qkv.attention.Batch}, which {@code apply} of attention, blocks and stacks takes</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">a formula of your own</th>
 *       <td>operations of {@link dev.qkv.nn.Variable}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">gradients</th>
 *       <td>{@link dev.qkv.nn.Variable#backward() loss.backward()}, then {@link dev.qkv.nn.Variable#gradient gradient()} of each parameter</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">steps of training</th>
 *       <td>{@link dev.qkv.nn.train.AdamW}, which shows the loop, and a {@link dev.qkv.nn.train.Schedule}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the whole loop, with evaluation and checkpoints</th>
 *       <td>{@link dev.qkv.nn.train.Trainer}, given a {@link dev.qkv.nn.train.Task}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">an encoder in a service</th>
 *       <td>{@link dev.qkv.nn.inference.EncoderPlan#of EncoderPlan.of(encoder)}, made once; then {@code apply} from any number of threads</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">inference of other models</th>
 *       <td>{@link dev.qkv.nn.Variable#forgetting Variable.forgetting} with {@link dev.qkv.nn.Pass#inference Pass.inference()}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">attention maps</th>
 *       <td>{@link dev.qkv.nn.Pass#keepingMaps Pass.keepingMaps()}, then {@link dev.qkv.nn.Pass#maps() maps()}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">training that goes on later</th>
 *       <td>{@link dev.qkv.nn.train.Checkpoint}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the numbers of a model alone</th>
 *       <td>{@link dev.qkv.nn.Parameters#all() all()} with {@link dev.qkv.io.ArrayFile#write ArrayFile.write}, and back with {@link dev.qkv.nn.Parameters#load load}</td>
 *     </tr>
 *   </tbody>
 * </table>
 *
 * <h2>Shapes</h2>
 *
 * <p>Operations work on the last axis. Attention, encoders and decoders take and give (batch,
 * length, width); {@link dev.qkv.nn.layer.TokenEmbedding} makes that of tokens, {@code
 * crossEntropy} takes a class for each row of (…, classes). Attention sees (batch, length, heads,
 * dim), whatever axis order its choices name. A weight is (in, out), the transpose of PyTorch's.
 *
 * <h2>Passes</h2>
 *
 * <p>A {@link dev.qkv.nn.Pass} says whether a model trains and seeds its dropout; it is used for
 * one pass, by one thread. Gradients are added to those that are there: {@link
 * dev.qkv.nn.Parameters#clearGradients clearGradients()} comes before each step, or several batches
 * count as one. First numbers follow from the seed and the parameter's name, dropout from the seed
 * of the pass: the same seeds give the same bits, on one kernel of the engine, for every number of
 * threads.
 *
 * <h2>Threads</h2>
 *
 * <p>Layers are immutable, but their numbers are not. Any number of threads may compute with a
 * model at once, each with its own {@code Pass}, while nobody changes its parameters. {@code
 * backward}, {@code AdamW}, {@code Checkpoint.load} and whatever names or loads parameters are for
 * one thread at a time: two backward passes at once through the same parameters lose gradients.
 * {@link dev.qkv.nn.train.Trainer#stop Trainer.stop()} may come from any thread. Inside, operations
 * share their work among the common pool as the engine does, or as {@link dev.qkv.ops.Workers}
 * says.
 *
 * <h2>Memory</h2>
 *
 * <p>A result that depends on a parameter keeps all that its gradients need, for as long as
 * somebody holds the result; of attention that is q, k, v, the output and the log-sum-exp, never
 * the weights. Within {@code Variable.forgetting} nothing is kept. {@code AdamW} holds two numbers
 * for each of the model's.
 *
 * <h2>Checkpoints and errors</h2>
 *
 * <p>A {@link dev.qkv.nn.train.Checkpoint} is one safetensors file, which appears whole or not at
 * all; training that goes on from it has the bits that it would have had. Loading changes nothing
 * where a parameter is missing, too many or of another shape. What breaks a rule is refused with an
 * {@link dev.qkv.tensor.InvalidArgument}, in English and Chinese; a loss that is no number any more
 * ends a {@code Trainer} with a {@link dev.qkv.nn.train.TrainingFailure} that names the parameter
 * and the last checkpoint. What makes it fast is said at {@code dev.qkv.engine}.
 */
module dev.qkv.nn {
  requires static org.jspecify;
  requires transitive dev.qkv.engine;

  exports dev.qkv.nn;
  exports dev.qkv.nn.inference;
  exports dev.qkv.nn.layer;
  exports dev.qkv.nn.model;
  exports dev.qkv.nn.train;
}
