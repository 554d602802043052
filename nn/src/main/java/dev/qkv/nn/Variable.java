package dev.qkv.nn;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Dropout;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.ops.CrossEntropy;
import dev.qkv.ops.ElementDropout;
import dev.qkv.ops.Embedding;
import dev.qkv.ops.Gelu;
import dev.qkv.ops.LayerNorm;
import dev.qkv.ops.Matmul;
import dev.qkv.ops.RmsNorm;
import dev.qkv.ops.Rope;
import dev.qkv.ops.SwiGlu;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that remembers which operation made it. Operations return new variables; {@link
 * #backward} goes through them in reverse and adds up the gradient of every parameter. Operations
 * on nothing but constants remember nothing.
 *
 * <p>The last axis is the one that operations work on, as in {@code dev.qkv.ops}.
 */
public final class Variable {
  /** Adds what the gradient of the result gives to the gradients of the inputs. */
  @FunctionalInterface
  private interface Backward {
    void run(Tensor dOutput);
  }

  private static final ScopedValue<Boolean> FORGETTING = ScopedValue.newInstance();

  private final Tensor value;
  private final boolean learns;
  private final List<Variable> inputs;
  private final @Nullable Backward backward;
  private @Nullable Tensor gradient;

  private Variable(
      Tensor value, boolean learns, List<Variable> inputs, @Nullable Backward backward) {
    this.value = value;
    this.learns = learns;
    this.inputs = inputs;
    this.backward = backward;
  }

  /**
   * A constant: no gradient reaches it.
   *
   * @param value its numbers
   * @return the variable
   */
  public static Variable constant(Tensor value) {
    return new Variable(value, false, List.of(), null);
  }

  /**
   * Something that is learned.
   *
   * @param value its numbers, which training changes in place
   * @return the variable
   */
  public static Variable parameter(Tensor value) {
    return new Variable(value.contiguous(), true, List.of(), null);
  }

  private static Variable result(Tensor value, Backward backward, Variable... inputs) {
    boolean learns = !FORGETTING.isBound() && Arrays.stream(inputs).anyMatch(v -> v.learns);
    return learns
        ? new Variable(value, true, List.of(inputs), backward)
        : new Variable(value, false, List.of(), null);
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
    return gradient == null ? Tensor.zeros(value.shape()) : gradient;
  }

  /** Forgets the gradient. */
  public void clearGradient() {
    gradient = null;
  }

  private void add(Tensor more) {
    if (!learns) {
      return;
    }
    if (gradient == null) {
      gradient = Tensor.of(more.toArray(), value.shape());
      return;
    }
    float[] sum = gradient.data();
    float[] term = more.contiguous().data();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i];
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
   */
  public void backward(Tensor dOutput) {
    add(dOutput);
    for (Variable variable : inReverse()) {
      Backward step = variable.backward;
      if (step != null && variable.gradient != null) {
        step.run(variable.gradient);
        // Only parameters keep theirs.
        variable.gradient = null;
      }
    }
  }

  /** This and all before it, each before everything that it came from. */
  private List<Variable> inReverse() {
    List<Variable> order = new ArrayList<>();
    Set<Variable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Variable> done = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Variable> stack = new ArrayDeque<>();
    stack.push(this);
    while (!stack.isEmpty()) {
      Variable top = stack.peek();
      if (seen.add(top)) {
        top.inputs.stream().filter(v -> v.learns && !seen.contains(v)).forEach(stack::push);
      } else {
        stack.pop();
        if (done.add(top)) {
          order.add(top);
        }
      }
    }
    Collections.reverse(order);
    return order;
  }

  /**
   * The matrix product.
   *
   * @param b shape (k, n), where this is (…, k)
   * @return shape (…, n)
   */
  public Variable matmul(Variable b) {
    return result(
        Matmul.forward(value, b.value),
        d -> {
          Matmul.Gradients g = Matmul.backward(value, b.value, d);
          add(g.a());
          b.add(g.b());
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
    int rank = value.rank();
    int less = rank - b.value.rank();
    if (less < 0
        || !Arrays.equals(Arrays.copyOfRange(value.shape(), less, rank), b.value.shape())) {
      throw new InvalidArgument("nn.plus", "plus", value.shape(), b.value.shape());
    }
    float[] sum = value.toArray();
    float[] term = b.value.contiguous().data();
    for (int at = 0; at < sum.length; at += term.length) {
      for (int i = 0; i < term.length; i++) {
        sum[at + i] += term[i];
      }
    }
    return result(
        Tensor.of(sum, value.shape()),
        d -> {
          add(d);
          b.add(less == 0 ? d : folded(d, b.value));
        },
        this,
        b);
  }

  /** Adds up what was added everywhere. */
  private static Tensor folded(Tensor d, Tensor like) {
    Tensor sum = Tensor.zeros(like.shape());
    float[] from = d.contiguous().data();
    float[] to = sum.data();
    for (int at = 0; at < from.length; at += to.length) {
      for (int i = 0; i < to.length; i++) {
        to[i] += from[at + i];
      }
    }
    return sum;
  }

  /**
   * A multiple.
   *
   * @param factor any number
   * @return in the shape of this
   */
  public Variable times(float factor) {
    return result(scaled(value, factor), d -> add(scaled(d, factor)), this);
  }

  private static Tensor scaled(Tensor tensor, float factor) {
    float[] product = tensor.toArray();
    for (int i = 0; i < product.length; i++) {
      product[i] *= factor;
    }
    return Tensor.of(product, tensor.shape());
  }

  /**
   * Other sizes for the same numbers.
   *
   * @param shape see {@link Tensor#reshape}
   * @return the numbers in that shape
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
    float[] y = value.toArray();
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i] < 0 ? 0 : y[i];
    }
    Tensor output = Tensor.of(y, value.shape());
    return result(
        output,
        d -> {
          float[] dx = d.toArray();
          for (int i = 0; i < dx.length; i++) {
            dx[i] = y[i] > 0 ? dx[i] : 0;
          }
          add(Tensor.of(dx, value.shape()));
        },
        this);
  }

  /**
   * The Gaussian error linear unit.
   *
   * @param form which of its two forms
   * @return in the shape of this
   */
  public Variable gelu(Gelu form) {
    return result(form.forward(value), d -> add(form.backward(value, d)), this);
  }

  /**
   * {@code SiLU(this)∘up}.
   *
   * @param up the same shape
   * @return in the shape of this
   */
  public Variable swiGlu(Variable up) {
    return result(
        SwiGlu.forward(value, up.value),
        d -> {
          SwiGlu.Gradients g = SwiGlu.backward(value, up.value, d);
          add(g.gate());
          up.add(g.up());
        },
        this,
        up);
  }

  /**
   * Layer normalisation.
   *
   * @param gamma gain
   * @param beta shift
   * @param epsilon added to the variance
   * @return in the shape of this
   */
  public Variable layerNorm(Variable gamma, Variable beta, float epsilon) {
    LayerNorm.Saved saved = LayerNorm.forward(value, gamma.value, beta.value, epsilon);
    return result(
        saved.output(),
        d -> {
          LayerNorm.Gradients g = LayerNorm.backward(saved, gamma.value, d);
          add(g.x());
          gamma.add(g.gamma());
          beta.add(g.beta());
        },
        this,
        gamma,
        beta);
  }

  /**
   * Root-mean-square normalisation.
   *
   * @param gamma gain
   * @param epsilon added to the mean square
   * @return in the shape of this
   */
  public Variable rmsNorm(Variable gamma, float epsilon) {
    RmsNorm.Saved saved = RmsNorm.forward(value, gamma.value, epsilon);
    return result(
        saved.output(),
        d -> {
          RmsNorm.Gradients g = RmsNorm.backward(saved, gamma.value, d);
          add(g.x());
          gamma.add(g.gamma());
        },
        this,
        gamma);
  }

  /**
   * Rotary position embedding.
   *
   * @param style which components are pairs
   * @param firstPosition position of the first row
   * @param base usually 10000
   * @return in the shape of this, (…, length, heads, D)
   */
  public Variable rope(Rope style, int firstPosition, double base) {
    return result(
        style.forward(value, firstPosition, base),
        d -> add(style.backward(d, firstPosition, base)),
        this);
  }

  /**
   * Rows of this table.
   *
   * @param ids numbers of entries
   * @return shape (ids, width)
   */
  public Variable embedding(int... ids) {
    return result(Embedding.forward(value, ids), d -> add(Embedding.backward(value, d, ids)), this);
  }

  /**
   * Dropout of single numbers.
   *
   * @param dropout probability and seed
   * @return in the shape of this
   */
  public Variable dropout(Dropout dropout) {
    return result(
        ElementDropout.apply(value, dropout), d -> add(ElementDropout.apply(d, dropout)), this);
  }

  /**
   * Attention with this as queries.
   *
   * @param attention its choices
   * @param k keys
   * @param v values
   * @return the output
   */
  public Variable attend(Attention attention, Variable k, Variable v) {
    Forward forward = attention.forward(value, k.value, v.value);
    return result(
        forward.output(),
        d -> {
          Gradients g = attention.backward(value, k.value, v.value, forward, d);
          add(g.q());
          k.add(g.k());
          v.add(g.v());
        },
        this,
        k,
        v);
  }

  /**
   * The mean of −log softmax[target] over the rows.
   *
   * @param targets the right class of each row
   * @return one number
   */
  public Variable crossEntropy(int... targets) {
    CrossEntropy.Saved saved = CrossEntropy.forward(value, targets);
    return result(
        Tensor.of(new float[] {(float) saved.loss()}, 1),
        d -> add(CrossEntropy.backward(saved, d.get(0), targets)),
        this);
  }
}
