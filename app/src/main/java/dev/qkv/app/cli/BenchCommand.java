package dev.qkv.app.cli;

import dev.qkv.app.bench.Choice;
import dev.qkv.app.bench.EngineBench;
import dev.qkv.app.bench.EngineBench.Report;
import dev.qkv.app.bench.EngineBench.Row;
import dev.qkv.attention.Engine;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.report.JsonWriter;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code qkv bench}: how fast the engine is on this machine. */
final class BenchCommand implements Callable<Integer> {
  private static final String SCHEMA = "bench-1";
  private static final double NANOS_EACH = 0.45e9;
  private static final int BAR = 25;

  private final Console console;
  private final ResourceBundle words;
  private final OptionSpec json = Options.flag("--json", "json");
  private final OptionSpec language = Options.language("attend.lang");

  private BenchCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    BenchCommand command = new BenchCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addOption(Options.help())
        .addOption(command.json)
        .addOption(command.language);
  }

  @Override
  public Integer call() {
    try {
      Limits.language(language.getValue(), words);
    } catch (Unusable e) {
      return Failure.of(console, Options.given(json), SCHEMA).say(e);
    }
    Report report;
    try (Progress progress =
        new Progress(console, words, "progress.bench", EngineBench.count(), Progress.USUAL_PAUSE)) {
      report = EngineBench.run(NANOS_EACH, progress::done);
    }
    console.out().print(Options.given(json) ? json(report) : table(report));
    return 0;
  }

  private String table(Report report) {
    StringBuilder out = new StringBuilder();
    out.append(
        say(
            "bench.machine",
            Engine.describe(),
            one(report.peakOne()),
            one(report.peakAll()),
            one(report.readOne()),
            one(report.readAll()),
            report.threads()));
    out.append('\n');
    int threads = 0;
    for (Row row : report.rows()) {
      if (row.threads() != threads) {
        threads = row.threads();
        out.append('\n').append(say("bench.header", threads)).append('\n');
      }
      double share = row.result().ofPeak();
      int filled = (int) Math.round(Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1) * BAR);
      out.append(
          String.format(
              Locale.ROOT,
              "  %-24s %12.3f µs %8.1f GFLOP/s %4.0f %%  %s%s%s%n",
              row.which().name(),
              row.result().nanos() / 1e3,
              row.result().gigaflops(),
              100 * share,
              "█".repeat(filled),
              "░".repeat(BAR - filled),
              timesPlain(row)));
    }
    return out.toString();
  }

  /** How many times as long as without the choice. */
  private String timesPlain(Row row) {
    if (row.which().choice() == Choice.NONE) {
      return "";
    }
    String times = String.format(Locale.ROOT, "%.2f", row.result().slower());
    return "  " + say("bench.times", times);
  }

  static String json(Report report) {
    return Json.document(
        SCHEMA,
        out -> {
          out.writeStringProperty("path", Engine.describe());
          out.writeStringProperty("java", Runtime.version().toString());
          out.writeNumberProperty("threads", report.threads());
          Json.number(out, "peak_gflops_one_thread", report.peakOne());
          Json.number(out, "peak_gflops_all_threads", report.peakAll());
          Json.number(out, "read_gb_per_s_one_thread", report.readOne());
          Json.number(out, "read_gb_per_s_all_threads", report.readAll());
          out.writeArrayPropertyStart("rows");
          report.rows().forEach(row -> row(out, row));
          out.writeEndArray();
          Finding.writeErrors(out, List.of());
        });
  }

  private static void row(JsonWriter out, Row row) {
    out.writeStartObject();
    out.writeStringProperty("case", row.which().name());
    out.writeNumberProperty("threads", row.threads());
    Json.number(out, "nanoseconds", row.result().nanos());
    Json.number(out, "gflops", row.result().gigaflops());
    Json.number(out, "share_of_peak", row.result().ofPeak());
    Json.number(out, "times_without_choice", row.result().slower());
    Json.number(out, "gb_per_s", row.which().bytes() / row.result().nanos());
    out.writeEndObject();
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private String say(String key, Object... values) {
    return MessageFormat.format(words.getString(key), values);
  }
}
