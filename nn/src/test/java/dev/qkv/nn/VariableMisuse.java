package dev.qkv.nn;

import static dev.qkv.nn.Misuse.zeros;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Dropout;
import dev.qkv.attention.Learned;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Variables, passes and parameters, called wrongly. */
final class VariableMisuse {
  private VariableMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse(
            "Variable.backward/0",
            "backward: expected one number, got shape [2]",
            () -> zeros(2).backward()),
        new Misuse(
            "Variable.backward/0",
            "backward: expected one number, got shape [0, 3]",
            () -> zeros(0, 3).backward()),
        new Misuse(
            "Variable.backward/1",
            "backward: dOutput has shape [3, 2], expected [2, 3]",
            () -> zeros(2, 3).backward(Tensor.zeros(3, 2))),
        new Misuse(
            "Variable.backward/1",
            "backward: dOutput has shape [1], expected [2]",
            () -> Variable.constant(Tensor.zeros(2)).backward(Tensor.zeros(1))),
        new Misuse(
            "Variable.backward/1",
            "attention: the score function, expected one with its derivative (a"
                + " DifferentiableScore), got one without",
            () ->
                zeros(5, 3)
                    .attend(
                        Attention.builder().score((s, b, h, i, j) -> s).build(),
                        zeros(5, 3),
                        zeros(5, 3),
                        Batch.PLAIN)
                    .backward(Tensor.zeros(5, 3))),
        new Misuse(
            "Variable.matmul/1",
            "matmul: a has shape [2, 3] and b has shape [2, 3], expected (…, k) and (k, n)",
            () -> zeros(2, 3).matmul(zeros(2, 3))),
        new Misuse(
            "Variable.matmul/1",
            "matmul: a has shape [] and b has shape [3, 2], expected (…, k) and (k, n)",
            () -> zeros().matmul(zeros(3, 2))),
        new Misuse(
            "Variable.matmul/1",
            "matmul: a has shape [2, 3] and b has shape [3], expected (…, k) and (k, n)",
            () -> zeros(2, 3).matmul(zeros(3))),
        new Misuse(
            "Variable.plus/1",
            "sum: the terms have shapes [2, 3] and [2], expected the second to be the last axes of"
                + " the first",
            () -> zeros(2, 3).plus(zeros(2))),
        new Misuse(
            "Variable.plus/1",
            "sum: the terms have shapes [3] and [2, 3], expected the second to be the last axes of"
                + " the first",
            () -> zeros(3).plus(zeros(2, 3))),
        new Misuse(
            "Variable.reshape/1",
            "tensor: shape [7] has 7 elements, expected an array of that length, got 6",
            () -> zeros(2, 3).reshape(7)),
        new Misuse(
            "Variable.reshape/1",
            "tensor: shape [2, -3], expected no size below 0, got -3",
            () -> zeros(2, 3).reshape(2, -3)),
        new Misuse(
            "Variable.reshape/1",
            "tensor: shape [-1, 6], expected no size below 0, got -1",
            () -> zeros(2, 3).reshape(-1, -1)),
        new Misuse(
            "Variable.swiGlu/1",
            "SwiGLU: up has shape [3], expected [2, 3]",
            () -> zeros(2, 3).swiGlu(zeros(3))),
        new Misuse(
            "Variable.layerNorm/3",
            "layer norm: gamma has shape [2], expected [3]",
            () -> zeros(2, 3).layerNorm(zeros(2), zeros(3), 0)),
        new Misuse(
            "Variable.layerNorm/3",
            "layer norm: beta has shape [1, 3], expected [3]",
            () -> zeros(2, 3).layerNorm(zeros(3), zeros(1, 3), 0)),
        new Misuse(
            "Variable.layerNorm/3",
            "layer norm: x, expected rank 1 or more, got 0",
            () -> zeros().layerNorm(zeros(1), zeros(1), 0)),
        new Misuse(
            "Variable.layerNorm/3",
            "layer norm: epsilon, expected a finite number of 0 or more, got -1.0E-5",
            () -> zeros(2, 3).layerNorm(zeros(3), zeros(3), -1e-5f)),
        new Misuse(
            "Variable.layerNorm/3",
            "rows: shape [65536, 65536, 0], expected at most 2147483647 elements, got more",
            () -> zeros(1 << 16, 1 << 16, 0).layerNorm(zeros(0), zeros(0), 0)),
        new Misuse(
            "Variable.rmsNorm/2",
            "RMS norm: gamma has shape [2], expected [3]",
            () -> zeros(2, 3).rmsNorm(zeros(2), 0)),
        new Misuse(
            "Variable.rmsNorm/2",
            "RMS norm: epsilon, expected a finite number of 0 or more, got NaN",
            () -> zeros(2, 3).rmsNorm(zeros(3), Float.NaN)),
        new Misuse(
            "Variable.rope/2",
            "rotary embedding: x has shape [2, 3, 6], expected (…, length, heads, 4): the table is"
                + " for D = 4",
            () -> zeros(2, 3, 6).rope(Rope.HALF.table(0, 5, 4, 10000), 0)),
        new Misuse(
            "Variable.rope/2",
            "rotary embedding: x has shape [3, 4], expected (…, length, heads, 4): the table is for"
                + " D = 4",
            () -> zeros(3, 4).rope(Rope.INTERLEAVED.table(0, 5, 4, 10000), 0)),
        new Misuse(
            "Variable.rope/2",
            "rotary embedding: positions 4 to 6, expected all within those of the table, 1 to 5",
            () -> zeros(3, 2, 4).rope(Rope.HALF.table(1, 5, 4, 10000), 4)),
        new Misuse(
            "Variable.embedding/1",
            "embedding: id, expected from 0 to 6, got 7",
            () -> zeros(7, 3).embedding(0, 7)),
        new Misuse(
            "Variable.embedding/1",
            "embedding: id, expected from 0 to 6, got -1",
            () -> zeros(7, 3).embedding(-1)),
        new Misuse(
            "Variable.embedding/1",
            "embedding: table, expected rank 2, got 1",
            () -> zeros(7).embedding(0)),
        new Misuse(
            "Variable.dropout/1",
            "attention: dropout, expected a probability from 0 to below 1, got 1.0",
            () -> zeros(3).dropout(new Dropout(1, 5))),
        new Misuse(
            "Variable.attend/4",
            "attention: k has shape [2, 1, 5, 3], expected headDim 4 because q has headDim 4",
            () ->
                zeros(2, 1, 5, 4)
                    .attend(Attention.plain(), zeros(2, 1, 5, 3), zeros(2, 1, 5, 3), Batch.PLAIN)),
        new Misuse(
            "Variable.attend/4",
            "attention: v has shape [3, 1, 5, 4], expected batch 2 because q has batch 2",
            () ->
                zeros(2, 1, 5, 4)
                    .attend(Attention.plain(), zeros(2, 1, 5, 4), zeros(3, 1, 5, 4), Batch.PLAIN)),
        new Misuse(
            "Variable.attend/4",
            "attention: q, expected rank 2, 3, 4, got 1",
            () -> zeros(4).attend(Attention.plain(), zeros(4), zeros(4), Batch.PLAIN)),
        new Misuse(
            "Variable.attend/5",
            "attention: sinks, expected rank 1, got 2",
            () ->
                zeros(2, 4)
                    .attend(
                        Attention.plain(),
                        zeros(2, 4),
                        zeros(2, 4),
                        Batch.PLAIN,
                        Map.of(Learned.SINKS, zeros(1, 1)))),
        new Misuse(
            "Variable.attend/5",
            "attention: alibi has 3 numbers, expected 1, one for each head of q",
            () ->
                zeros(2, 4)
                    .attend(
                        Attention.plain(),
                        zeros(2, 4),
                        zeros(2, 4),
                        Batch.PLAIN,
                        Map.of(Learned.ALIBI, zeros(3)))),
        new Misuse(
            "Variable.attend/4",
            "attention: batch is null, expected it to be given",
            () ->
                zeros(2, 4).attend(Attention.plain(), zeros(2, 4), zeros(2, 4), Misuse.missing())),
        new Misuse(
            "Variable.crossEntropy/1",
            "cross entropy: logits have shape [2, 3], expected a target for each row, got 3",
            () -> zeros(2, 3).crossEntropy(0, 1, 2)),
        new Misuse(
            "Variable.crossEntropy/1",
            "cross entropy: target, expected from 0 to 2, got 3",
            () -> zeros(2, 3).crossEntropy(0, 3)),
        new Misuse(
            "Variable.crossEntropy/1",
            "cross entropy: x, expected rank 1 or more, got 0",
            () -> zeros().crossEntropy(0)),
        new Misuse(
            "Pass.dropout/2",
            "dropout: probability, expected from 0 to below 1, got 1.0",
            () -> Pass.training(1).dropout(zeros(3), 1)),
        new Misuse(
            "Pass.dropout/2",
            "dropout: probability, expected from 0 to below 1, got NaN",
            () -> Pass.inference().dropout(zeros(3), Float.NaN)),
        new Misuse(
            "Pass.keep/2",
            "maps: weights, expected rank 4, got 2",
            () -> Pass.keepingMaps().keep("attention", Tensor.zeros(5, 5))),
        new Misuse(
            "Parameters.in/1",
            "parameters: name, expected at least one character, got none",
            () -> new Parameters(1).in("")),
        new Misuse(
            "Parameters.copy/2",
            "parameters: name, expected at least one character, got none",
            () -> one().copy("", Tensor.zeros(1))),
        new Misuse(
            "Parameters.copy/2",
            "parameters: w is there already, expected a name of its own",
            () -> one().copy("w", Tensor.zeros(1))),
        new Misuse(
            "Parameters.xavier/3",
            "tensor: shape [-2, 3], expected no size below 0, got -2",
            () -> new Parameters(1).xavier("w", -2, 3)),
        new Misuse(
            "Parameters.xavier/3",
            "tensor: shape [65536, 65536], expected at most 2147483647 elements, got more",
            () -> new Parameters(1).xavier("w", 1 << 16, 1 << 16)),
        new Misuse(
            "Parameters.xavier/3",
            "parameters: w is there already, expected a name of its own",
            () -> one().xavier("w", 2, 3)),
        new Misuse(
            "Parameters.normal/3",
            "parameters: deviation, expected a finite number of 0 or more, got -1.0",
            () -> new Parameters(1).normal("w", -1, 2)),
        new Misuse(
            "Parameters.normal/3",
            "parameters: deviation, expected a finite number of 0 or more, got Infinity",
            () -> new Parameters(1).normal("w", Double.POSITIVE_INFINITY, 2)),
        new Misuse(
            "Parameters.normal/3",
            "parameters: name, expected at least one character, got none",
            () -> new Parameters(1).normal("", 1, 2)),
        new Misuse(
            "Parameters.constant/3",
            "tensor: shape [-1], expected no size below 0, got -1",
            () -> new Parameters(1).constant("w", 0, -1)),
        new Misuse(
            "Parameters.constant/3",
            "parameters: layer.w is there already, expected a name of its own",
            () -> {
              Parameters parameters = new Parameters(1);
              parameters.in("layer").constant("w", 0, 2);
              parameters.in("layer").constant("w", 0, 2);
            }),
        new Misuse("Parameters.load/1", "parameters: w is missing", () -> one().load(Map.of())),
        new Misuse(
            "Parameters.load/1",
            "parameters: w has shape [3, 2], expected [2, 3]",
            () -> one().load(Map.of("w", Tensor.zeros(3, 2)))));
  }

  private static Parameters one() {
    Parameters parameters = new Parameters(1);
    parameters.xavier("w", 2, 3);
    return parameters;
  }
}
