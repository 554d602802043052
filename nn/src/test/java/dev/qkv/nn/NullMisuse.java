package dev.qkv.nn;

import static dev.qkv.nn.Misuse.missing;
import static dev.qkv.nn.Misuse.zeros;

import dev.qkv.attention.Batch;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.AttentionSettings;
import dev.qkv.nn.layer.FeedForwardSettings;
import dev.qkv.nn.layer.Gate;
import dev.qkv.nn.layer.Memory;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.AdamW;
import dev.qkv.nn.train.Trainer;
import dev.qkv.tensor.Tensor;
import java.util.List;

/** Null, where it would be kept, or where nothing else is wrong; the message is the argument. */
final class NullMisuse {
  private NullMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse("Variable.constant/1", "value", () -> Variable.constant(missing())),
        new Misuse("Variable.parameter/1", "value", () -> Variable.parameter(missing())),
        new Misuse("Variable.forgetting/1", "model", () -> Variable.forgetting(missing())),
        new Misuse("Variable.gelu/1", "form", () -> zeros(3).gelu(missing())),
        new Misuse(
            "Pass.keep/2",
            "name",
            () -> Pass.keepingMaps().keep(missing(), Tensor.zeros(1, 1, 1, 1))),
        new Misuse("Activation.apply/1", "x", () -> Activation.RELU.apply(missing())),
        new Misuse("Gate.apply/2", "up", () -> Gate.SWIGLU.apply(zeros(3), missing())),
        new Misuse("Memory/1", "blocks", () -> new Memory(missing())),
        new Misuse(
            "AttentionSettings.attention/1",
            "attention",
            () -> AttentionSettings.of(6, 2).attention(missing())),
        new Misuse(
            "FeedForwardSettings.nonlinearity/1",
            "nonlinearity",
            () -> FeedForwardSettings.of(6, 9).nonlinearity(missing())),
        new Misuse(
            "BlockSettings.attention/1",
            "attention",
            () -> BlockMisuse.settings().attention(missing())),
        new Misuse(
            "BlockSettings.nonlinearity/1",
            "nonlinearity",
            () -> BlockMisuse.settings().nonlinearity(missing())),
        new Misuse(
            "BlockSettings.norm/2",
            "norm",
            () -> BlockMisuse.settings().norm(missing(), NormPlace.PRE)),
        new Misuse(
            "MultiHeadAttention.apply/3",
            "batch",
            () ->
                LayerMisuse.attention(6)
                    .apply(zeros(2, 5, 6), Misuse.<Batch>missing(), Pass.training(1))),
        new Misuse("Anomaly.loss/2", "pass", () -> new Anomaly(1).loss(1, missing())),
        new Misuse("Reversal.loss/2", "pass", () -> new Reversal(1).loss(1, missing())),
        new Misuse("AdamW/2", "parameters", () -> TrainingMisuse.optimiser(missing())),
        new Misuse("AdamW/2", "settings", () -> new AdamW(new Parameters(1), missing())),
        new Misuse(
            "Trainer/4",
            "task",
            () ->
                new Trainer(
                    missing(),
                    MisuseTest.samplePlan(),
                    AdamW.Settings.USUAL,
                    TrainingMisuse.file())),
        new Misuse(
            "Trainer/4",
            "checkpoint",
            () ->
                new Trainer(
                    new Reversal(1), MisuseTest.samplePlan(), AdamW.Settings.USUAL, missing())),
        new Misuse(
            "Trainer.Progress/6", "heldOut", () -> new Trainer.Progress(1, 0, 0, 0, missing(), 0)));
  }
}
