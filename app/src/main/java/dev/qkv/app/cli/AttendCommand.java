package dev.qkv.app.cli;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Engine;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Stage;
import dev.qkv.io.ArrayFile;
import dev.qkv.io.InvalidFile;
import dev.qkv.reference.AttentionDefinition;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
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
            .addOption(command.language);
    command.choices.addTo(spec);
    command.gradients.addTo(spec);
    return spec;
  }

  @Override
  public Integer call() {
    Locale locale = words.getLocale();
    try {
      Limits.language(language.getValue(), words);
      attend();
      return 0;
    } catch (Unusable | InvalidPathException e) {
      console.err().println("qkv: " + e.getMessage());
    } catch (InvalidFile e) {
      console.err().println("qkv: " + e.message(locale));
    } catch (InvalidArgument e) {
      console.err().println("qkv: " + e.message(locale));
    } catch (IOException e) {
      console
          .err()
          .println(
              "qkv: "
                  + say("error.io", String.valueOf(e.getMessage()), e.getClass().getSimpleName()));
    } catch (OutOfMemoryError e) {
      console.err().println("qkv: " + say("error.memory", Runtime.getRuntime().maxMemory() >> 20));
    }
    return 2;
  }

  private void attend() throws Unusable, IOException {
    Optional<Stage> stage = choices.stage();
    boolean more = Options.given(logSumExp) || Options.given(weights) || stage.isPresent();
    if (more && out.getValue() == null) {
      throw Unusable.of(words, "error.attend.out");
    }
    boolean backward = gradients.wanted();
    String given = out.getValue();
    if (given != null) {
      ArrayFile.check(Path.of(given));
    }
    ArraySource source = ArraySource.of(Objects.requireNonNull(q.getValue()), "q", words);
    Tensor queries = load("q", source);
    Tensor keys = load("k", beside(source, k, "k"));
    Tensor values = load("v", beside(source, v, "v"));
    Tensor dOutput = backward ? load("dz", gradients.source()) : null;
    AxisOrder order = choices.axisOrder();
    int heads = queries.rank() < 2 ? 1 : queries.rank() > 4 ? 1 : queries.layout(order).heads();
    Attention attention = choices.attention(heads);
    Map<String, Tensor> results = new LinkedHashMap<>();
    List<AttendGradients.Written> written = List.of();
    int steps =
        1 + (Options.given(weights) ? 1 : 0) + (stage.isPresent() ? 1 : 0) + (backward ? 1 : 0);
    try (Progress progress =
        new Progress(console, words, "progress.attend", steps, Progress.USUAL_PAUSE)) {
      Forward forward =
          progress.done(
              Options.given(reference)
                  ? reference(attention, queries, keys, values)
                  : engine(attention, queries, keys, values));
      results.put("out", forward.output());
      if (Options.given(logSumExp)) {
        results.put("lse", forward.logSumExp());
      }
      if (Options.given(weights)) {
        results.put("weights", progress.done(attention.weights(queries, keys)));
      }
      if (stage.isPresent()) {
        results.put("scores", progress.done(attention.scores(queries, keys, stage.get())));
      }
      if (dOutput != null) {
        written = progress.done(backward(attention, queries, keys, values, forward, dOutput));
      }
    }
    write(results);
    for (AttendGradients.Written one : written) {
      line(one.name(), Arrays.toString(one.tensor().shape()), one.file());
    }
  }

  private List<AttendGradients.Written> backward(
      Attention attention, Tensor q, Tensor k, Tensor v, Forward forward, Tensor dOutput)
      throws IOException {
    long start = System.nanoTime();
    Gradients all = gradients.engine(attention, q, k, v, forward, dOutput);
    long time = System.nanoTime() - start;
    line("backward", millis((double) time) + " ms", "");
    if (Options.given(reference)) {
      double largest = AttendGradients.reference(attention, q, k, v, dOutput, all);
      line("engine", say("attend.difference", String.format(Locale.ROOT, "%.2g", largest)), "");
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

  private Tensor load(String role, ArraySource source) throws IOException {
    line(
        role,
        Arrays.toString(source.array().shape()) + " " + source.array().type(),
        source.file() + (source.name().equals(ArrayFile.ONLY) ? "" : "#" + source.name()));
    return source.array().floats();
  }

  private Forward engine(Attention attention, Tensor q, Tensor k, Tensor v) {
    long start = System.nanoTime();
    Forward forward = attention.forward(q, k, v);
    long first = System.nanoTime() - start;
    double[] times = new double[MOST_REPEATS];
    int count = 0;
    long end = System.nanoTime() + REPEAT_NANOS;
    while (count < MOST_REPEATS && System.nanoTime() < end && first < PATIENCE_NANOS) {
      long from = System.nanoTime();
      attention.forward(q, k, v, forward.output(), forward.logSumExp());
      times[count++] = System.nanoTime() - from;
    }
    // The first half is left to the compiler.
    Arrays.sort(times, count / 2, count);
    double median = count == 0 ? first : times[count / 2 + (count - count / 2) / 2];
    AxisOrder order = attention.settings().axisOrder();
    double work = 2.0 * attention.pairs(q, k) * (q.layout(order).dim() + v.layout(order).dim());
    line("path", Engine.describe(), "");
    line("time", say("attend.time", millis((double) first), millis(median), count), "");
    line("speed", String.format(Locale.ROOT, "%.1f GFLOP/s", work / median), "");
    return forward;
  }

  private Forward reference(Attention attention, Tensor q, Tensor k, Tensor v) {
    // The engine's rules hold for the reference as well.
    attention.pairs(q, k);
    AxisOrder order = attention.settings().axisOrder();
    Layout ql = q.layout(order);
    Layout vl = v.layout(order);
    Tensor output =
        Tensor.zeros(order.shape(q.rank(), ql.batches(), ql.heads(), ql.length(), vl.dim()));
    attention.forward(q, k, v, output);
    AttentionDefinition definition = new AttentionDefinition(attention.settings(), q, k, v);
    long start = System.nanoTime();
    AttentionDefinition.Whole whole = definition.whole();
    long time = System.nanoTime() - start;
    double largest = ReferenceNumbers.replace(output, order, whole.output());
    Tensor logs = Tensor.zeros(ql.batches(), ql.heads(), ql.length());
    ReferenceNumbers.replace(logs, whole.logSumExp());
    line("path", "float64", "");
    line("time", millis((double) time) + " ms", "");
    line("engine", say("attend.difference", String.format(Locale.ROOT, "%.2g", largest)), "");
    return new Forward(output, logs);
  }

  /** One file for all in an archive; beside a .npy file its siblings NAME.lse.npy and so on. */
  private void write(Map<String, Tensor> results) throws IOException {
    String given = out.getValue();
    if (given == null) {
      results.forEach((name, tensor) -> line(name, Arrays.toString(tensor.shape()), ""));
      return;
    }
    String ending = given.toLowerCase(Locale.ROOT);
    if (!ending.endsWith(NPY)) {
      ArrayFile.write(Path.of(given), results);
      results.forEach((name, t) -> line(name, Arrays.toString(t.shape()), given + "#" + name));
      return;
    }
    for (Map.Entry<String, Tensor> result : results.entrySet()) {
      String name = result.getKey();
      String file =
          name.equals("out")
              ? given
              : given.substring(0, given.length() - NPY.length()) + "." + name + NPY;
      ArrayFile.write(Path.of(file), Map.of(ArrayFile.ONLY, result.getValue()));
      line(name, Arrays.toString(result.getValue().shape()), file);
    }
  }

  private void line(String label, String what, String where) {
    console.out().println(String.format("%-8s %-28s %s", label, what, where).stripTrailing());
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  private String say(String key, Object... values) {
    return MessageFormat.format(
        words.getString(key), Arrays.stream(values).map(String::valueOf).toArray());
  }
}
