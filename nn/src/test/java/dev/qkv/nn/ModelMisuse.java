package dev.qkv.nn;

import static dev.qkv.nn.BlockMisuse.decoder;
import static dev.qkv.nn.BlockMisuse.decoderBlock;
import static dev.qkv.nn.BlockMisuse.encoder;
import static dev.qkv.nn.BlockMisuse.encoderBlock;
import static dev.qkv.nn.BlockMisuse.model;
import static dev.qkv.nn.BlockMisuse.settings;
import static dev.qkv.nn.LayerMisuse.keyValues;
import static dev.qkv.nn.LayerMisuse.linear;
import static dev.qkv.nn.LayerMisuse.norm;
import static dev.qkv.nn.LayerMisuse.tokens;
import static dev.qkv.nn.Misuse.zeros;

import dev.qkv.attention.Batch;
import dev.qkv.nn.layer.Decoder;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderDecoder;
import dev.qkv.nn.layer.Memory;
import dev.qkv.nn.layer.Positions;
import dev.qkv.nn.layer.TokenEmbedding;
import java.util.List;

/** Encoders, decoders and both together, called wrongly. */
final class ModelMisuse {
  private ModelMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse(
            "Encoder.create/3",
            "encoder: depth, expected 0 or more, got -1",
            () -> Encoder.create(new Parameters(1), -1, settings())),
        new Misuse(
            "Decoder.create/3",
            "decoder: depth, expected 0 or more, got -1",
            () -> Decoder.create(new Parameters(1), -1, settings())),
        new Misuse(
            "EncoderDecoder.create/6",
            "encoder-decoder: sourceTokens, expected 1 or more, got 0",
            () -> EncoderDecoder.create(new Parameters(1), 0, 7, 9, 1, settings())),
        new Misuse(
            "EncoderDecoder.create/6",
            "encoder-decoder: targetTokens, expected 1 or more, got -7",
            () -> EncoderDecoder.create(new Parameters(1), 7, -7, 9, 1, settings())),
        new Misuse(
            "EncoderDecoder.create/6",
            "encoder-decoder: longest, expected 1 or more, got 0",
            () -> EncoderDecoder.create(new Parameters(1), 7, 7, 0, 1, settings())),
        new Misuse(
            "EncoderDecoder.create/6",
            "encoder-decoder: depth, expected 0 or more, got -1",
            () -> EncoderDecoder.create(new Parameters(1), 7, 7, 9, -1, settings())),
        new Misuse(
            "EncoderDecoder.encode/4",
            "attention: key lengths, expected from 0 to 4, got 5",
            () -> model().encode(1, new int[4], Batch.PLAIN.keyLengths(5), Pass.inference())),
        new Misuse(
            "EncoderDecoder.encode/4",
            "encoder-decoder: sourceIds has 3 tokens, expected a multiple of the batch, 2",
            () -> model().encode(2, new int[3], Batch.PLAIN, Pass.inference())),
        new Misuse(
            "EncoderDecoder.decode/6",
            "encoder-decoder: targetIds has 5 tokens, expected a multiple of the batch, 2",
            () ->
                model()
                    .decode(2, new int[5], Batch.PLAIN, memory(), Batch.PLAIN, Pass.inference())),
        new Misuse(
            "EncoderDecoder.decode/6",
            "decoder: memory has 0 blocks, expected 1, one for each of the decoder's",
            () ->
                model()
                    .decode(
                        2,
                        new int[4],
                        Batch.PLAIN,
                        new Memory(List.of()),
                        Batch.PLAIN,
                        Pass.inference())),
        new Misuse(
            "Encoder.apply/3",
            "attention: key lengths, expected 2, one for each sequence, got 1",
            () -> encoder().apply(zeros(2, 5, 6), Batch.PLAIN.keyLengths(3), Pass.inference())),
        new Misuse(
            "Decoder.memory/1",
            "decoder block: encoded has shape [4, 6], expected (batch, length, 6)",
            () -> decoder().memory(zeros(4, 6))),
        new Misuse(
            "Decoder.apply/5",
            "decoder: memory has 0 blocks, expected 1, one for each of the decoder's",
            () ->
                decoder()
                    .apply(
                        zeros(2, 5, 6),
                        Batch.PLAIN,
                        new Memory(List.of()),
                        Batch.PLAIN,
                        Pass.inference())),
        new Misuse(
            "Encoder/2",
            "encoder: blocks[1] has width 8, expected 6 because blocks[0] has width 6",
            () -> new Encoder(List.of(encoderBlock(6), encoderBlock(8)), null)),
        new Misuse(
            "Encoder/2",
            "encoder: norm has width 8, expected 6 because blocks[0] has width 6",
            () -> new Encoder(List.of(encoderBlock(6)), norm(8))),
        new Misuse(
            "Encoder.apply/2",
            "encoder block: x has shape [5, 6], expected (batch, length, 6)",
            () -> encoder().apply(zeros(5, 6), Pass.inference())),
        new Misuse(
            "Encoder.apply/2",
            "encoder block: x has shape [2, 5, 7], expected (batch, length, 6)",
            () -> encoder().apply(zeros(2, 5, 7), Pass.inference())),
        new Misuse(
            "Decoder/2",
            "decoder: blocks[1] has width 8, expected 6 because blocks[0] has width 6",
            () -> new Decoder(List.of(decoderBlock(6, 6), decoderBlock(8, 6)), null)),
        new Misuse(
            "Decoder/2",
            "decoder: blocks[1].cross has width 4, expected 6 because blocks[0].cross has width 6",
            () -> new Decoder(List.of(decoderBlock(6, 6), decoderBlock(6, 4)), null)),
        new Misuse(
            "Decoder/2",
            "decoder: norm has width 8, expected 6 because blocks[0] has width 6",
            () -> new Decoder(List.of(decoderBlock(6, 6)), norm(8))),
        new Misuse(
            "Decoder.apply/3",
            "decoder block: x has shape [6], expected (batch, length, 6)",
            () -> decoder().apply(zeros(6), zeros(2, 4, 6), Pass.inference())),
        new Misuse(
            "Decoder.apply/3",
            "decoder block: encoded has shape [4, 6], expected (batch, length, 6)",
            () -> decoder().apply(zeros(2, 5, 6), zeros(4, 6), Pass.inference())),
        new Misuse(
            "EncoderDecoder/6",
            "encoder-decoder: target has width 8, expected 6 because source has width 6",
            () ->
                new EncoderDecoder(
                    tokens(),
                    new TokenEmbedding(zeros(7, 8)),
                    Positions.sinusoidal(9, 6),
                    encoder(),
                    decoder(),
                    linear(6, 7))),
        new Misuse(
            "EncoderDecoder/6",
            "encoder-decoder: positions has width 8, expected 6 because source has width 6",
            () ->
                new EncoderDecoder(
                    tokens(),
                    tokens(),
                    Positions.sinusoidal(9, 8),
                    encoder(),
                    decoder(),
                    linear(6, 7))),
        new Misuse(
            "EncoderDecoder/6",
            "encoder-decoder: encoder has width 8, expected 6 because source has width 6",
            () ->
                new EncoderDecoder(
                    tokens(),
                    tokens(),
                    Positions.sinusoidal(9, 6),
                    new Encoder(List.of(encoderBlock(8)), null),
                    decoder(),
                    linear(6, 7))),
        new Misuse(
            "EncoderDecoder/6",
            "encoder-decoder: decoder has width 8, expected 6 because source has width 6",
            () ->
                new EncoderDecoder(
                    tokens(),
                    tokens(),
                    Positions.sinusoidal(9, 6),
                    encoder(),
                    new Decoder(List.of(decoderBlock(8, 6)), null),
                    linear(6, 7))),
        new Misuse(
            "EncoderDecoder/6",
            "encoder-decoder: decoder.cross has width 4, expected 6 because encoder has width 6",
            () ->
                new EncoderDecoder(
                    tokens(),
                    tokens(),
                    Positions.sinusoidal(9, 6),
                    encoder(),
                    new Decoder(List.of(decoderBlock(6, 4)), null),
                    linear(6, 7))),
        new Misuse(
            "EncoderDecoder/6",
            "encoder-decoder: output has width 8, expected 6 because decoder has width 6",
            () ->
                new EncoderDecoder(
                    tokens(),
                    tokens(),
                    Positions.sinusoidal(9, 6),
                    encoder(),
                    decoder(),
                    linear(8, 7))),
        new Misuse(
            "EncoderDecoder.apply/4",
            "encoder-decoder: sourceIds has 3 tokens, expected a multiple of the batch, 2",
            () -> model().apply(2, new int[3], new int[4], Pass.inference())),
        new Misuse(
            "EncoderDecoder.apply/4",
            "encoder-decoder: targetIds has 5 tokens, expected a multiple of the batch, 2",
            () -> model().apply(2, new int[4], new int[5], Pass.inference())),
        new Misuse(
            "EncoderDecoder.apply/4",
            "positions: x has shape [1, 10, 6], expected a length of at most 9",
            () -> model().apply(1, new int[10], new int[4], Pass.inference())),
        new Misuse(
            "EncoderDecoder.apply/4",
            "embedding: id, expected from 0 to 6, got 7",
            () -> model().apply(1, new int[] {7}, new int[] {0}, Pass.inference())));
  }

  private static Memory memory() {
    return new Memory(List.of(keyValues(2, 2)));
  }
}
