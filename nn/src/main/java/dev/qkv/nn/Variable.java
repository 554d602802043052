package dev.qkv.nn;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Dropout;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Learned;
import dev.qkv.nn.check.Checks;
import dev.qkv.ops.CrossEntropy;
import dev.qkv.ops.ElementDropout;
import dev.qkv.ops.Embedding;
import dev.qkv.ops.Gelu;
import dev.qkv.ops.LayerNorm;
import dev.qkv.ops.Matmul;
import dev.qkv.ops.Relu;
import dev.qkv.ops.RmsNorm;
import dev.qkv.ops.RopeTable;
import dev.qkv.ops.Scale;
import dev.qkv.ops.Sum;
import dev.qkv.ops.SwiGlu;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that remembers which operation made it. Operations return new variables; {@link
 * #backward} goes through them in reverse and adds up the gradient of every parameter. Operations
 * on nothing but constants remember nothing.
 *
 * {@snippet file="dev/qkv/nn/VariableSnippetsTest.java" region="gradient"}
 *
 * <p>The last axis is the one that operations work on, as in {@code dev.qkv.ops}.
 */
public final class Variable {
  private static final ScopedValue<Boolean> FORGETTING = ScopedValue.newInstance();

  private final Tensor value;

  /** Null where no gradient comes. */
  private final @Nullable Node node;

  private Variable(Tensor value, @Nullable Node node) {
    this.value = value;
    this.node = node;
  }

  /**
   * A constant: no gradient reaches it.
   *
   * @param value its numbers
   * @return the variable
   */
  public static Variable constant(Tensor value) {
    return new Variable(Objects.requireNonNull(value, "value"), null);
  }

  /**
   * Something that is learned.
   *
   * @param value its numbers, which training changes in place
   * @return the variable
   */
  public static Variable parameter(Tensor value) {
    return new Variable(value.contiguous(), new Node(value.shape(), List.of(), null));
  }

  private static Variable result(Tensor value, Node.Backward backward, Variable... inputs) {
    List<Node> nodes = new ArrayList<>();
    for (Variable input : inputs) {
      if (input.node != null && !FORGETTING.isBound()) {
        nodes.add(input.node);
      }
    }
    return new Variable(value, nodes.isEmpty() ? null : new Node(value.shape(), nodes, backward));
  }

  /**
   * Computes without remembering: for inference, where what lies between input and output should
   * not stay in memory.
   *
   * @param model what to compute
   * @return its result, a constant
   */
  public static Variable forgetting(Supplier<Variable> model) {
    return ScopedValue.where(FORGETTING, true).call(model::get);
  }

  /**
   * The numbers.
   *
   * @return not a copy
   */
  public Tensor value() {
    return value;
  }

  /**
   * The gradient of what {@link #backward} was called on.
   *
   * @return in the shape of the value; zeros if none came here
   */
  public Tensor gradient() {
    Tensor gradient = node == null ? null : node.gradient();
    return gradient == null ? Tensor.zeros(value.shape()) : gradient;
  }

  /**
   * Whether a gradient came here.
   *
   * @return false if {@link #gradient} would have to make zeros
   */
  public boolean hasGradient() {
    return node != null && node.gradient() != null;
  }

  /** Forgets the gradient. */
  public void clearGradient() {
    if (node != null) {
      node.clear();
    }
  }

  /** Adds a gradient that others have as well. */
  private void add(Tensor shared) {
    if (node != null) {
      node.add(shared);
    }
  }

  /** Adds a gradient that was just made. */
  private void take(Tensor fresh) {
    if (node != null) {
      node.take(fresh);
    }
  }

  /**
   * Computes the gradients of this number with respect to every parameter that it came from, and
   * adds them to those that are there.
   *
   * @throws InvalidArgument if this is more than one number
   */
  public void backward() {
    if (value.elements() != 1) {
      throw new InvalidArgument("nn.scalar", "backward", value.shape());
    }
    backward(Tensor.of(new float[] {1}, value.shape()));
  }

  /**
   * As {@link #backward()}, from a gradient of this variable.
   *
   * @param dOutput in the shape of the value
   * @throws InvalidArgument if it has another shape
   */
  public void backward(Tensor dOutput) {
    Checks.shape("backward", "dOutput", dOutput, value.shape());
    if (node != null) {
      node.backward(dOutput);
    }
  }

  /**
   * The matrix product.
   *
   * @param b shape (k, n), where this is (…, k)
   * @return shape (…, n)
   * @throws InvalidArgument if the shapes do not fit
   */
  public Variable matmul(Variable b) {
    return result(
        Matmul.forward(value, b.value),
        d -> {
          Matmul.Gradients g = Matmul.backward(value, b.value, d);
          take(g.a());
          b.take(g.b());
        },
        this,
        b);
  }

  /**
   * The sum.
   *
   * @param b the same shape, or the last axes of it, which is then added everywhere
   * @return in the shape of this
   * @throws InvalidArgument if the shapes do not fit
   */
  public Variable plus(Variable b) {
    return result(
        Sum.forward(value, b.value),
        d -> {
          add(d);
          if (value.rank() == b.value.rank()) {
            b.add(d);
          } else if (b.node != null) {
            b.take(Sum.backward(d, b.value.shape()));
          }
        },
        this,
        b);
  }

  /**
   * A multiple.
   *
   * @param factor any number
   * @return in the shape of this
   */
  public Variable times(float factor) {
    return result(Scale.forward(value, factor), d -> take(Scale.forward(d, factor)), this);
  }

  /**
   * Other sizes for the same numbers.
   *
   * @param shape see {@link Tensor#reshape}
   * @return the numbers in that shape
   * @throws InvalidArgument if the number of elements differs
   */
  public Variable reshape(int... shape) {
    return result(value.reshape(shape), d -> add(d.reshape(value.shape())), this);
  }

  /**
   * Negative numbers become 0.
   *
   * @return in the shape of this
   */
  public Variable relu() {
    Tensor y = Relu.forward(value);
    return result(y, d -> take(Relu.backward(y, d)), this);
  }

  /**
   * The Gaussian error linear unit.
   *
   * @param form which of its two forms
   * @return in the shape of this
   */
  public Variable gelu(Gelu form) {
    return result(form.forward(value), d -> take(form.backward(value, d)), this);
  }

  /**
   * {@code SiLU(this)∘up}.
   *
   * @param up the same shape
   * @return in the shape of this
   * @throws InvalidArgument if it has another shape
   */
  public Variable swiGlu(Variable up) {
    return result(
        SwiGlu.forward(value, up.value),
        d -> {
          SwiGlu.Gradients g = SwiGlu.backward(value, up.value, d);
          take(g.gate());
          up.take(g.up());
        },
        this,
        up);
  }

  /**
   * Layer normalisation.
   *
   * @param gamma gain, shape (width)
   * @param beta shift, shape (width)
   * @param epsilon added to the variance
   * @return in the shape of this
   * @throws InvalidArgument if gain or shift has another width, or ε is negative or not finite
   */
  public Variable layerNorm(Variable gamma, Variable beta, float epsilon) {
    Checks.finite("layer norm", "epsilon", epsilon);
    LayerNorm.Saved saved = LayerNorm.forward(value, gamma.value, beta.value, epsilon);
    return result(
        saved.output(),
        d -> {
          LayerNorm.Gradients g = LayerNorm.backward(saved, gamma.value, d);
          take(g.x());
          gamma.take(g.gamma());
          beta.take(g.beta());
        },
        this,
        gamma,
        beta);
  }

  /**
   * Root-mean-square normalisation.
   *
   * @param gamma gain, shape (width)
   * @param epsilon added to the mean square
   * @return in the shape of this
   * @throws InvalidArgument if the gain has another width, or ε is negative or not finite
   */
  public Variable rmsNorm(Variable gamma, float epsilon) {
    Checks.finite("RMS norm", "epsilon", epsilon);
    RmsNorm.Saved saved = RmsNorm.forward(value, gamma.value, epsilon);
    return result(
        saved.output(),
        d -> {
          RmsNorm.Gradients g = RmsNorm.backward(saved, gamma.value, d);
          take(g.x());
          gamma.take(g.gamma());
        },
        this,
        gamma);
  }

  /**
   * Rotary position embedding.
   *
   * @param table the rotations of the positions, see {@link dev.qkv.ops.Rope#table}
   * @param position of the first row
   * @return in the shape of this, (…, length, heads, D)
   * @throws InvalidArgument if the rank is below 3, D is not that of the table, or a position is
   *     not in it
   */
  public Variable rope(RopeTable table, int position) {
    return result(table.forward(value, position), d -> take(table.backward(d, position)), this);
  }

  /**
   * Rows of this table.
   *
   * @param ids numbers of entries
   * @return shape (ids, width)
   * @throws InvalidArgument if this is no table, (entries, width), or an id no entry
   */
  public Variable embedding(int... ids) {
    int[] own = ids.clone();
    return result(
        Embedding.forward(value, own), d -> take(Embedding.backward(value, d, own)), this);
  }

  /**
   * Dropout of single numbers.
   *
   * @param dropout probability and seed
   * @return in the shape of this
   */
  public Variable dropout(Dropout dropout) {
    return result(
        ElementDropout.apply(value, dropout), d -> take(ElementDropout.apply(d, dropout)), this);
  }

  /**
   * Attention with this as queries. A bias of the batch, sinks and slopes are constants.
   *
   * @param attention its choices
   * @param k keys
   * @param v values
   * @param batch masks, lengths and draws of this call
   * @return the output
   * @throws InvalidArgument if the shapes, the choices or the batch do not fit together
   */
  public Variable attend(Attention attention, Variable k, Variable v, Batch batch) {
    return attend(attention, k, v, batch, Map.of());
  }

  /**
   * Attention with this as queries, whose bias, sinks or slopes are learned as well.
   *
   * @param attention its choices
   * @param k keys
   * @param v values
   * @param batch masks, lengths and draws of this call
   * @param learned what is learned beside q, k and v, instead of what attention and batch have;
   *     sinks and slopes have a number for each head
   * @return the output
   * @throws InvalidArgument if the shapes, the choices or the batch do not fit together
   */
  public Variable attend(
      Attention attention, Variable k, Variable v, Batch batch, Map<Learned, Variable> learned) {
    Map<Learned, Variable> own = new EnumMap<>(Learned.class);
    own.putAll(learned);
    LearnedParts whole = LearnedParts.in(attention, batch, own);
    Forward forward = whole.attention().forward(value, k.value, v.value, whole.batch());
    List<Variable> inputs = new ArrayList<>(List.of(this, k, v));
    inputs.addAll(own.values());
    return result(
        forward.output(),
        d -> {
          Learned[] also = own.keySet().toArray(new Learned[0]);
          Gradients g =
              whole.attention().backward(value, k.value, v.value, whole.batch(), forward, d, also);
          take(g.q());
          k.take(g.k());
          v.take(g.v());
          own.forEach((which, variable) -> variable.take(LearnedParts.of(g, which)));
        },
        inputs.toArray(new Variable[0]));
  }

  /**
   * The mean of −log softmax[target] over the rows.
   *
   * @param targets the right class of each row
   * @return one number
   * @throws InvalidArgument if there are not as many targets as rows, or one is no class
   */
  public Variable crossEntropy(int... targets) {
    int[] own = targets.clone();
    CrossEntropy.Saved saved = CrossEntropy.forward(value, own);
    return result(
        Tensor.of(new float[] {(float) saved.loss()}, 1),
        d -> take(CrossEntropy.backward(saved, d.get(0), own)),
        this);
  }
}
