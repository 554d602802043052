package dev.qkv.app.cli;

import dev.qkv.app.report.Sentence;
import dev.qkv.app.training.FolderLock;
import dev.qkv.app.training.Metrics;
import dev.qkv.app.training.TrainingReport;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.AdamW;
import dev.qkv.nn.train.Checkpoint;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Task;
import dev.qkv.nn.train.Trainer;
import dev.qkv.nn.train.TrainingFailure;
import dev.qkv.tensor.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code qkv train}: trains a small transformer on a task, and shows how it went. */
final class TrainCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final long PATIENT_SECONDS = 30;
  private static final int STOPPED = 130;

  /** A task with the plan that suits it. */
  private enum Named {
    REVERSAL(1000, 50, 3e-3, 1) {
      @Override
      Task create(long seed) {
        return new Reversal(seed);
      }
    },
    ANOMALY(1000, 50, 1e-3, 1) {
      @Override
      Task create(long seed) {
        return new Anomaly(seed);
      }
    };

    private final int steps;
    private final int every;
    private final double rate;
    private final double goal;

    Named(int steps, int every, double rate, double goal) {
      this.steps = steps;
      this.every = every;
      this.rate = rate;
      this.goal = goal;
    }

    abstract Task create(long seed);
  }

  private static final List<String> TASKS =
      Arrays.stream(Named.values()).map(TrainCommand::lower).toList();

  private final Console console;
  private final ResourceBundle words;
  private final PositionalParamSpec name;
  private final OptionSpec out = Options.text("--out", "DIR", "train.out");
  private final OptionSpec steps = number("--steps", Integer.class, "train.steps");
  private final OptionSpec rate = number("--rate", Double.class, "train.rate");
  private final OptionSpec seed = number("--seed", Integer.class, "train.seed");
  private final OptionSpec resume = Options.flag("--resume", "train.resume");
  private final OptionSpec json = Options.flag("--json", "train.json");
  private final OptionSpec language = Options.language("attend.lang");

  private TrainCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
    this.name =
        PositionalParamSpec.builder()
            .index("0")
            .paramLabel("reversal|anomaly")
            .required(true)
            .type(String.class)
            .completionCandidates(TASKS)
            .descriptionKey("train.task")
            .build();
  }

  private static OptionSpec number(String name, Class<?> type, String key) {
    return OptionSpec.builder(name).paramLabel("N").type(type).descriptionKey(key).build();
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    TrainCommand command = new TrainCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addPositional(command.name)
        .addOption(Options.help())
        .addOption(command.out)
        .addOption(command.steps)
        .addOption(command.rate)
        .addOption(command.seed)
        .addOption(command.resume)
        .addOption(command.json)
        .addOption(command.language);
  }

  @Override
  public Integer call() {
    Failure failure = Failure.of(console, Options.given(json), Metrics.SCHEMA);
    try {
      Limits.language(language.getValue(), words);
      return train();
    } catch (TrainingFailure e) {
      return failure.say(
          Unusable.of(
              words,
              e.saved() == 0 ? "train.failed.new" : "train.failed",
              e.step(),
              e.where(),
              e.saved()));
    } catch (Unusable | InvalidPathException | InvalidArgument | IOException e) {
      return failure.say(Unusable.of(words, e));
    }
  }

  private int train() throws Unusable, IOException {
    Named named = named();
    int all = positive("--steps", steps.getValue(), named.steps);
    Double given = rate.getValue();
    double peak = given == null ? named.rate : given;
    if (!(peak > 0) || Double.isInfinite(peak)) {
      throw Unusable.of(words, "error.train.rate", peak);
    }
    Path folder = folder(named);
    Optional<FolderLock> lock = FolderLock.take(folder);
    if (lock.isEmpty()) {
      throw Unusable.inFile(words, "error.train.busy", folder);
    }
    try (FolderLock _ = lock.get()) {
      return train(named, folder, all, peak);
    }
  }

  private int train(Named named, Path folder, int all, double peak) throws Unusable, IOException {
    Integer chosen = seed.getValue();
    int start = chosen == null ? 1 : chosen;
    Task task = named.create(start);
    Schedule schedule = Schedule.cosine(peak, Math.max(1, all / 20), all);
    Trainer.Plan plan =
        new Trainer.Plan(all, named.every, schedule, 1, Integer.MAX_VALUE, named.goal, start);
    Trainer trainer = new Trainer(task, plan, AdamW.Settings.USUAL, folder.resolve(CHECKPOINT));
    Metrics metrics = new Metrics(folder.resolve("metrics.jsonl"));
    long from = 0;
    if (Options.given(resume)) {
      Optional<Checkpoint> before = trainer.resume();
      if (before.isPresent() && before.get().seed() != start) {
        throw Unusable.of(words, "error.train.seed", before.get().seed(), start);
      }
      if (before.isPresent()) {
        sameSchedule(before.get(), schedule, all);
      }
      from = before.map(Checkpoint::step).orElse(0L);
      metrics.resume(from);
    } else {
      metrics.resume(-1);
    }
    return run(task, trainer, metrics, folder, schedule, from, all, named);
  }

  /** That rates go on as they were planned. */
  private void sameSchedule(Checkpoint before, Schedule schedule, int all) throws Unusable {
    double rate = before.step() == 0 ? before.rate() : schedule.rate(before.step());
    if (before.planned() != all || before.rate() != rate) {
      throw Unusable.of(
          words, "error.train.schedule", before.planned(), before.rate(), before.step(), all, rate);
    }
  }

  private int run(
      Task task,
      Trainer trainer,
      Metrics metrics,
      Path folder,
      Schedule schedule,
      long from,
      int all,
      Named named)
      throws IOException {
    CountDownLatch saved = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              trainer.stop();
              try {
                boolean done = saved.await(PATIENT_SECONDS, TimeUnit.SECONDS);
                console.err().println("qkv: " + say(done ? "train.stopped" : "train.late", folder));
                console.out().flush();
                console.err().flush();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    Trainer.End end;
    try (TrainingProgress progress = new TrainingProgress(console, words, from, all)) {
      end =
          trainer.run(
              new Trainer.Listener() {
                @Override
                public void step(long step, double loss) {
                  progress.step(step, loss);
                }

                @Override
                public void evaluated(Trainer.Progress row) throws IOException {
                  metrics.add(row);
                  progress.evaluated(row);
                  line(row);
                }
              });
    } finally {
      saved.countDown();
      remove(hook);
    }
    if (end == Trainer.End.STOPPED) {
      return STOPPED;
    }
    if (!metrics.rows().isEmpty()) {
      new TrainingReport(folder, words, lower(named)).write(task, metrics.rows(), schedule, all);
    }
    if (!Options.given(json)) {
      console.out().println(say("train.done." + end.name().toLowerCase(Locale.ROOT), folder));
    }
    return 0;
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is on its way out: the hook has the last word.
    }
  }

  private void line(Trainer.Progress row) {
    if (Options.given(json)) {
      console.out().print(Metrics.json(row));
    } else {
      console
          .out()
          .println(
              say(
                  "train.line",
                  String.format(Locale.ROOT, "%6d", row.step()),
                  String.format(Locale.ROOT, "%.4f", row.loss()),
                  String.format(Locale.ROOT, "%.4f", row.heldOut().loss()),
                  String.format(Locale.ROOT, "%6.2f", 100 * row.heldOut().accuracy())));
    }
    console.out().flush();
  }

  private Named named() throws Unusable {
    String given = Objects.requireNonNull(name.getValue());
    for (Named named : Named.values()) {
      if (lower(named).equals(given)) {
        return named;
      }
    }
    throw Unusable.of(words, "error.train.task", given, Limits.suggestion(given, TASKS, words));
  }

  private static String lower(Named named) {
    return named.name().toLowerCase(Locale.ROOT);
  }

  private int positive(String option, @Nullable Integer value, int otherwise) throws Unusable {
    if (value != null && value < 1) {
      throw Unusable.of(words, "error.train.positive", option, value);
    }
    return value == null ? otherwise : value;
  }

  /** The folder of the training: new, or one to go on with. */
  private Path folder(Named named) throws Unusable, IOException {
    String given = out.getValue();
    Path folder = Path.of(given == null ? "train-" + lower(named) : given);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Unusable.inFile(words, "error.train.folder", folder);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Unusable.inFile(words, "error.train.create", folder, e.getClass().getSimpleName());
    }
    boolean exists = Files.exists(folder.resolve(CHECKPOINT));
    if (exists && !Options.given(resume)) {
      throw Unusable.inFile(words, "error.train.exists", folder);
    }
    if (!exists && Options.given(resume)) {
      throw Unusable.inFile(words, "error.train.nothing", folder);
    }
    if (!Files.isWritable(folder)) {
      throw Unusable.inFile(words, "error.train.create", folder, "AccessDenied");
    }
    return folder;
  }

  private String say(String key, Object... values) {
    return Sentence.of(words, key, values);
  }
}
