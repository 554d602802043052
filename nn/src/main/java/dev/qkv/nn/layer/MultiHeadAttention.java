package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Objects;

/**
 * Multi-head attention: {@code concat(head₁, …, head_h)·W_O} with {@code headᵢ = attention(x·W_Qᵢ,
 * y·W_Kᵢ, y·W_Vᵢ)}. Self-attention where y is x, cross-attention where it is not.
 *
 * {@snippet file="dev/qkv/nn/layer/LayerSnippetsTest.java" region="padded"}
 *
 * @param name of the layer, for its maps
 * @param query W_Q of all heads side by side
 * @param key W_K of all kv heads side by side
 * @param value W_V of all kv heads side by side
 * @param output W_O
 * @param heads of the queries
 * @param kvHeads of keys and values; fewer than heads for grouped-query attention
 * @param attention mask and other choices; its axis order is (batch, length, heads, dim)
 * @param dropout probability, on the weights
 */
public record MultiHeadAttention(
    String name,
    Linear query,
    Linear key,
    Linear value,
    Linear output,
    int heads,
    int kvHeads,
    Attention attention,
    float dropout) {
  private static final String NAME = "multi-head attention";

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if a width is no multiple of its heads, heads are no multiple of
   *     kvHeads, queries and keys differ in headDim, W_O does not take what all heads give, or the
   *     probability is not in [0, 1)
   */
  public MultiHeadAttention {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(attention, "attention");
    Checks.atLeast(NAME, "heads", 1, heads);
    Checks.atLeast(NAME, "kvHeads", 1, kvHeads);
    divides("query", query.out(), heads);
    divides("key", key.out(), kvHeads);
    divides("value", value.out(), kvHeads);
    if (heads % kvHeads != 0) {
      throw new InvalidArgument("nn.groups", NAME, kvHeads, heads);
    }
    if (key.out() / kvHeads != query.out() / heads) {
      throw new InvalidArgument("nn.headDim", NAME, key.out() / kvHeads, query.out() / heads);
    }
    Checks.width(NAME, "output", output.in(), "concat(heads)", value.out() / kvHeads * heads);
    Checks.fraction(NAME, "dropout", dropout);
    attention = attention.toBuilder().axisOrder(AxisOrder.BLHD).build();
  }

  private static void divides(String which, int width, int heads) {
    if (width % heads != 0) {
      throw new InvalidArgument("nn.heads", NAME, which, width, heads);
    }
  }

  /** Before parameters are named: what is refused leaves none behind. */
  static void choices(String layer, int width, int heads, float dropout) {
    Checks.atLeast(layer, "width", 1, width);
    Checks.atLeast(layer, "heads", 1, heads);
    divides("query", width, heads);
    Checks.fraction(layer, "dropout", dropout);
  }

  /**
   * A new layer of one width, as in the paper.
   *
   * @param parameters where its parameters are named
   * @param width of x, of y and of the result
   * @param heads of queries, keys and values
   * @param attention mask and other choices
   * @param dropout probability, on the weights
   * @return the layer
   * @throws InvalidArgument if the width is no multiple of the heads, one is below 1, the
   *     probability is not in [0, 1), or a parameter is there already
   */
  public static MultiHeadAttention create(
      Parameters parameters, int width, int heads, Attention attention, float dropout) {
    return create(parameters, width, width, width, heads, attention, dropout);
  }

  /**
   * A new layer whose keys and values come from elsewhere.
   *
   * @param parameters where its parameters are named
   * @param width of x and of the result
   * @param keyWidth of what keys are made of
   * @param valueWidth of what values are made of
   * @param heads of queries, keys and values
   * @param attention mask and other choices
   * @param dropout probability, on the weights
   * @return the layer
   * @throws InvalidArgument if the width is no multiple of the heads, a size is below 1, the
   *     probability is not in [0, 1), or a parameter is there already
   */
  public static MultiHeadAttention create(
      Parameters parameters,
      int width,
      int keyWidth,
      int valueWidth,
      int heads,
      Attention attention,
      float dropout) {
    choices(NAME, width, heads, dropout);
    Checks.atLeast(NAME, "keyWidth", 1, keyWidth);
    Checks.atLeast(NAME, "valueWidth", 1, valueWidth);
    return new MultiHeadAttention(
        parameters.name(),
        Linear.create(parameters.in("query"), width, width),
        Linear.create(parameters.in("key"), keyWidth, width),
        Linear.create(parameters.in("value"), valueWidth, width),
        Linear.create(parameters.in("output"), width, width),
        heads,
        heads,
        attention,
        dropout);
  }

  /**
   * A layer from PyTorch's packed projection: the rows of queries, keys and values one below the
   * other, each (out, in).
   *
   * @param parameters where copies of the projections are named
   * @param weight in_proj_weight, shape (3·width, width)
   * @param bias in_proj_bias, shape (3·width)
   * @param output W_O
   * @param heads of queries, keys and values
   * @param attention mask and other choices
   * @param dropout probability, on the weights
   * @return the layer
   * @throws InvalidArgument if weight, bias or W_O has another shape, the width is no multiple of
   *     the heads, the probability is not in [0, 1), or a parameter is there already
   */
  public static MultiHeadAttention ofPacked(
      Parameters parameters,
      Tensor weight,
      Tensor bias,
      Linear output,
      int heads,
      Attention attention,
      float dropout) {
    if (weight.rank() != 2 || weight.size(0) != 3L * weight.size(1)) {
      throw new InvalidArgument("nn.packed", NAME, weight.shape());
    }
    Checks.shape(NAME, "bias", bias, weight.size(0));
    choices(NAME, weight.size(1), heads, dropout);
    Checks.width(NAME, "output", output.in(), "concat(heads)", weight.size(1));
    Objects.requireNonNull(attention, "attention");
    return new MultiHeadAttention(
        parameters.name(),
        part(parameters.in("query"), weight, bias, 0),
        part(parameters.in("key"), weight, bias, 1),
        part(parameters.in("value"), weight, bias, 2),
        output,
        heads,
        heads,
        attention,
        dropout);
  }

  private static Linear part(Parameters parameters, Tensor weight, Tensor bias, int number) {
    int width = weight.size(0) / 3;
    int from = number * width;
    return new Linear(
        parameters.copy("weight", weight.slice(0, from, from + width).transposed(0, 1)),
        parameters.copy("bias", bias.slice(0, from, from + width)));
  }

  /**
   * The same layer with other choices, such as the lengths of this batch.
   *
   * @param other mask and other choices
   * @return a layer with the same parameters
   */
  public MultiHeadAttention with(Attention other) {
    return new MultiHeadAttention(name, query, key, value, output, heads, kvHeads, other, dropout);
  }

  /**
   * Self-attention.
   *
   * @param x shape (batch, length, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, or one that the choices do not fit
   */
  public Variable apply(Variable x, Pass pass) {
    return apply(x, x, x, pass);
  }

  /**
   * Attention of x to y.
   *
   * @param x what queries are made of, shape (batch, queries, width)
   * @param y what keys are made of, shape (batch, keys, keyWidth)
   * @param z what values are made of, shape (batch, keys, valueWidth)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if one has another shape, or one that the choices do not fit
   */
  public Variable apply(Variable x, Variable y, Variable z, Pass pass) {
    shapes(x.value(), y.value(), z.value());
    Variable q = split(query.apply(x), heads);
    Variable k = split(key.apply(y), kvHeads);
    Variable v = split(value.apply(z), kvHeads);
    if (pass.keepsMaps()) {
      pass.keep(name, attention.weights(q.value(), k.value()));
    }
    boolean drops = pass.isTraining() && dropout > 0;
    Attention now = drops ? attention.toBuilder().dropout(pass.draw(dropout)).build() : attention;
    return output.apply(join(q.attend(now, k, v)));
  }

  /**
   * The weights of self-attention, head by head.
   *
   * @param x shape (batch, length, width)
   * @return shape (batch, heads, length, length)
   * @throws InvalidArgument if x has another shape, or one that the choices do not fit
   */
  public Tensor weights(Variable x) {
    Checks.sequences(NAME, "x", x.value(), query.in());
    Checks.sequences(NAME, "y", x.value(), key.in());
    return attention.weights(
        split(query.apply(x), heads).value(), split(key.apply(x), kvHeads).value());
  }

  private void shapes(Tensor x, Tensor y, Tensor z) {
    Checks.sequences(NAME, "x", x, query.in());
    Checks.sequences(NAME, "y", y, key.in());
    Checks.sequences(NAME, "z", z, value.in());
    Checks.batch(NAME, "y", y, "x", x.size(0));
    Checks.batch(NAME, "z", z, "x", x.size(0));
    if (z.size(1) != y.size(1)) {
      throw new InvalidArgument("nn.length", NAME, "z", z.shape(), y.size(1), "y");
    }
  }

  /** That a block can add what this makes of x and a memory to x. */
  void fits(String block, String part, String norm, int width, int memoryWidth) {
    Checks.width(block, part + ".query", query.in(), norm, width);
    Checks.width(block, part + ".key", key.in(), norm, memoryWidth);
    Checks.width(block, part + ".value", value.in(), part + ".key", memoryWidth);
    Checks.width(block, part + ".output", output.out(), norm, width);
  }

  /** (batch, length, heads·dim) to (batch, length, heads, dim). */
  private static Variable split(Variable x, int heads) {
    Tensor t = x.value();
    return x.reshape(t.size(0), t.size(1), heads, t.size(2) / heads);
  }

  /** (batch, length, heads, dim) to (batch, length, heads·dim). */
  private static Variable join(Variable x) {
    Tensor t = x.value();
    return x.reshape(t.size(0), t.size(1), t.size(2) * t.size(3));
  }
}
