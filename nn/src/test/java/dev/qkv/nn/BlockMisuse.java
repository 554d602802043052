package dev.qkv.nn;

import static dev.qkv.nn.LayerMisuse.attention;
import static dev.qkv.nn.LayerMisuse.feedForward;
import static dev.qkv.nn.LayerMisuse.gatedFeedForward;
import static dev.qkv.nn.LayerMisuse.keyValues;
import static dev.qkv.nn.LayerMisuse.linear;
import static dev.qkv.nn.LayerMisuse.norm;
import static dev.qkv.nn.Misuse.zeros;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.nn.layer.AttentionSettings;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Decoder;
import dev.qkv.nn.layer.DecoderBlock;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.EncoderDecoder;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.Residual;
import java.util.List;

/** Blocks of encoders and decoders, called wrongly. */
final class BlockMisuse {
  private BlockMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse(
            "EncoderBlock/4",
            "encoder block: attention.key has width 8, expected 6 because attentionResidual.norm has"
                + " width 6",
            () ->
                new EncoderBlock(
                    MultiHeadAttention.create(
                        new Parameters(1), AttentionSettings.of(6, 2).from(8, 6)),
                    residual(6),
                    feedForward(6),
                    residual(6))),
        new Misuse(
            "EncoderBlock/4",
            "encoder block: attention.output has width 8, expected 6 because attentionResidual.norm"
                + " has width 6",
            () ->
                new EncoderBlock(
                    new MultiHeadAttention(
                        "a",
                        linear(6, 6),
                        linear(6, 6),
                        linear(6, 6),
                        linear(6, 8),
                        2,
                        2,
                        Attention.plain(),
                        null),
                    residual(6),
                    feedForward(6),
                    residual(6))),
        new Misuse(
            "EncoderBlock/4",
            "encoder block: attention.query has width 8, expected 6 because attentionResidual.norm"
                + " has width 6",
            () -> new EncoderBlock(attention(8), residual(6), feedForward(6), residual(6))),
        new Misuse(
            "EncoderBlock/4",
            "encoder block: feedForward has width 8, expected 6 because attentionResidual.norm has"
                + " width 6",
            () -> new EncoderBlock(attention(6), residual(6), gatedFeedForward(8), residual(6))),
        new Misuse(
            "EncoderBlock/4",
            "encoder block: feedForwardResidual.norm has width 8, expected 6 because"
                + " attentionResidual.norm has width 6",
            () -> new EncoderBlock(attention(6), residual(6), feedForward(6), residual(8))),
        new Misuse(
            "EncoderBlock.create/2",
            "parameters: attention.query.weight is there already, expected a name of its own",
            () -> {
              Parameters parameters = new Parameters(1);
              MultiHeadAttention.create(parameters.in("attention"), AttentionSettings.of(6, 2));
              EncoderBlock.create(parameters, settings());
            }),
        new Misuse(
            "EncoderBlock.apply/3",
            "encoder block: x has shape [5, 6], expected (batch, length, 6)",
            () -> encoderBlock(6).apply(zeros(5, 6), Batch.PLAIN, Pass.inference())),
        new Misuse(
            "Residual/3",
            "residual: dropout, expected from 0 to below 1, got 2.0",
            () -> new Residual(norm(6), NormPlace.PRE, 2)),
        new Misuse(
            "Residual.apply/3",
            "layer norm: x has shape [2, 5], expected (…, 6)",
            () -> residual(6).apply(zeros(2, 5), Pass.inference(), x -> x)),
        new Misuse(
            "Residual.apply/3",
            "sum: the terms have shapes [2, 6] and [2, 4], expected the second to be the last axes"
                + " of the first",
            () -> residual(6).apply(zeros(2, 6), Pass.inference(), x -> zeros(2, 4))),
        new Misuse(
            "DecoderBlock/6",
            "decoder block: attention.query has width 8, expected 6 because attentionResidual.norm"
                + " has width 6",
            () -> block(attention(8), attention(6), 6, 6, 6)),
        new Misuse(
            "DecoderBlock/6",
            "decoder block: cross.query has width 8, expected 6 because attentionResidual.norm has"
                + " width 6",
            () -> block(attention(6), attention(8), 6, 6, 6)),
        new Misuse(
            "DecoderBlock/6",
            "decoder block: cross.value has width 5, expected 4 because cross.key has width 4",
            () ->
                block(
                    attention(6),
                    MultiHeadAttention.create(
                        new Parameters(1), AttentionSettings.of(6, 2).from(4, 5)),
                    6,
                    6,
                    6)),
        new Misuse(
            "DecoderBlock/6",
            "decoder block: crossResidual.norm has width 8, expected 6 because attentionResidual.norm"
                + " has width 6",
            () -> block(attention(6), attention(6), 8, 6, 6)),
        new Misuse(
            "DecoderBlock/6",
            "decoder block: feedForward has width 8, expected 6 because attentionResidual.norm has"
                + " width 6",
            () -> block(attention(6), attention(6), 6, 8, 6)),
        new Misuse(
            "DecoderBlock/6",
            "decoder block: feedForwardResidual.norm has width 8, expected 6 because"
                + " attentionResidual.norm has width 6",
            () -> block(attention(6), attention(6), 6, 6, 8)),
        new Misuse(
            "DecoderBlock.create/2",
            "parameters: cross_norm.gamma is there already, expected a name of its own",
            () -> {
              Parameters parameters = new Parameters(1);
              parameters.in("cross_norm").constant("gamma", 1, 6);
              DecoderBlock.create(parameters, settings());
            }),
        new Misuse(
            "DecoderBlock.memory/1",
            "decoder block: encoded has shape [2, 4, 5], expected (batch, length, 6)",
            () -> decoderBlock(6, 6).memory(zeros(2, 4, 5))),
        new Misuse(
            "DecoderBlock.apply/5",
            "decoder block: x has shape [5, 6], expected (batch, length, 6)",
            () ->
                decoderBlock(6, 6)
                    .apply(
                        zeros(5, 6), Batch.PLAIN, keyValues(2, 2), Batch.PLAIN, Pass.inference())),
        new Misuse(
            "DecoderBlock.apply/5",
            "multi-head attention: keys has shape [3, 5, 2, 3], expected [2, 5, 2, 3]",
            () ->
                decoderBlock(6, 6)
                    .apply(
                        zeros(2, 5, 6),
                        Batch.PLAIN,
                        keyValues(3, 2),
                        Batch.PLAIN,
                        Pass.inference())),
        new Misuse(
            "DecoderBlock.apply/5",
            "attention: key lengths, expected from 0 to 5, got 6",
            () ->
                decoderBlock(6, 6)
                    .apply(
                        zeros(1, 3, 6),
                        Batch.PLAIN,
                        keyValues(1, 2),
                        Batch.PLAIN.keyLengths(6),
                        Pass.inference())));
  }

  static BlockSettings settings() {
    return BlockSettings.of(6, 2, 9);
  }

  static Residual residual(int width) {
    return new Residual(norm(width), NormPlace.POST, 0);
  }

  private static DecoderBlock block(
      MultiHeadAttention attention,
      MultiHeadAttention cross,
      int crossNorm,
      int feedForward,
      int feedForwardNorm) {
    return new DecoderBlock(
        attention,
        residual(6),
        cross,
        residual(crossNorm),
        feedForward(feedForward),
        residual(feedForwardNorm));
  }

  static EncoderBlock encoderBlock(int width) {
    return EncoderBlock.create(
        new Parameters(1), BlockSettings.of(width, 2, 9).norm(NormKind.LAYER, NormPlace.PRE));
  }

  static DecoderBlock decoderBlock(int width, int memoryWidth) {
    return new DecoderBlock(
        attention(width),
        residual(width),
        MultiHeadAttention.create(
            new Parameters(1), AttentionSettings.of(width, 2).from(memoryWidth, memoryWidth)),
        residual(width),
        feedForward(width),
        residual(width));
  }

  static Encoder encoder() {
    return new Encoder(List.of(encoderBlock(6)), null);
  }

  static Decoder decoder() {
    return new Decoder(List.of(decoderBlock(6, 6)), null);
  }

  static EncoderDecoder model() {
    return EncoderDecoder.create(new Parameters(1), 7, 7, 9, 1, settings());
  }
}
