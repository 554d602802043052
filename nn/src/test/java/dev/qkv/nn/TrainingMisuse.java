package dev.qkv.nn;

import dev.qkv.io.ArrayFile;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Answers;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.AdamW;
import dev.qkv.nn.train.Checkpoint;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Task;
import dev.qkv.nn.train.Trainer;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Models and their training, called wrongly. */
final class TrainingMisuse {
  private TrainingMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse(
            "Anomaly.apply/2",
            "anomaly: features has shape [10, 16], expected (batch, length, 16)",
            () -> new Anomaly(1).apply(Tensor.zeros(10, 16), Pass.inference())),
        new Misuse(
            "Anomaly.apply/2",
            "anomaly: features has shape [2, 10, 15], expected (batch, length, 16)",
            () -> new Anomaly(1).apply(Tensor.zeros(2, 10, 15), Pass.inference())),
        new Misuse(
            "Anomaly.sets/3",
            "anomaly: count, expected from 0 to 13421772, got -1",
            () -> Anomaly.sets(1, 1, -1)),
        new Misuse(
            "Anomaly.sets/3",
            "anomaly: count, expected from 0 to 13421772, got 2147483647",
            () -> Anomaly.sets(1, 1, Integer.MAX_VALUE)),
        new Misuse(
            "Anomaly.Sets/2",
            "anomaly: features has shape [3, 10, 16], expected [2, 10, 16]",
            () -> new Anomaly.Sets(Tensor.zeros(3, 10, 16), new int[2])),
        new Misuse(
            "Answers.of/1",
            "answers: classes, expected 1 or more, got 0",
            () -> Answers.of(Tensor.zeros())),
        new Misuse(
            "Answers.of/1",
            "answers: classes, expected 1 or more, got 0",
            () -> Answers.of(Tensor.zeros(3, 0))),
        new Misuse(
            "Reversal.apply/2",
            "reversal: sequences has 17 symbols, expected a multiple of the length, 16",
            () -> new Reversal(1).apply(new int[17], Pass.inference())),
        new Misuse(
            "Reversal.apply/2",
            "embedding: id, expected from 0 to 9, got 10",
            () -> new Reversal(1).apply(filled(10), Pass.inference())),
        new Misuse(
            "Reversal.sequences/2",
            "reversal: count, expected from 0 to 134217727, got -1",
            () -> Reversal.sequences(1, -1)),
        new Misuse(
            "Reversal.sequences/2",
            "reversal: count, expected from 0 to 134217727, got 200000000",
            () -> Reversal.sequences(1, 200_000_000)),
        new Misuse(
            "Reversal.reversed/1",
            "reversal: sequences has 15 symbols, expected a multiple of the length, 16",
            () -> Reversal.reversed(new int[15])),
        new Misuse(
            "AdamW.Settings/4",
            "AdamW: beta1, expected from 0 to below 1, got 1.0",
            () -> new AdamW.Settings(1, 0.9, 0, 0)),
        new Misuse(
            "AdamW.Settings/4",
            "AdamW: beta2, expected from 0 to below 1, got -0.1",
            () -> new AdamW.Settings(0.9, -0.1, 0, 0)),
        new Misuse(
            "AdamW.Settings/4",
            "AdamW: epsilon, expected a finite number of 0 or more, got NaN",
            () -> new AdamW.Settings(0.9, 0.9, Double.NaN, 0)),
        new Misuse(
            "AdamW.Settings/4",
            "AdamW: decay, expected a finite number of 0 or more, got -1.0",
            () -> new AdamW.Settings(0.9, 0.9, 0, -1)),
        new Misuse(
            "AdamW.step/1",
            "AdamW: rate, expected a finite number of 0 or more, got NaN",
            () -> optimiser(model("w")).step(Double.NaN)),
        new Misuse(
            "AdamW.step/1",
            "AdamW: rate, expected a finite number of 0 or more, got Infinity",
            () -> optimiser(model("w")).step(Double.POSITIVE_INFINITY)),
        new Misuse(
            "AdamW.step/1",
            "AdamW: rate, expected a finite number of 0 or more, got -0.1",
            () -> optimiser(model("w")).step(-0.1)),
        new Misuse(
            "AdamW.step/1",
            "AdamW: late was added after step 1, expected all parameters before the first step",
            () -> late().step(0.1)),
        new Misuse(
            "AdamW.resume/1",
            "AdamW: made, expected 0 or more, got -1",
            () -> optimiser(model("w")).resume(-1)),
        new Misuse(
            "AdamW.mean/1",
            "AdamW: v is no parameter of the model, expected the name of one",
            () -> optimiser(model("w")).mean("v")),
        new Misuse(
            "AdamW.mean/1",
            "AdamW: late was added after step 1, expected all parameters before the first step",
            () -> late().mean("late")),
        new Misuse(
            "AdamW.square/1",
            "AdamW: v is no parameter of the model, expected the name of one",
            () -> optimiser(model("w")).square("v")),
        new Misuse(
            "AdamW.clip/2",
            "clip: longest, expected 0 or more, got -1.0",
            () -> AdamW.clip(model("w"), -1)),
        new Misuse(
            "AdamW.clip/2",
            "clip: longest, expected 0 or more, got NaN",
            () -> AdamW.clip(model("w"), Double.NaN)),
        new Misuse(
            "Schedule.constant/1",
            "constant schedule: rate, expected a finite number of 0 or more, got NaN",
            () -> Schedule.constant(Double.NaN)),
        new Misuse(
            "Schedule.cosine/3",
            "cosine schedule: peak, expected a finite number of 0 or more, got -1.0",
            () -> Schedule.cosine(-1, 1, 10)),
        new Misuse(
            "Schedule.cosine/3",
            "cosine schedule: total, expected 1 or more, got 0",
            () -> Schedule.cosine(1, 0, 0)),
        new Misuse(
            "Schedule.cosine/3",
            "cosine schedule: warmUp, expected from 0 to 10, got 11",
            () -> Schedule.cosine(1, 11, 10)),
        new Misuse(
            "Schedule.cosine/3",
            "cosine schedule: step, expected 1 or more, got 0",
            () -> Schedule.cosine(1, 1, 10).rate(0)),
        new Misuse(
            "Schedule.inverseRoot/2",
            "inverse root schedule: width, expected 1 or more, got 0",
            () -> Schedule.inverseRoot(0, 10)),
        new Misuse(
            "Schedule.inverseRoot/2",
            "inverse root schedule: warmUp, expected 0 or more, got -1",
            () -> Schedule.inverseRoot(6, -1)),
        new Misuse(
            "Schedule.inverseRoot/2",
            "inverse root schedule: step, expected 1 or more, got -1",
            () -> Schedule.inverseRoot(6, 10).rate(-1)),
        new Misuse(
            "Trainer.Plan/7",
            "training: steps, expected 0 or more, got -1",
            () -> plan(-1, 1, 1, 1, 1)),
        new Misuse(
            "Trainer.Plan/7",
            "training: every, expected 1 or more, got 0",
            () -> plan(1, 0, 1, 1, 1)),
        new Misuse(
            "Trainer.Plan/7",
            "training: longest, expected 0 or more, got NaN",
            () -> plan(1, 1, Double.NaN, 1, 1)),
        new Misuse(
            "Trainer.Plan/7",
            "training: patience, expected 1 or more, got 0",
            () -> plan(1, 1, 1, 0, 1)),
        new Misuse(
            "Trainer.Plan/7",
            "training: goal, expected 0 or more, got NaN",
            () -> plan(1, 1, 1, 1, Double.NaN)),
        new Misuse(
            "Checkpoint/6",
            "checkpoint: step, expected 0 or more, got -1",
            () -> new Checkpoint(-1, 0, 0, 1, 100, 0.01)),
        new Misuse(
            "Checkpoint/6",
            "checkpoint: since, expected 0 or more, got -1",
            () -> new Checkpoint(0, 0, -1, 1, 100, 0.01)),
        new Misuse(
            "Checkpoint/6",
            "checkpoint: best, expected a number, got NaN",
            () -> new Checkpoint(0, Double.NaN, 0, 1, 100, 0.01)),
        new Misuse(
            "Checkpoint.save/3",
            "AdamW: w is no parameter of the model, expected the name of one",
            () ->
                new Checkpoint(1, 0, 0, 1, 100, 0.01)
                    .save(file(), model("w"), optimiser(model("v")))),
        new Misuse(
            "Checkpoint.save/3",
            "checkpoint: optimiser.w has shape [4], expected [3]",
            () ->
                new Checkpoint(1, 0, 0, 1, 100, 0.01)
                    .save(file(), model("w"), optimiser(other("w", 4)))),
        new Misuse(
            "Checkpoint.load/3",
            "checkpoint: mean.v is missing",
            () -> load(model("w"), model("v"))),
        new Misuse(
            "Checkpoint.load/3",
            "checkpoint: model.v is in the file, expected nothing but what the model has",
            () -> load(model("w", "v"), model("w"))),
        new Misuse(
            "Checkpoint.load/3",
            "checkpoint: mean.w has shape [3], expected [4]",
            () -> load(model("w"), other("w", 4))),
        new Misuse(
            "Checkpoint.load/3",
            "checkpoint: training is missing",
            () ->
                Checkpoint.load(
                    written(Map.of("model.w", Tensor.zeros(3))),
                    model("w"),
                    optimiser(model("w")))),
        new Misuse(
            "Checkpoint.load/3",
            "checkpoint: checksum, expected that of the numbers, got another: the file was damaged",
            () ->
                Checkpoint.load(written(Map.of("training", nan(26))), model(), optimiser(model()))),
        new Misuse(
            "Checkpoint/6",
            "checkpoint: planned, expected 0 or more, got -1",
            () -> new Checkpoint(0, 0, 0, 1, -1, 0)),
        new Misuse(
            "Checkpoint/6",
            "checkpoint: rate, expected a finite number of 0 or more, got NaN",
            () -> new Checkpoint(0, 0, 0, 1, 100, Double.NaN)),
        new Misuse(
            "Checkpoint.load/3",
            "checkpoint: optimiser.w has shape [4], expected [3]",
            () -> Checkpoint.load(saved(model("w")), model("w"), optimiser(other("w", 4)))),
        new Misuse(
            "Checkpoint.load/3",
            "FILE: expected 396 bytes in all, got 395",
            () -> Checkpoint.load(truncated(saved(model("w"))), model("w"), optimiser(model("w")))),
        new Misuse(
            "Trainer.run/1",
            "AdamW: rate, expected a finite number of 0 or more, got NaN",
            () -> trainer(new Broken(1), step -> Double.NaN).run(NOBODY)),
        new Misuse(
            "Trainer.run/1",
            "backward: expected one number, got shape [2]",
            () -> trainer(new Broken(2), Schedule.constant(1)).run(NOBODY)));
  }

  private static Trainer.Plan plan(
      long steps, long every, double longest, int patience, double goal) {
    return new Trainer.Plan(steps, every, Schedule.constant(0), longest, patience, goal, 1);
  }

  private static int[] filled(int symbol) {
    int[] sequence = new int[Reversal.LENGTH];
    Arrays.fill(sequence, symbol);
    return sequence;
  }

  private static Tensor nan(int count) {
    Tensor tensor = Tensor.zeros(count);
    Arrays.fill(tensor.data(), Float.NaN);
    return tensor;
  }

  /** Parameters of three numbers each. */
  static Parameters model(String... names) {
    Parameters parameters = new Parameters(1);
    for (String name : names) {
      parameters.normal(name, 1, 3);
    }
    return parameters;
  }

  private static Parameters other(String name, int size) {
    Parameters parameters = new Parameters(1);
    parameters.normal(name, 1, size);
    return parameters;
  }

  static AdamW optimiser(Parameters parameters) {
    return new AdamW(parameters, AdamW.Settings.USUAL);
  }

  /** An optimiser after whose first step a layer was made. */
  private static AdamW late() {
    Parameters parameters = model("w");
    AdamW optimiser = optimiser(parameters);
    optimiser.step(0.1);
    parameters.normal("late", 1, 3);
    return optimiser;
  }

  static Path file() {
    try {
      Path folder = Files.createTempDirectory("misuse");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("checkpoint.safetensors");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path written(Map<String, Tensor> arrays) throws IOException {
    Path file = file();
    ArrayFile.write(file, arrays);
    return file;
  }

  private static Path saved(Parameters parameters) throws IOException {
    Path file = file();
    new Checkpoint(1, 0, 0, 1, 100, 0.01).save(file, parameters, optimiser(parameters));
    return file;
  }

  private static void load(Parameters from, Parameters to) throws IOException {
    Checkpoint.load(saved(from), to, optimiser(to));
  }

  private static Path truncated(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    return file;
  }

  private static Trainer trainer(Task task, Schedule schedule) {
    return new Trainer(
        task, new Trainer.Plan(1, 1, schedule, 1, 1, 1, 1), AdamW.Settings.USUAL, file());
  }

  /** A task whose loss is so many numbers. */
  private record Broken(Parameters parameters, int numbers) implements Task {
    Broken(int numbers) {
      this(model("w"), numbers);
    }

    @Override
    public Variable loss(long step, Pass pass) {
      return Variable.constant(Tensor.zeros(numbers));
    }

    @Override
    public Evaluation evaluate() {
      return new Evaluation(0, 0);
    }
  }

  static final Trainer.Listener NOBODY =
      new Trainer.Listener() {
        @Override
        public void step(long step, double loss) {}

        @Override
        public void evaluated(Trainer.Progress progress) {}
      };
}
