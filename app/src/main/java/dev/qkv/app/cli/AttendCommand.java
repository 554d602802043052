package dev.qkv.app.cli;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Engine;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Stage;
import dev.qkv.io.ArrayFile;
import dev.qkv.reference.AttentionDefinition;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code qkv attend}: attention over arrays in files. */
final class AttendCommand implements Callable<Integer> {
  /** The path where formulas are evaluated as they are written. */
  static final String FLOAT64 = "float64";

  private static final long REPEAT_NANOS = 1_500_000_000L;
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final String NPY = ".npy";
  private static final int MOST_REPEATS = 200;

  private final Console console;
  private final ResourceBundle words;
  private final OptionSpec q =
      OptionSpec.builder("--q")
          .paramLabel("FILE")
          .required(true)
          .type(String.class)
          .descriptionKey("attend.q")
          .build();
  private final OptionSpec k = Options.text("--k", "FILE", "attend.k");
  private final OptionSpec v = Options.text("--v", "FILE", "attend.v");
  private final OptionSpec out = Options.text("--out", "FILE", "attend.out");
  private final OptionSpec logSumExp = Options.flag("--lse", "attend.lse");
  private final OptionSpec weights = Options.flag("--weights", "attend.weights");
  private final OptionSpec reference = Options.flag("--reference", "attend.reference");
  private final OptionSpec json = Options.flag("--json", "json");
  private final OptionSpec language = Options.language("attend.lang");
  private final AttendOptions choices;
  private final AttendGradients gradients;

  private AttendCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
    this.choices = new AttendOptions(words);
    this.gradients = new AttendGradients(words);
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    AttendCommand command = new AttendCommand(console, words);
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(command)
            .addOption(Options.help())
            .addOption(command.q)
            .addOption(command.k)
            .addOption(command.v)
            .addOption(command.out)
            .addOption(command.logSumExp)
            .addOption(command.weights)
            .addOption(command.reference)
            .addOption(command.json)
            .addOption(command.language);
    command.choices.addTo(spec);
    command.gradients.addTo(spec);
    return spec;
  }

  @Override
  public Integer call() {
    Failure failure = Failure.of(console, Options.given(json), AttendJson.SCHEMA);
    try {
      Limits.language(language.getValue(), words);
      attend(Options.given(json) ? new AttendJson(console) : new AttendText(console, words));
      return 0;
    } catch (Unusable | InvalidPathException | InvalidArgument | IOException e) {
      return failure.say(Unusable.of(words, e));
    } catch (OutOfMemoryError e) {
      return failure.say(
          Unusable.of(words, "error.memory", Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private void attend(AttendReport report) throws Unusable, IOException {
    Optional<Stage> stage = choices.stage();
    boolean more = Options.given(logSumExp) || Options.given(weights) || stage.isPresent();
    if (more && out.getValue() == null) {
      throw Unusable.of(words, "error.attend.out");
    }
    boolean backward = gradients.wanted();
    checkFiles();
    ArraySource source = ArraySource.of(Objects.requireNonNull(q.getValue()), "q", words);
    Tensor queries = load(report, "q", source);
    Tensor keys = load(report, "k", beside(source, k, "k"));
    Tensor values = load(report, "v", beside(source, v, "v"));
    Tensor dOutput = backward ? load(report, "dz", gradients.source()) : null;
    AxisOrder order = choices.axisOrder();
    int heads = queries.rank() < 2 ? 1 : queries.rank() > 4 ? 1 : queries.layout(order).heads();
    AttendCall call =
        new AttendCall(choices.attention(heads), queries, keys, values, choices.batch());
    Map<String, Tensor> results = new LinkedHashMap<>();
    List<AttendGradients.Written> written = List.of();
    int steps =
        1 + (Options.given(weights) ? 1 : 0) + (stage.isPresent() ? 1 : 0) + (backward ? 1 : 0);
    try (Progress progress =
        new Progress(console, words, "progress.attend", steps, Progress.USUAL_PAUSE)) {
      Forward forward =
          progress.done(Options.given(reference) ? reference(report, call) : engine(report, call));
      results.put("out", forward.output());
      if (Options.given(logSumExp)) {
        results.put("lse", forward.logSumExp());
      }
      if (Options.given(weights)) {
        results.put(
            "weights", progress.done(call.attention().weights(queries, keys, call.batch())));
      }
      if (stage.isPresent()) {
        results.put(
            "scores",
            progress.done(call.attention().scores(queries, keys, call.batch(), stage.get())));
      }
      if (dOutput != null) {
        written = progress.done(backward(report, call, forward, dOutput));
      }
    }
    write(report, results);
    for (AttendGradients.Written one : written) {
      report.output(one.name(), one.tensor(), one.file(), null);
    }
    report.end();
  }

  /** Says at once which file cannot be written later, or would be written twice. */
  private void checkFiles() throws Unusable, IOException {
    Map<String, String> files = new LinkedHashMap<>();
    String given = out.getValue();
    if (given != null) {
      files.put("--out", given);
    }
    files.putAll(gradients.files());
    Map<Path, String> options = new HashMap<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = Path.of(file.getValue());
      ArrayFile.check(path);
      // Its folder exists, under whatever name.
      Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent()).toRealPath();
      String other = options.put(folder.resolve(path.getFileName()), file.getKey());
      if (other != null) {
        throw Unusable.inFile(words, "error.attend.same", path, other, file.getKey());
      }
    }
  }

  private List<AttendGradients.Written> backward(
      AttendReport report, AttendCall call, Forward forward, Tensor dOutput) throws IOException {
    long start = System.nanoTime();
    Gradients all = gradients.engine(call, forward, dOutput);
    report.backward((double) (System.nanoTime() - start));
    if (Options.given(reference)) {
      report.backwardReference(AttendGradients.reference(call, dOutput, all));
    }
    return gradients.write(all);
  }

  /** The array that an option names; without it, the one of that name in the file of --q. */
  private ArraySource beside(ArraySource queries, OptionSpec option, String role)
      throws Unusable, IOException {
    String given = option.getValue();
    if (given == null && queries.name().equals(ArrayFile.ONLY)) {
      throw Unusable.of(words, "error.attend.missing", "--" + role, queries.file());
    }
    return ArraySource.of(given == null ? queries.file() + "#" + role : given, role, words);
  }

  private static Tensor load(AttendReport report, String role, ArraySource source)
      throws IOException {
    report.input(role, source);
    return source.array().floats();
  }

  private static Forward engine(AttendReport report, AttendCall call) {
    Attention attention = call.attention();
    Tensor q = call.q();
    Tensor k = call.k();
    Tensor v = call.v();
    Batch batch = call.batch();
    long start = System.nanoTime();
    Forward forward = attention.forward(q, k, v, batch);
    long first = System.nanoTime() - start;
    double[] times = new double[MOST_REPEATS];
    int count = 0;
    long end = System.nanoTime() + REPEAT_NANOS;
    while (count < MOST_REPEATS && System.nanoTime() < end && first < PATIENCE_NANOS) {
      long from = System.nanoTime();
      attention.forward(q, k, v, batch, forward.output(), forward.logSumExp());
      times[count++] = System.nanoTime() - from;
    }
    // The first half is left to the compiler.
    Arrays.sort(times, count / 2, count);
    double median = count == 0 ? first : times[count / 2 + (count - count / 2) / 2];
    AxisOrder order = call.axisOrder();
    double work =
        2.0 * attention.pairs(q, k, batch) * (q.layout(order).dim() + v.layout(order).dim());
    report.engine(Engine.describe(), (double) first, median, count, work / median);
    return forward;
  }

  private static Forward reference(AttendReport report, AttendCall call) {
    // The engine's rules hold for the reference as well.
    Forward forward = call.attention().forward(call.q(), call.k(), call.v(), call.batch());
    AttentionDefinition definition = call.definition();
    long start = System.nanoTime();
    AttentionDefinition.Whole whole = definition.whole();
    long time = System.nanoTime() - start;
    double largest = ReferenceNumbers.replace(forward.output(), call.axisOrder(), whole.output());
    ReferenceNumbers.replace(forward.logSumExp(), whole.logSumExp());
    report.reference((double) time, largest);
    return forward;
  }

  /** One file for all in an archive; beside a .npy file its siblings NAME.lse.npy and so on. */
  private void write(AttendReport report, Map<String, Tensor> results) throws IOException {
    String given = out.getValue();
    if (given == null) {
      results.forEach((name, tensor) -> report.output(name, tensor, null, null));
      return;
    }
    String ending = given.toLowerCase(Locale.ROOT);
    if (!ending.endsWith(NPY)) {
      ArrayFile.write(Path.of(given), results);
      results.forEach((name, tensor) -> report.output(name, tensor, given, name));
      return;
    }
    for (Map.Entry<String, Tensor> result : results.entrySet()) {
      String name = result.getKey();
      String file =
          name.equals("out")
              ? given
              : given.substring(0, given.length() - NPY.length()) + "." + name + NPY;
      ArrayFile.write(Path.of(file), Map.of(ArrayFile.ONLY, result.getValue()));
      report.output(name, result.getValue(), file, null);
    }
  }
}
