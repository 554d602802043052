package dev.qkv.nn;

import static dev.qkv.nn.Misuse.missing;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.nn.inference.EncoderPlan;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.LayerNorm;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.PlainFeedForward;
import dev.qkv.nn.layer.Residual;
import dev.qkv.tensor.Tensor;
import java.util.List;

/** Plans that cannot be made, and calls that they refuse. */
final class PlanMisuse {
  private static final int HUGE = 40_000;

  private PlanMisuse() {}

  static EncoderPlan plan() {
    return EncoderPlan.of(Encoder.create(new Parameters(1), 1, BlockSettings.of(6, 2, 9)));
  }

  /** A constant that takes no memory: every element is the same one. */
  private static Tensor repeated(int... shape) {
    return Tensor.view(new float[1], 0, shape, new int[shape.length]);
  }

  private static Linear linear(int in, int out) {
    return new Linear(Variable.constant(repeated(in, out)), null);
  }

  /** A block whose queries, keys and values are no array together. */
  private static Encoder tooWide() {
    Variable gain = Variable.constant(repeated(HUGE));
    Residual residual = new Residual(new LayerNorm(gain, gain, 1e-5f), NormPlace.POST, 0);
    Linear square = linear(HUGE, HUGE);
    MultiHeadAttention attention =
        new MultiHeadAttention(
            "attention", square, square, square, square, 2, 2, Attention.plain(), null);
    PlainFeedForward feedForward =
        new PlainFeedForward(linear(HUGE, 1), Activation.RELU, linear(1, HUGE), 0);
    return new Encoder(List.of(new EncoderBlock(attention, residual, feedForward, residual)), null);
  }

  static List<Misuse> nulls() {
    return List.of(
        new Misuse("EncoderPlan.of/1", "encoder", () -> EncoderPlan.of(missing())),
        new Misuse("EncoderPlan.executor/1", "runner", () -> plan().executor(missing())),
        new Misuse(
            "EncoderPlan.apply/3",
            "batch",
            () -> plan().apply(Tensor.zeros(1, 2, 6), missing(), Tensor.zeros(1, 2, 6))));
  }

  static List<Misuse> calls() {
    Tensor x = Tensor.zeros(2, 3, 6);
    Tensor wide = Tensor.zeros(2, 3, 7);
    return List.of(
        new Misuse(
            "EncoderPlan.of/1",
            "inference plan: the encoder has neither blocks nor a norm, expected one of them",
            () -> EncoderPlan.of(new Encoder(List.of(), null))),
        new Misuse(
            "EncoderPlan.of/1",
            "inference plan: blocks[0].attention has a map from 40000 to 120000, expected at most"
                + " 2147483639 numbers",
            () -> EncoderPlan.of(tooWide())),
        new Misuse(
            "EncoderPlan.threads/1",
            "inference plan: threads, expected 0 or more, got -1",
            () -> plan().threads(-1)),
        new Misuse(
            "EncoderPlan.apply/1",
            "inference plan: x has shape [2, 3, 5], expected (batch, length, 6)",
            () -> plan().apply(Tensor.zeros(2, 3, 5))),
        new Misuse(
            "EncoderPlan.apply/1",
            "inference plan: x has shape [1, 200000000, 6], expected at most 119304646 rows",
            () -> plan().apply(repeated(1, 200_000_000, 6))),
        new Misuse(
            "EncoderPlan.apply/1",
            "inference plan: x has shape [1, 100000000, 6] and needs 11445 MiB, expected at most"
                + " the heap, 2048 MiB; -Xmx13493m would be enough",
            () -> plan().apply(repeated(1, 100_000_000, 6))),
        new Misuse(
            "EncoderPlan.apply/3",
            "inference plan: output has shape [2, 3, 7], expected [2, 3, 6]",
            () -> plan().apply(x, Batch.PLAIN, wide)),
        new Misuse(
            "EncoderPlan.apply/3",
            "inference plan: output has shape [2, 3, 6] but its elements do not lie one after the"
                + " other, expected a tensor whose last axis varies fastest, without gaps",
            () -> plan().apply(x, Batch.PLAIN, wide.slice(2, 0, 6))),
        new Misuse(
            "EncoderPlan.apply/3",
            "inference plan: output overlaps another tensor of the call, expected memory of its"
                + " own, or exactly that of an operand",
            () -> {
              Tensor both = Tensor.zeros(3, 3, 6);
              plan().apply(both.slice(0, 0, 2), Batch.PLAIN, both.slice(0, 1, 3));
            }),
        new Misuse(
            "EncoderPlan.apply/3",
            "attention: key lengths, expected from 0 to 3, got 4",
            () -> plan().apply(x, Batch.PLAIN.keyLengths(3, 4), Tensor.zeros(2, 3, 6))));
  }
}
