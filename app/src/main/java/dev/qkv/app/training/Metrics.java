package dev.qkv.app.training;

import dev.qkv.io.WholeFile;
import dev.qkv.nn.train.Task;
import dev.qkv.nn.train.Trainer;
import dev.qkv.sheet.report.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What every evaluation found, one line of JSON each. */
public final class Metrics {
  /** The schema of the lines. */
  public static final String SCHEMA = "train-1";

  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final List<Trainer.Progress> rows = new ArrayList<>();

  /**
   * Metrics in a file.
   *
   * @param file one line of JSON for each evaluation
   */
  public Metrics(Path file) {
    this.file = file;
  }

  /**
   * Takes the lines of a training that goes on; later ones, and broken ones, are dropped.
   *
   * @param step where it goes on from
   * @throws IOException if the file cannot be read or written
   */
  public void resume(long step) throws IOException {
    if (Files.exists(file)) {
      // What is no UTF-8 is no line of this file's either.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      text.lines().forEach(line -> read(line, step));
    }
    write();
  }

  private void write() throws IOException {
    StringBuilder lines = new StringBuilder();
    rows.forEach(row -> lines.append(json(row)));
    WholeFile.replace(file, WholeFile.text(lines));
  }

  private void read(String line, long last) {
    Map<String, Double> numbers = new HashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
          numbers.put(json.currentName(), json.getDoubleValue());
        }
      }
    } catch (JacksonException e) {
      return;
    }
    double step = number(numbers, "step");
    if (step <= last) {
      rows.add(
          new Trainer.Progress(
              (long) step,
              number(numbers, "loss"),
              number(numbers, "gradient_norm"),
              number(numbers, "learning_rate"),
              new Task.Evaluation(
                  number(numbers, "held_out_loss"), number(numbers, "held_out_accuracy")),
              number(numbers, "seconds")));
    }
  }

  private static double number(Map<String, Double> numbers, String name) {
    return numbers.getOrDefault(name, Double.NaN);
  }

  /**
   * One more evaluation.
   *
   * @param row what it found
   * @throws IOException if the line cannot be written
   */
  public void add(Trainer.Progress row) throws IOException {
    rows.add(row);
    write();
  }

  /**
   * All evaluations.
   *
   * @return in their order
   */
  public List<Trainer.Progress> rows() {
    return List.copyOf(rows);
  }

  /**
   * A row as a line of JSON.
   *
   * @param row what an evaluation found
   * @return with its line end
   */
  public static String json(Trainer.Progress row) {
    return Json.line(
        SCHEMA,
        out -> {
          out.writeNumberProperty("step", row.step());
          Json.number(out, "loss", row.loss());
          Json.number(out, "gradient_norm", row.norm());
          Json.number(out, "learning_rate", row.rate());
          Json.number(out, "held_out_loss", row.heldOut().loss());
          Json.number(out, "held_out_accuracy", row.heldOut().accuracy());
          Json.number(out, "seconds", row.seconds());
        });
  }
}
