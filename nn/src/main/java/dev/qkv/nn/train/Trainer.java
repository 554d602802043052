package dev.qkv.nn.train;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.ops.SquareSum;
import dev.qkv.ops.Workers;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loop of training: loss, gradients, clipping, step; evaluation and checkpoint now and then.
 */
public final class Trainer {
  /**
   * How to train.
   *
   * @param steps how many at most
   * @param every steps between two evaluations, each with a checkpoint
   * @param schedule learning rates
   * @param longest norm that gradients are clipped to
   * @param patience evaluations without a better loss after which training ends
   * @param goal accuracy at which training ends
   * @param seed of dropout
   */
  public record Plan(
      long steps,
      long every,
      Schedule schedule,
      double longest,
      int patience,
      double goal,
      long seed) {
    /**
     * A plan.
     *
     * @throws InvalidArgument if steps, the norm or the goal is negative, or there is less than one
     *     step or evaluation to wait
     */
    public Plan {
      Objects.requireNonNull(schedule, "schedule");
      Checks.atLeast("training", "steps", 0, steps);
      Checks.atLeast("training", "every", 1, every);
      Checks.atLeast("training", "longest", 0, longest);
      Checks.atLeast("training", "patience", 1, patience);
      Checks.atLeast("training", "goal", 0, goal);
    }
  }

  /**
   * What is known after an evaluation.
   *
   * @param step steps made
   * @param loss mean of the training losses since the last evaluation
   * @param norm of the last gradients, before clipping
   * @param rate learning rate of the last step
   * @param heldOut evaluation on examples that no step sees
   * @param seconds since training began or went on
   */
  public record Progress(
      long step, double loss, double norm, double rate, Task.Evaluation heldOut, double seconds) {
    /** What is known; numbers may be any. */
    public Progress {
      Objects.requireNonNull(heldOut, "heldOut");
    }
  }

  /** Why training ended. */
  public enum End {
    /** All steps were made. */
    STEPS,
    /** The goal was reached. */
    GOAL,
    /** The loss did not become better any more. */
    PATIENCE,
    /** Somebody asked for it. */
    STOPPED
  }

  /** Is told how training goes. */
  public interface Listener {
    /**
     * After each step.
     *
     * @param step steps made
     * @param loss of this step
     */
    void step(long step, double loss);

    /**
     * After each evaluation.
     *
     * @param progress what is known
     * @throws IOException if it cannot be written down
     */
    void evaluated(Progress progress) throws IOException;
  }

  private final Task task;
  private final Plan plan;
  private final Path checkpoint;
  private final AdamW optimiser;
  private volatile boolean stopped;
  private Checkpoint state;

  /**
   * A trainer at the start.
   *
   * @param task what is learned
   * @param plan how
   * @param settings of the optimiser
   * @param checkpoint where the state is saved
   */
  public Trainer(Task task, Plan plan, AdamW.Settings settings, Path checkpoint) {
    this.task = Objects.requireNonNull(task, "task");
    this.plan = Objects.requireNonNull(plan, "plan");
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    this.optimiser = new AdamW(task.parameters(), settings);
    this.state = new Checkpoint(0, Double.POSITIVE_INFINITY, 0, plan.seed(), plan.steps(), 0);
  }

  /**
   * Goes back to the checkpoint, if there is one.
   *
   * @return where it was
   * @throws IOException if the file cannot be read
   * @throws InvalidArgument if it is that of another model
   */
  public Optional<Checkpoint> resume() throws IOException {
    if (!Files.exists(checkpoint)) {
      return Optional.empty();
    }
    state = Checkpoint.load(checkpoint, task.parameters(), optimiser);
    return Optional.of(state);
  }

  /** Asks for an end after the step that is being made; its state is saved. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains.
   *
   * @param listener is told how it goes
   * @return why it ended
   * @throws IOException if a checkpoint cannot be written; the one before is still there
   * @throws TrainingFailure if a loss, a gradient or a parameter is no number any more; the
   *     checkpoint is then the last from before
   * @throws InvalidArgument if the schedule gives a rate that is negative or not finite, the loss
   *     is more than one number, or the task adds parameters after the first step
   */
  public End run(Listener listener) throws IOException {
    Objects.requireNonNull(listener, "listener");
    long start = System.nanoTime();
    if (state.step() > 0) {
      // A training that had ended when it was saved does not go on.
      End before = end(task.evaluate());
      if (before != null) {
        return before;
      }
    }
    double sum = 0;
    long since = 0;
    for (long step = state.step() + 1; step <= plan.steps(); step++) {
      Made made = make(step);
      sum += made.loss();
      since++;
      listener.step(step, made.loss());
      boolean last = step == plan.steps() || stopped;
      if (step % plan.every() == 0 || last) {
        Task.Evaluation heldOut = task.evaluate();
        checkState(step, heldOut);
        double seconds = (System.nanoTime() - start) / 1e9;
        boolean better = heldOut.loss() < state.best();
        state =
            new Checkpoint(
                step,
                better ? heldOut.loss() : state.best(),
                better ? 0 : state.since() + 1,
                plan.seed(),
                plan.steps(),
                made.rate());
        listener.evaluated(
            new Progress(step, sum / since, made.norm(), made.rate(), heldOut, seconds));
        state.save(checkpoint, task.parameters(), optimiser);
        sum = 0;
        since = 0;
        End end = end(heldOut);
        if (end != null) {
          return end;
        }
      }
      if (stopped) {
        return End.STOPPED;
      }
    }
    return End.STEPS;
  }

  /** What a step was. */
  private record Made(double loss, double norm, double rate) {}

  /** Makes a step; its many small operations share their helpers. */
  private Made make(long step) {
    Parameters parameters = task.parameters();
    Made[] made = new Made[1];
    Workers.ALL.run(
        () -> {
          parameters.clearGradients();
          Variable loss = task.loss(step, Pass.training(plan.seed() + step));
          if (!isFinite(loss.value())) {
            throw new TrainingFailure(step, culprit(), state.step());
          }
          loss.backward();
          checkGradients(step);
          double norm = AdamW.clip(parameters, plan.longest());
          double rate = plan.schedule().rate(step);
          optimiser.step(rate);
          made[0] = new Made(loss.value().get(0), norm, rate);
        });
    return made[0];
  }

  /** Why training ends after this evaluation; null if it goes on. */
  private @Nullable End end(Task.Evaluation heldOut) {
    if (heldOut.accuracy() >= plan.goal()) {
      return End.GOAL;
    }
    return state.since() >= plan.patience() ? End.PATIENCE : null;
  }

  private static boolean isFinite(Tensor tensor) {
    return Double.isFinite(SquareSum.of(tensor));
  }

  private void checkGradients(long step) {
    task.parameters()
        .all()
        .forEach(
            (name, p) -> {
              if (p.hasGradient() && !isFinite(p.gradient())) {
                throw new TrainingFailure(step, name, state.step());
              }
            });
  }

  /** That what would be saved is worth it: the checkpoint before is gone afterwards. */
  private void checkState(long step, Task.Evaluation heldOut) {
    task.parameters()
        .all()
        .forEach(
            (name, p) -> {
              if (!isFinite(p.value())
                  || !isFinite(optimiser.mean(name))
                  || !isFinite(optimiser.square(name))) {
                throw new TrainingFailure(step, name, state.step());
              }
            });
    if (!Double.isFinite(heldOut.loss())) {
      throw new TrainingFailure(step, culprit(), state.step());
    }
  }

  /** The first parameter that is no number any more; else the one with the largest number. */
  private String culprit() {
    String worst = "";
    float largest = -1;
    for (Map.Entry<String, Variable> entry : task.parameters().all().entrySet()) {
      for (float value : entry.getValue().value().data()) {
        if (!Float.isFinite(value)) {
          return entry.getKey();
        }
        if (Math.abs(value) > largest) {
          largest = Math.abs(value);
          worst = entry.getKey();
        }
      }
    }
    return worst;
  }
}
