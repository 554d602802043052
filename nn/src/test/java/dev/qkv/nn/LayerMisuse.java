package dev.qkv.nn;

import static dev.qkv.nn.Misuse.zeros;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.AttentionSettings;
import dev.qkv.nn.layer.Gate;
import dev.qkv.nn.layer.GatedFeedForward;
import dev.qkv.nn.layer.KeyValues;
import dev.qkv.nn.layer.LayerNorm;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.Norm;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.PlainFeedForward;
import dev.qkv.nn.layer.Positions;
import dev.qkv.nn.layer.RmsNorm;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.nn.layer.TokenEmbedding;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.Tensor;
import java.util.List;

/** Single layers, called wrongly. */
final class LayerMisuse {
  private LayerMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: key has width 5, expected a multiple of its heads, got 2",
            () -> parts(6, 5, 6, 6, 2, 2)),
        new Misuse(
            "MultiHeadAttention.weights/2",
            "multi-head attention: y has shape [2, 5, 6], expected (batch, length, 4)",
            () ->
                MultiHeadAttention.create(new Parameters(1), AttentionSettings.of(6, 2).from(4, 5))
                    .weights(zeros(2, 5, 6), Batch.PLAIN)),
        new Misuse(
            "Linear/2", "linear: weight, expected rank 2, got 1", () -> new Linear(zeros(6), null)),
        new Misuse(
            "Linear/2",
            "linear: bias has shape [6], expected [4]",
            () -> new Linear(zeros(6, 4), zeros(6))),
        new Misuse(
            "Linear.create/3",
            "linear: in, expected 1 or more, got -6",
            () -> Linear.create(new Parameters(1), -6, 4)),
        new Misuse(
            "Linear.create/3",
            "linear: out, expected 1 or more, got 0",
            () -> Linear.create(new Parameters(1), 6, 0)),
        new Misuse(
            "Linear.create/3",
            "parameters: weight is there already, expected a name of its own",
            () -> {
              Parameters parameters = new Parameters(1);
              Linear.create(parameters, 6, 4);
              Linear.create(parameters, 6, 4);
            }),
        new Misuse(
            "Linear.create/4",
            "linear: out, expected 1 or more, got 0",
            () -> Linear.create(new Parameters(1), 6, 0, false)),
        new Misuse(
            "Linear.apply/1",
            "linear: x has shape [2, 5], expected (…, 6)",
            () -> linear(6, 4).apply(zeros(2, 5))),
        new Misuse(
            "Linear.apply/1",
            "linear: x has shape [], expected (…, 6)",
            () -> linear(6, 4).apply(zeros())),
        new Misuse(
            "LayerNorm/3",
            "layer norm: gamma, expected rank 1, got 2",
            () -> new LayerNorm(zeros(1, 6), zeros(6), 0)),
        new Misuse(
            "LayerNorm/3",
            "layer norm: beta has shape [5], expected [6]",
            () -> new LayerNorm(zeros(6), zeros(5), 0)),
        new Misuse(
            "LayerNorm/3",
            "layer norm: epsilon, expected a finite number of 0 or more, got NaN",
            () -> new LayerNorm(zeros(6), zeros(6), Float.NaN)),
        new Misuse(
            "Norm.create/3",
            "norm: width, expected 1 or more, got -1",
            () -> Norm.create(new Parameters(1), NormKind.RMS, -1)),
        new Misuse(
            "LayerNorm.apply/1",
            "layer norm: x has shape [2, 5], expected (…, 6)",
            () -> norm(6).apply(zeros(2, 5))),
        new Misuse(
            "RmsNorm/2",
            "RMS norm: gamma, expected rank 1, got 2",
            () -> new RmsNorm(zeros(1, 6), 0)),
        new Misuse(
            "RmsNorm/2",
            "RMS norm: epsilon, expected a finite number of 0 or more, got -1.0",
            () -> new RmsNorm(zeros(6), -1)),
        new Misuse(
            "RmsNorm.apply/1",
            "RMS norm: x has shape [2, 5], expected (…, 6)",
            () -> rmsNorm(6).apply(zeros(2, 5))),
        new Misuse(
            "Rotary/2",
            "rotary positions: base, expected 1 or more, got 0.5",
            () -> new Rotary(Rope.HALF, 0.5)),
        new Misuse(
            "Rotary.apply/2",
            "rotary embedding: D, expected an even number, got 3",
            () -> new Rotary(Rope.HALF, 10000).apply(zeros(2, 5, 1, 3), 0)),
        new Misuse(
            "TokenEmbedding/1",
            "token embedding: table, expected rank 2, got 3",
            () -> new TokenEmbedding(zeros(7, 2, 3))),
        new Misuse(
            "TokenEmbedding.create/3",
            "token embedding: tokens, expected 1 or more, got -7",
            () -> TokenEmbedding.create(new Parameters(1), -7, 6)),
        new Misuse(
            "TokenEmbedding.create/3",
            "token embedding: width, expected 1 or more, got 0",
            () -> TokenEmbedding.create(new Parameters(1), 7, 0)),
        new Misuse(
            "TokenEmbedding.apply/2",
            "token embedding: batch, expected 0 or more, got -1",
            () -> tokens().apply(-1, 0, 1)),
        new Misuse(
            "TokenEmbedding.apply/2",
            "token embedding: ids has 3 tokens, expected a multiple of the batch, 2",
            () -> tokens().apply(2, 0, 1, 2)),
        new Misuse(
            "TokenEmbedding.apply/2",
            "token embedding: ids has 1 tokens, expected a multiple of the batch, 0",
            () -> tokens().apply(0, 1)),
        new Misuse(
            "TokenEmbedding.apply/2",
            "embedding: id, expected from 0 to 6, got 7",
            () -> tokens().apply(1, 7)),
        new Misuse(
            "Positions/1",
            "positions: table, expected rank 2, got 1",
            () -> new Positions(zeros(6))),
        new Misuse(
            "Positions.sinusoidal/2",
            "positions: longest, expected 1 or more, got -4",
            () -> Positions.sinusoidal(-4, 6)),
        new Misuse(
            "Positions.learned/3",
            "positions: width, expected 1 or more, got -6",
            () -> Positions.learned(new Parameters(1), 4, -6)),
        new Misuse(
            "Positions.apply/1",
            "positions: x has shape [3, 6], expected (batch, length, 6)",
            () -> Positions.sinusoidal(4, 6).apply(zeros(3, 6))),
        new Misuse(
            "Positions.apply/1",
            "positions: x has shape [6], expected (batch, length, 6)",
            () -> Positions.sinusoidal(4, 6).apply(zeros(6))),
        new Misuse(
            "Positions.apply/1",
            "positions: x has shape [1, 5, 6], expected a length of at most 4",
            () -> Positions.sinusoidal(4, 6).apply(zeros(1, 5, 6))),
        new Misuse(
            "PlainFeedForward/4",
            "feed-forward: outer.weight has shape [8, 6], expected [9, 6]",
            () -> new PlainFeedForward(linear(6, 9), Activation.RELU, linear(8, 6), 0)),
        new Misuse(
            "PlainFeedForward/4",
            "feed-forward: dropout, expected from 0 to below 1, got 1.0",
            () -> new PlainFeedForward(linear(6, 9), Activation.RELU, linear(9, 6), 1)),
        new Misuse(
            "PlainFeedForward.apply/2",
            "feed-forward: x has shape [5], expected (…, 6)",
            () -> feedForward(6).apply(zeros(5), Pass.inference())),
        new Misuse(
            "GatedFeedForward/5",
            "feed-forward: up.weight has shape [6, 8], expected [6, 9]",
            () -> new GatedFeedForward(linear(6, 9), linear(6, 8), Gate.SWIGLU, linear(9, 6), 0)),
        new Misuse(
            "GatedFeedForward/5",
            "feed-forward: down.weight has shape [9, 5], expected [9, 6]",
            () -> new GatedFeedForward(linear(6, 9), linear(6, 9), Gate.SWIGLU, linear(9, 5), 0)),
        new Misuse(
            "GatedFeedForward/5",
            "feed-forward: dropout, expected from 0 to below 1, got -0.5",
            () ->
                new GatedFeedForward(linear(6, 9), linear(6, 9), Gate.SWIGLU, linear(9, 6), -0.5f)),
        new Misuse(
            "GatedFeedForward.apply/2",
            "feed-forward: x has shape [2, 5], expected (…, 6)",
            () -> gatedFeedForward(6).apply(zeros(2, 5), Pass.inference())),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: heads, expected 1 or more, got 0",
            () -> parts(6, 6, 6, 6, 0, 1)),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: kvHeads, expected 1 or more, got -2",
            () -> parts(6, 6, 6, 6, 2, -2)),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: query has width 6, expected a multiple of its heads, got 4",
            () -> parts(6, 6, 6, 6, 4, 4)),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: value has width 5, expected a multiple of its heads, got 2",
            () -> parts(6, 6, 5, 6, 2, 2)),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: heads, expected a multiple of kvHeads, 2, got 3",
            () -> parts(6, 4, 4, 6, 3, 2)),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: key has headDim 4, expected 3 because query has headDim 3",
            () -> parts(6, 8, 6, 6, 2, 2)),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: output has width 6, expected 8 because concat(heads) has width 8",
            () -> parts(6, 6, 8, 6, 2, 2)),
        new Misuse(
            "MultiHeadAttention/9",
            "multi-head attention: rotary positions, expected an even headDim, got 3",
            () ->
                new MultiHeadAttention(
                    "attention",
                    linear(6, 6),
                    linear(6, 6),
                    linear(6, 6),
                    linear(6, 6),
                    2,
                    2,
                    Attention.plain(),
                    new Rotary(Rope.HALF, 10000))),
        new Misuse(
            "MultiHeadAttention.create/2",
            "parameters: attention.query.weight is there already, expected a name of its own",
            () -> {
              Parameters parameters = new Parameters(1).in("attention");
              MultiHeadAttention.create(parameters, AttentionSettings.of(6, 2));
              MultiHeadAttention.create(parameters, AttentionSettings.of(6, 2));
            }),
        new Misuse(
            "MultiHeadAttention.ofPacked/6",
            "multi-head attention: weight has shape [17, 6], expected (3·width, width)",
            () ->
                MultiHeadAttention.ofPacked(
                    new Parameters(1),
                    Tensor.zeros(17, 6),
                    Tensor.zeros(17),
                    linear(6, 6),
                    2,
                    Attention.plain())),
        new Misuse(
            "MultiHeadAttention.ofPacked/6",
            "multi-head attention: weight has shape [18], expected (3·width, width)",
            () ->
                MultiHeadAttention.ofPacked(
                    new Parameters(1),
                    Tensor.zeros(18),
                    Tensor.zeros(18),
                    linear(6, 6),
                    2,
                    Attention.plain())),
        new Misuse(
            "MultiHeadAttention.ofPacked/6",
            "multi-head attention: bias has shape [6], expected [18]",
            () ->
                MultiHeadAttention.ofPacked(
                    new Parameters(1),
                    Tensor.zeros(18, 6),
                    Tensor.zeros(6),
                    linear(6, 6),
                    2,
                    Attention.plain())),
        new Misuse(
            "MultiHeadAttention.apply/2",
            "attention: alibi has 3 numbers, expected 2, one for each head of q",
            () ->
                MultiHeadAttention.create(
                        new Parameters(1),
                        AttentionSettings.of(6, 2)
                            .attention(Attention.builder().alibi(1, 2, 3).build()))
                    .apply(zeros(2, 5, 6), Pass.inference())),
        new Misuse(
            "MultiHeadAttention.apply/2",
            "multi-head attention: x has shape [5, 6], expected (batch, length, 6)",
            () -> attention(6).apply(zeros(5, 6), Pass.inference())),
        new Misuse(
            "MultiHeadAttention.apply/3",
            "attention: key lengths, expected 2, one for each sequence, got 1",
            () -> attention(6).apply(zeros(2, 5, 6), Batch.PLAIN.keyLengths(3), Pass.inference())),
        new Misuse(
            "MultiHeadAttention.apply/4",
            "multi-head attention: x has shape [2, 5], expected (batch, length, 6)",
            () -> attention(6).apply(zeros(2, 5), keyValues(2, 2), Batch.PLAIN, Pass.inference())),
        new Misuse(
            "MultiHeadAttention.apply/4",
            "multi-head attention: keys has shape [3, 5, 2, 3], expected [2, 5, 2, 3]",
            () ->
                attention(6).apply(zeros(2, 3, 6), keyValues(3, 2), Batch.PLAIN, Pass.inference())),
        new Misuse(
            "MultiHeadAttention.apply/4",
            "multi-head attention: keys has shape [2, 5, 1, 3], expected [2, 5, 2, 3]",
            () ->
                attention(6).apply(zeros(2, 3, 6), keyValues(2, 1), Batch.PLAIN, Pass.inference())),
        new Misuse(
            "MultiHeadAttention.keyValues/2",
            "multi-head attention: y has shape [2, 5, 4], expected (batch, length, 6)",
            () -> attention(6).keyValues(zeros(2, 5, 4), zeros(2, 5, 6))),
        new Misuse(
            "MultiHeadAttention.keyValues/2",
            "multi-head attention: z has shape [2, 30], expected (batch, length, 6)",
            () -> attention(6).keyValues(zeros(2, 5, 6), zeros(2, 30))),
        new Misuse(
            "MultiHeadAttention.keyValues/2",
            "multi-head attention: z has shape [1, 5, 6], expected batch 2 because y has batch 2",
            () -> attention(6).keyValues(zeros(2, 5, 6), zeros(1, 5, 6))),
        new Misuse(
            "MultiHeadAttention.keyValues/2",
            "multi-head attention: z has shape [2, 4, 6], expected length 5 because y has length 5",
            () -> attention(6).keyValues(zeros(2, 5, 6), zeros(2, 4, 6))),
        new Misuse(
            "KeyValues/2",
            "keys and values: keys, expected rank 4, got 3",
            () -> new KeyValues(zeros(2, 5, 6), zeros(2, 5, 2, 3))),
        new Misuse(
            "KeyValues/2",
            "keys and values: values, expected rank 4, got 3",
            () -> new KeyValues(zeros(2, 5, 2, 3), zeros(2, 5, 6))),
        new Misuse(
            "MultiHeadAttention.weights/2",
            "multi-head attention: x has shape [5, 6], expected (batch, length, 6)",
            () -> attention(6).weights(zeros(5, 6), Batch.PLAIN)));
  }

  static Linear linear(int in, int out) {
    return Linear.create(new Parameters(1), in, out);
  }

  /** Query, key and value of these widths, and an output from another. */
  private static MultiHeadAttention parts(
      int query, int key, int value, int output, int heads, int kvHeads) {
    return new MultiHeadAttention(
        "attention",
        linear(6, query),
        linear(6, key),
        linear(6, value),
        linear(output, 6),
        heads,
        kvHeads,
        Attention.plain(),
        null);
  }

  /** For an attention of width 6 with 2 heads, if these are. */
  static KeyValues keyValues(int batch, int kvHeads) {
    return new KeyValues(zeros(batch, 5, kvHeads, 3), zeros(batch, 5, kvHeads, 3));
  }

  static LayerNorm norm(int width) {
    return new LayerNorm(zeros(width), zeros(width), Norm.USUAL_EPSILON);
  }

  static RmsNorm rmsNorm(int width) {
    return new RmsNorm(zeros(width), Norm.USUAL_EPSILON);
  }

  static TokenEmbedding tokens() {
    return TokenEmbedding.create(new Parameters(1), 7, 6);
  }

  static PlainFeedForward feedForward(int width) {
    return new PlainFeedForward(linear(width, 9), Activation.RELU, linear(9, width), 0);
  }

  static GatedFeedForward gatedFeedForward(int width) {
    return new GatedFeedForward(
        linear(width, 9), linear(width, 9), Gate.SWIGLU, linear(9, width), 0);
  }

  static MultiHeadAttention attention(int width) {
    return MultiHeadAttention.create(new Parameters(1), AttentionSettings.of(width, 2));
  }
}
