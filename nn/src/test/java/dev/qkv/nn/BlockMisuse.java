package dev.qkv.nn;

import static dev.qkv.nn.LayerMisuse.attention;
import static dev.qkv.nn.LayerMisuse.feedForward;
import static dev.qkv.nn.LayerMisuse.linear;
import static dev.qkv.nn.LayerMisuse.norm;
import static dev.qkv.nn.Misuse.zeros;

import dev.qkv.attention.Attention;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.Decoder;
import dev.qkv.nn.layer.DecoderBlock;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.EncoderDecoder;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.NormPlace;
import java.util.List;

/** Blocks of encoders and decoders, called wrongly. */
final class BlockMisuse {
  private BlockMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse(
            "EncoderBlock/6",
            "encoder block: attention.key has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new EncoderBlock(
                    MultiHeadAttention.create(new Parameters(1), 6, 8, 6, 2, Attention.plain(), 0),
                    norm(6),
                    feedForward(6),
                    norm(6),
                    NormPlace.PRE,
                    0)),
        new Misuse(
            "EncoderBlock/6",
            "encoder block: attention.output has width 8, expected 6 because attentionNorm has width 6",
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
                        0),
                    norm(6),
                    feedForward(6),
                    norm(6),
                    NormPlace.PRE,
                    0)),
        new Misuse(
            "DecoderBlock/8",
            "decoder block: feedForwardNorm has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new DecoderBlock(
                    attention(6),
                    norm(6),
                    attention(6),
                    norm(6),
                    feedForward(6),
                    norm(8),
                    NormPlace.PRE,
                    0)),
        new Misuse(
            "DecoderBlock/8",
            "decoder block: dropout, expected from 0 to below 1, got 1.0",
            () ->
                new DecoderBlock(
                    attention(6),
                    norm(6),
                    attention(6),
                    norm(6),
                    feedForward(6),
                    norm(6),
                    NormPlace.PRE,
                    1)),
        new Misuse(
            "EncoderBlock/6",
            "encoder block: attention.query has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new EncoderBlock(attention(8), norm(6), feedForward(6), norm(6), NormPlace.PRE, 0)),
        new Misuse(
            "EncoderBlock/6",
            "encoder block: feedForward has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new EncoderBlock(attention(6), norm(6), feedForward(8), norm(6), NormPlace.PRE, 0)),
        new Misuse(
            "EncoderBlock/6",
            "encoder block: feedForwardNorm has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new EncoderBlock(attention(6), norm(6), feedForward(6), norm(8), NormPlace.PRE, 0)),
        new Misuse(
            "EncoderBlock/6",
            "encoder block: dropout, expected from 0 to below 1, got 2.0",
            () ->
                new EncoderBlock(attention(6), norm(6), feedForward(6), norm(6), NormPlace.PRE, 2)),
        new Misuse(
            "EncoderBlock.create/8",
            "encoder block: width, expected 1 or more, got 0",
            () ->
                EncoderBlock.create(
                    new Parameters(1),
                    0,
                    2,
                    9,
                    Attention.plain(),
                    Activation.RELU,
                    NormPlace.PRE,
                    0)),
        new Misuse(
            "EncoderBlock.create/8",
            "encoder block: heads, expected 1 or more, got 0",
            () ->
                EncoderBlock.create(
                    new Parameters(1),
                    6,
                    0,
                    9,
                    Attention.plain(),
                    Activation.RELU,
                    NormPlace.PRE,
                    0)),
        new Misuse(
            "EncoderBlock.create/8",
            "multi-head attention: query has width 6, expected a multiple of its heads, got 4",
            () ->
                EncoderBlock.create(
                    new Parameters(1),
                    6,
                    4,
                    9,
                    Attention.plain(),
                    Activation.RELU,
                    NormPlace.PRE,
                    0)),
        new Misuse(
            "EncoderBlock.create/8",
            "encoder block: innerWidth, expected 1 or more, got -9",
            () ->
                EncoderBlock.create(
                    new Parameters(1),
                    6,
                    2,
                    -9,
                    Attention.plain(),
                    Activation.RELU,
                    NormPlace.PRE,
                    0)),
        new Misuse(
            "EncoderBlock.create/8",
            "encoder block: dropout, expected from 0 to below 1, got NaN",
            () ->
                EncoderBlock.create(
                    new Parameters(1),
                    6,
                    2,
                    9,
                    Attention.plain(),
                    Activation.RELU,
                    NormPlace.PRE,
                    Float.NaN)),
        new Misuse(
            "EncoderBlock.apply/2",
            "encoder block: x has shape [5, 6], expected (batch, length, 6)",
            () -> encoder().blocks().getFirst().apply(zeros(5, 6), Pass.inference())),
        new Misuse(
            "DecoderBlock/8",
            "decoder block: attention.query has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new DecoderBlock(
                    attention(8),
                    norm(6),
                    attention(6),
                    norm(6),
                    feedForward(6),
                    norm(6),
                    NormPlace.POST,
                    0)),
        new Misuse(
            "DecoderBlock/8",
            "decoder block: cross.query has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new DecoderBlock(
                    attention(6),
                    norm(6),
                    attention(8),
                    norm(6),
                    feedForward(6),
                    norm(6),
                    NormPlace.POST,
                    0)),
        new Misuse(
            "DecoderBlock/8",
            "decoder block: cross.value has width 5, expected 4 because cross.key has width 4",
            () ->
                new DecoderBlock(
                    attention(6),
                    norm(6),
                    MultiHeadAttention.create(new Parameters(1), 6, 4, 5, 2, Attention.plain(), 0),
                    norm(6),
                    feedForward(6),
                    norm(6),
                    NormPlace.POST,
                    0)),
        new Misuse(
            "DecoderBlock/8",
            "decoder block: crossNorm has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new DecoderBlock(
                    attention(6),
                    norm(6),
                    attention(6),
                    norm(8),
                    feedForward(6),
                    norm(6),
                    NormPlace.POST,
                    0)),
        new Misuse(
            "DecoderBlock/8",
            "decoder block: feedForward has width 8, expected 6 because attentionNorm has width 6",
            () ->
                new DecoderBlock(
                    attention(6),
                    norm(6),
                    attention(6),
                    norm(6),
                    feedForward(8),
                    norm(6),
                    NormPlace.POST,
                    0)),
        new Misuse(
            "DecoderBlock.create/7",
            "decoder block: heads, expected 1 or more, got 0",
            () ->
                DecoderBlock.create(
                    new Parameters(1), 6, 0, 9, Activation.RELU, NormPlace.POST, 0)),
        new Misuse(
            "DecoderBlock.create/7",
            "decoder block: innerWidth, expected 1 or more, got 0",
            () ->
                DecoderBlock.create(
                    new Parameters(1), 6, 2, 0, Activation.RELU, NormPlace.POST, 0)),
        new Misuse(
            "DecoderBlock.apply/3",
            "decoder block: memory has shape [3, 4, 6], expected batch 2 because x has batch 2",
            () ->
                decoder()
                    .blocks()
                    .getFirst()
                    .apply(zeros(2, 5, 6), zeros(3, 4, 6), Pass.inference())));
  }

  static EncoderBlock encoderBlock(int width) {
    return EncoderBlock.create(
        new Parameters(1), width, 2, 9, Attention.plain(), Activation.RELU, NormPlace.PRE, 0);
  }

  static DecoderBlock decoderBlock(int width, int memoryWidth) {
    return new DecoderBlock(
        attention(width),
        norm(width),
        MultiHeadAttention.create(
            new Parameters(1), width, memoryWidth, memoryWidth, 2, Attention.plain(), 0),
        norm(width),
        feedForward(width),
        norm(width),
        NormPlace.POST,
        0);
  }

  static Encoder encoder() {
    return new Encoder(List.of(encoderBlock(6)), null);
  }

  static Decoder decoder() {
    return new Decoder(List.of(decoderBlock(6, 6)), null);
  }

  static EncoderDecoder model() {
    return EncoderDecoder.create(new Parameters(1), 7, 7, 9, 1, 6, 2, 9, 0);
  }
}
