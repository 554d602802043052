package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * Multi-head attention: {@code concat(head₁, …, head_h)·W_O} with {@code headᵢ = attention(x·W_Qᵢ,
 * y·W_Kᵢ, y·W_Vᵢ)}. Self-attention where y is x, cross-attention where it is not.
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

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if a width is no multiple of its heads
   */
  public MultiHeadAttention {
    divides("query", query, heads);
    divides("key", key, kvHeads);
    divides("value", value, kvHeads);
    attention = attention.toBuilder().axisOrder(AxisOrder.BLHD).build();
  }

  private static void divides(String which, Linear linear, int heads) {
    int width = linear.weight().value().size(1);
    if (heads < 1 || width % heads != 0) {
      throw new InvalidArgument("nn.heads", "multi-head attention", which, width, heads);
    }
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
   */
  public static MultiHeadAttention create(
      Parameters parameters,
      int width,
      int keyWidth,
      int valueWidth,
      int heads,
      Attention attention,
      float dropout) {
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
   * @param name of the layer, for its maps
   * @param weight in_proj_weight, shape (3·width, width)
   * @param bias in_proj_bias, shape (3·width)
   * @param output W_O
   * @param heads of queries, keys and values
   * @param attention mask and other choices
   * @param dropout probability, on the weights
   * @return a layer with copies of the projections
   */
  public static MultiHeadAttention ofPacked(
      String name,
      Tensor weight,
      Tensor bias,
      Linear output,
      int heads,
      Attention attention,
      float dropout) {
    return new MultiHeadAttention(
        name,
        part(weight, bias, 0),
        part(weight, bias, 1),
        part(weight, bias, 2),
        output,
        heads,
        heads,
        attention,
        dropout);
  }

  private static Linear part(Tensor weight, Tensor bias, int number) {
    int width = weight.size(0) / 3;
    int from = number * width;
    return new Linear(
        Variable.parameter(weight.slice(0, from, from + width).transposed(0, 1)),
        Variable.parameter(bias.slice(0, from, from + width)));
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
   */
  public Variable apply(Variable x, Variable y, Variable z, Pass pass) {
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
   */
  public Tensor weights(Variable x) {
    return attention.weights(
        split(query.apply(x), heads).value(), split(key.apply(x), kvHeads).value());
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
