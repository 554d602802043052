package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 * @param attention its choices; its axis order is (batch, length, heads, dim). Dropout on the
 *     weights is for training, with draws that the pass counts
 * @param rotary positions of queries and keys, counted from 0; null for none
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
    @Nullable Rotary rotary) {
  /** The name of the layer in messages. */
  static final String NAME = "multi-head attention";

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if a width is no multiple of its heads, heads are no multiple of
   *     kvHeads, queries and keys differ in headDim, headDim is odd where positions are rotary, or
   *     W_O does not take what all heads give
   */
  public MultiHeadAttention {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(attention, "attention");
    heads(query.out(), heads, kvHeads, rotary);
    divides("key", key.out(), kvHeads);
    divides("value", value.out(), kvHeads);
    if (key.out() / kvHeads != query.out() / heads) {
      throw new InvalidArgument("nn.headDim", NAME, key.out() / kvHeads, query.out() / heads);
    }
    Checks.width(NAME, "output", output.in(), "concat(heads)", value.out() / kvHeads * heads);
    attention = attention.toBuilder().axisOrder(AxisOrder.BLHD).build();
  }

  private static void divides(String which, int width, int heads) {
    if (width % heads != 0) {
      throw new InvalidArgument("nn.heads", NAME, which, width, heads);
    }
  }

  /** What heads owe a width of queries and each other. */
  static void heads(int width, int heads, int kvHeads, @Nullable Rotary rotary) {
    Checks.atLeast(NAME, "heads", 1, heads);
    Checks.atLeast(NAME, "kvHeads", 1, kvHeads);
    divides("query", width, heads);
    if (heads % kvHeads != 0) {
      throw new InvalidArgument("nn.groups", NAME, kvHeads, heads);
    }
    if (rotary != null && width / heads % 2 != 0) {
      throw new InvalidArgument("nn.rotary", NAME, width / heads);
    }
  }

  /**
   * A new layer.
   *
   * @param parameters where its parameters are named
   * @param settings what it is to be
   * @return the layer
   * @throws InvalidArgument if a parameter is there already
   */
  public static MultiHeadAttention create(Parameters parameters, AttentionSettings settings) {
    int width = settings.width();
    int kvWidth = width / settings.heads() * settings.kvHeads();
    boolean bias = settings.bias();
    return new MultiHeadAttention(
        parameters.name(),
        Linear.create(parameters.in("query"), width, width, bias),
        Linear.create(parameters.in("key"), settings.keyWidth(), kvWidth, bias),
        Linear.create(parameters.in("value"), settings.valueWidth(), kvWidth, bias),
        Linear.create(parameters.in("output"), width, width, bias),
        settings.heads(),
        settings.kvHeads(),
        settings.attention(),
        settings.rotary());
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
   * @param attention its choices
   * @return the layer
   * @throws InvalidArgument if weight, bias or W_O has another shape, the width is no multiple of
   *     the heads, or a parameter is there already
   */
  public static MultiHeadAttention ofPacked(
      Parameters parameters,
      Tensor weight,
      Tensor bias,
      Linear output,
      int heads,
      Attention attention) {
    if (weight.rank() != 2 || weight.size(0) != 3L * weight.size(1)) {
      throw new InvalidArgument("nn.packed", NAME, weight.shape());
    }
    Checks.shape(NAME, "bias", bias, weight.size(0));
    Checks.atLeast(NAME, "width", 1, weight.size(1));
    heads(weight.size(1), heads, heads, null);
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
        null);
  }

  private static Linear part(Parameters parameters, Tensor weight, Tensor bias, int number) {
    int width = weight.size(0) / 3;
    int from = number * width;
    return new Linear(
        parameters.copy("weight", weight.slice(0, from, from + width).transposed(0, 1)),
        parameters.copy("bias", bias.slice(0, from, from + width)));
  }

  /**
   * Self-attention of a plain batch.
   *
   * @param x shape (batch, length, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, or one that the choices do not fit
   */
  public Variable apply(Variable x, Pass pass) {
    return apply(x, Batch.PLAIN, pass);
  }

  /**
   * Self-attention.
   *
   * @param x shape (batch, length, width)
   * @param batch masks and lengths
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, or one that choices or batch do not fit
   */
  public Variable apply(Variable x, Batch batch, Pass pass) {
    return attend(queries(x), keyValues(x, x), batch, pass);
  }

  /**
   * Attention of x to keys and values.
   *
   * @param x what queries are made of, shape (batch, queries, width)
   * @param memory what {@link #keyValues} made of y and z
   * @param batch masks and lengths
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, the memory is another layer's, or choices or
   *     batch do not fit
   */
  public Variable apply(Variable x, KeyValues memory, Batch batch, Pass pass) {
    Variable q = queries(x);
    Tensor keys = memory.keys().value();
    int headDim = q.value().size(3);
    Checks.shape(NAME, "keys", keys, x.value().size(0), keys.size(1), kvHeads, headDim);
    return attend(q, memory, batch, pass);
  }

  /**
   * Keys and values, once for all queries.
   *
   * @param y what keys are made of, shape (batch, keys, keyWidth)
   * @param z what values are made of, shape (batch, keys, valueWidth); often y
   * @return what {@link #apply(Variable, KeyValues, Batch, Pass)} takes
   * @throws InvalidArgument if one has another shape, or they differ in batch or length
   */
  public KeyValues keyValues(Variable y, Variable z) {
    Checks.sequences(NAME, "y", y.value(), key.in());
    Checks.sequences(NAME, "z", z.value(), value.in());
    Checks.batch(NAME, "z", z.value(), "y", y.value().size(0));
    if (z.value().size(1) != y.value().size(1)) {
      throw new InvalidArgument("nn.length", NAME, "z", z.value().shape(), y.value().size(1), "y");
    }
    return new KeyValues(rotated(split(key.apply(y), kvHeads)), split(value.apply(z), kvHeads));
  }

  /**
   * The weights of self-attention, head by head.
   *
   * @param x shape (batch, length, width)
   * @param batch masks and lengths
   * @return shape (batch, heads, length, length)
   * @throws InvalidArgument if x has another shape, or one that choices or batch do not fit
   */
  public Tensor weights(Variable x, Batch batch) {
    Tensor q = queries(x).value();
    Checks.sequences(NAME, "y", x.value(), key.in());
    return attention.weights(q, rotated(split(key.apply(x), kvHeads)).value(), batch);
  }

  private Variable queries(Variable x) {
    Checks.sequences(NAME, "x", x.value(), query.in());
    return rotated(split(query.apply(x), heads));
  }

  private Variable attend(Variable q, KeyValues memory, Batch batch, Pass pass) {
    Objects.requireNonNull(batch, "batch");
    if (pass.keepsMaps()) {
      pass.keep(name, attention.weights(q.value(), memory.keys().value(), batch));
    }
    boolean drops = pass.isTraining() && attention.settings().dropout() != null;
    Attention now = drops ? attention : attention.withoutDropout();
    Batch drawn = drops ? batch.draws(pass.draws()) : batch;
    return output.apply(join(q.attend(now, memory.keys(), memory.values(), drawn)));
  }

  /** That a block can add what this makes of x and a memory to x. */
  void fits(String block, String part, String norm, int width, int memoryWidth) {
    Checks.width(block, part + ".query", query.in(), norm, width);
    Checks.width(block, part + ".key", key.in(), norm, memoryWidth);
    Checks.width(block, part + ".value", value.in(), part + ".key", memoryWidth);
    Checks.width(block, part + ".output", output.out(), norm, width);
  }

  private Variable rotated(Variable x) {
    return rotary == null ? x : rotary.apply(x, 0);
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
