package dev.qkv.app.cli;

import dev.qkv.app.report.Sentence;
import dev.qkv.io.ArrayFile;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A line for each thing, as soon as it is known.
 *
 * @param console where to
 * @param words the program's words
 */
record AttendText(Console console, ResourceBundle words) implements AttendReport {
  @Override
  public void input(String role, ArraySource source) {
    String shape = Arrays.toString(source.array().shape());
    String array = source.name().equals(ArrayFile.ONLY) ? null : source.name();
    line(role, shape + " " + source.array().type(), where(source.file(), array));
  }

  @Override
  public void engine(String path, double firstNanos, double nanos, int calls, double gigaflops) {
    line("path", path, "");
    line("time", say("attend.time", millis(firstNanos), millis(nanos), calls), "");
    line("speed", String.format(Locale.ROOT, "%.1f GFLOP/s", gigaflops), "");
  }

  @Override
  public void reference(double nanos, double difference) {
    line("path", AttendCommand.FLOAT64, "");
    line("time", millis(nanos) + " ms", "");
    backwardReference(difference);
  }

  @Override
  public void backward(double nanos) {
    line("backward", millis(nanos) + " ms", "");
  }

  @Override
  public void backwardReference(double difference) {
    line("engine", say("attend.difference", String.format(Locale.ROOT, "%.2g", difference)), "");
  }

  @Override
  public void output(String name, Tensor tensor, @Nullable String file, @Nullable String array) {
    line(name, Arrays.toString(tensor.shape()), file == null ? "" : where(file, array));
  }

  @Override
  public void end() {
    // Everything was said when it happened.
  }

  private static String where(String file, @Nullable String array) {
    return array == null ? file : file + "#" + array;
  }

  private void line(String label, String what, String where) {
    console.out().println(String.format("%-8s %-28s %s", label, what, where).stripTrailing());
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  private String say(String key, Object... values) {
    return Sentence.of(words, key, values);
  }
}
