package dev.qkv.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.qkv.io.InvalidFile;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Reversal;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Optimiser, schedules, checkpoints and the loop. */
class TrainingTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("checkpoint.safetensors");
  }

  private static Trainer.Plan plan(long steps, long every, double rate) {
    return new Trainer.Plan(steps, every, Schedule.constant(rate), 1, 1000, 2, 5);
  }

  private static final Trainer.Listener NOBODY =
      new Trainer.Listener() {
        @Override
        public void step(long step, double loss) {}

        @Override
        public void evaluated(Trainer.Progress progress) {}
      };

  @Test
  void adamWFollowsItsFormulaInFloat64() {
    Parameters parameters = new Parameters(1);
    Variable p = parameters.normal("p", 1, 7);
    AdamW optimiser = new AdamW(parameters, AdamW.Settings.USUAL);
    double[] exact = new double[7];
    double[] m = new double[7];
    double[] v = new double[7];
    Arrays.setAll(exact, i -> p.value().get(i));
    for (int step = 1; step <= 20; step++) {
      parameters.clearGradients();
      float[] g = new float[7];
      for (int i = 0; i < 7; i++) {
        g[i] = (float) Math.sin(step * (i + 1));
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        exact[i] -= 0.01 * 0.01 * exact[i];
        exact[i] -=
            0.01
                * (m[i] / (1 - Math.pow(0.9, step)))
                / (Math.sqrt(v[i] / (1 - Math.pow(0.999, step))) + 1e-8);
      }
      p.plus(Variable.constant(Tensor.zeros(7))).backward(Tensor.of(g, 7));
      optimiser.step(0.01);
    }
    for (int i = 0; i < 7; i++) {
      assertThat(Math.abs(p.value().get(i) - exact[i]) < 1e-5).isTrue();
    }
  }

  @Test
  void clippingKeepsTheDirection() {
    Parameters parameters = new Parameters(1);
    Variable p = parameters.constant("p", 0, 2);
    p.plus(Variable.constant(Tensor.zeros(2))).backward(Tensor.of(new float[] {3, 4}, 2));
    assertThat(AdamW.clip(parameters, 1)).isEqualTo(5);
    assertThat(p.gradient().data()).containsExactly(0.6f, 0.8f);
    assertThat(AdamW.clip(parameters, 10)).isCloseTo(1, within(1e-6));
  }

  @Test
  void whatHasNoGradientIsNotClippedAndOnlyDecays() {
    Parameters parameters = new Parameters(1);
    Variable p = parameters.constant("p", 2, 3);
    assertThat(AdamW.clip(parameters, 0)).isZero();
    assertThat(p.hasGradient()).isFalse();
    AdamW optimiser = new AdamW(parameters, new AdamW.Settings(0.9, 0.999, 1e-8, 0.5));
    optimiser.step(0.5);
    assertThat(p.value().data()).containsOnly(1.5f);
    assertThat(optimiser.mean("p").data()).containsOnly(0);
  }

  @Test
  void schedules() {
    Schedule cosine = Schedule.cosine(2, 10, 110);
    assertThat(cosine.rate(5)).isEqualTo(1);
    assertThat(cosine.rate(10)).isEqualTo(2);
    assertThat(cosine.rate(60)).isCloseTo(1, within(1e-12));
    assertThat(cosine.rate(110)).isZero();
    Schedule root = Schedule.inverseRoot(64, 100);
    assertThat(root.rate(100)).isEqualTo(1 / 80.0);
    assertThat(root.rate(50)).isCloseTo(1 / 160.0, within(1e-12));
    assertThat(root.rate(400)).isEqualTo(1 / 160.0);
  }

  @Test
  void trainingThatGoesOnHasTheSameBits() throws IOException {
    Anomaly whole = new Anomaly(5);
    new Trainer(whole, plan(6, 3, 1e-3), AdamW.Settings.USUAL, folder.resolve("w.safetensors"))
        .run(NOBODY);
    new Trainer(new Anomaly(5), plan(3, 3, 1e-3), AdamW.Settings.USUAL, file()).run(NOBODY);
    Anomaly second = new Anomaly(5);
    Trainer trainer = new Trainer(second, plan(6, 3, 1e-3), AdamW.Settings.USUAL, file());
    assertThat(trainer.resume().orElseThrow().step()).isEqualTo(3);
    trainer.run(NOBODY);
    second
        .parameters()
        .all()
        .forEach(
            (name, p) ->
                assertThat(p.value().data())
                    .as(name)
                    .isEqualTo(
                        whole.parameters().all().getOrDefault(name, p.times(2)).value().data()));
    assertThat(Files.readAllBytes(file()))
        .isEqualTo(Files.readAllBytes(folder.resolve("w.safetensors")));
  }

  @Test
  void theLossFallsAndTheGoalEndsIt() throws IOException {
    List<Double> losses = new ArrayList<>();
    Trainer.Plan plan = new Trainer.Plan(60, 20, Schedule.constant(3e-3), 1, 1000, 0.13, 1);
    Trainer.End end =
        new Trainer(new Reversal(1), plan, AdamW.Settings.USUAL, file())
            .run(
                new Trainer.Listener() {
                  @Override
                  public void step(long step, double loss) {
                    losses.add(loss);
                  }

                  @Override
                  public void evaluated(Trainer.Progress progress) {}
                });
    assertThat(end).isEqualTo(Trainer.End.GOAL);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
  }

  @Test
  void itEndsWhenNothingBecomesBetter() throws IOException {
    Trainer.Plan plan = new Trainer.Plan(50, 1, Schedule.constant(0), 1, 3, 2, 1);
    Trainer.End end = new Trainer(new Reversal(1), plan, AdamW.Settings.USUAL, file()).run(NOBODY);
    assertThat(end).isEqualTo(Trainer.End.PATIENCE);
  }

  @Test
  void whatHadReachedItsGoalDoesNotGoOn() throws IOException {
    Trainer.Plan plan = new Trainer.Plan(60, 20, Schedule.constant(3e-3), 1, 1000, 0.13, 1);
    Trainer first = new Trainer(new Reversal(1), plan, AdamW.Settings.USUAL, file());
    assertThat(first.run(NOBODY)).isEqualTo(Trainer.End.GOAL);
    byte[] reached = Files.readAllBytes(file());
    Trainer again = new Trainer(new Reversal(1), plan, AdamW.Settings.USUAL, file());
    again.resume();
    assertThat(again.run(NOBODY)).isEqualTo(Trainer.End.GOAL);
    assertThat(Files.readAllBytes(file())).isEqualTo(reached);
  }

  @Test
  void aFlippedBitIsNoticed() throws IOException {
    new Trainer(new Reversal(1), plan(1, 1, 1e-3), AdamW.Settings.USUAL, file()).run(NOBODY);
    byte[] good = Files.readAllBytes(file());
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), bad);
      Trainer trainer =
          new Trainer(new Reversal(1), plan(2, 1, 1e-3), AdamW.Settings.USUAL, file());
      assertThat(catchThrowable(trainer::resume))
          .isInstanceOfAny(InvalidFile.class, InvalidArgument.class);
    }
  }

  @Test
  void stoppingSaves() throws IOException {
    Trainer trainer =
        new Trainer(new Reversal(1), plan(50, 100, 1e-3), AdamW.Settings.USUAL, file());
    trainer.stop();
    assertThat(trainer.run(NOBODY)).isEqualTo(Trainer.End.STOPPED);
    Trainer again = new Trainer(new Reversal(1), plan(50, 100, 1e-3), AdamW.Settings.USUAL, file());
    assertThat(again.resume().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void aLossThatIsNoNumberLeavesTheLastGoodCheckpoint() throws IOException {
    new Trainer(new Reversal(1), plan(4, 2, 1e-3), AdamW.Settings.USUAL, file()).run(NOBODY);
    byte[] good = Files.readAllBytes(file());
    Trainer trainer = new Trainer(new Reversal(1), plan(9, 20, 1e30), AdamW.Settings.USUAL, file());
    trainer.resume();
    TrainingFailure failure =
        catchThrowableOfType(TrainingFailure.class, () -> trainer.run(NOBODY));
    assertThat(failure.step()).isEqualTo(6);
    assertThat(failure.saved()).isEqualTo(4);
    assertThat(new Reversal(1).parameters().all()).containsKey(failure.where());
    assertThat(Files.readAllBytes(file())).isEqualTo(good);
  }

  @Test
  void aStepThatRuinsTheModelLeavesTheLastGoodCheckpoint() throws IOException {
    new Trainer(new Reversal(1), plan(4, 2, 1e-3), AdamW.Settings.USUAL, file()).run(NOBODY);
    byte[] good = Files.readAllBytes(file());
    // At the first rate parameters are finite and the held-out loss is not, at the second neither.
    for (double rate : new double[] {1e30, 1e300}) {
      Trainer trainer =
          new Trainer(new Reversal(1), plan(9, 1, rate), AdamW.Settings.USUAL, file());
      trainer.resume();
      TrainingFailure failure =
          catchThrowableOfType(TrainingFailure.class, () -> trainer.run(NOBODY));
      assertThat(failure.step()).isEqualTo(5);
      assertThat(failure.saved()).isEqualTo(4);
      assertThat(Files.readAllBytes(file())).isEqualTo(good);
    }
  }

  @Test
  void anEvaluationThatNoticesNothingDoesNotMakeARuinedModelGood() throws IOException {
    Parameters parameters = new Parameters(1);
    Variable p = parameters.constant("p", 1, 1);
    Task task =
        new Task() {
          @Override
          public Parameters parameters() {
            return parameters;
          }

          @Override
          public Variable loss(long step, Pass pass) {
            return p.times(1);
          }

          @Override
          public Evaluation evaluate() {
            return new Evaluation(1, 0);
          }
        };
    Trainer trainer = new Trainer(task, plan(9, 1, 1e300), AdamW.Settings.USUAL, file());
    TrainingFailure failure =
        catchThrowableOfType(TrainingFailure.class, () -> trainer.run(NOBODY));
    assertThat(failure.step()).isEqualTo(1);
    assertThat(failure.where()).isEqualTo("p");
    assertThat(file()).doesNotExist();
  }

  @Test
  void checkpointsOfSomethingElseAreRefusedAndChangeNothing() throws IOException {
    new Trainer(new Reversal(1), plan(1, 1, 1e-3), AdamW.Settings.USUAL, file()).run(NOBODY);
    Anomaly other = new Anomaly(1);
    float before = other.loss(1, Pass.inference()).value().get(0);
    Trainer trainer = new Trainer(other, plan(1, 1, 1e-3), AdamW.Settings.USUAL, file());
    InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, trainer::resume);
    assertThat(thrown).hasMessageStartingWith("checkpoint: ").hasMessageEndingWith(" is missing");
    assertThat(other.loss(1, Pass.inference()).value().get(0)).isEqualTo(before);

    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length - 100));
    Trainer truncated =
        new Trainer(new Reversal(1), plan(1, 1, 1e-3), AdamW.Settings.USUAL, file());
    assertThat(catchThrowableOfType(InvalidFile.class, truncated::resume)).isNotNull();
  }

  @Test
  void anUnwritableFolderKeepsWhatIsThere() throws IOException {
    Path missing = folder.resolve("gone").resolve("checkpoint.safetensors");
    Trainer trainer = new Trainer(new Reversal(1), plan(2, 1, 1e-3), AdamW.Settings.USUAL, missing);
    assertThat(catchThrowableOfType(IOException.class, () -> trainer.run(NOBODY))).isNotNull();
  }

  @Test
  void permutingASetPermutesTheAnswer() {
    assertThat(new Anomaly(2).equivariance() <= 1e-5).isTrue();
  }
}
