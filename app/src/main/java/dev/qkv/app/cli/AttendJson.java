package dev.qkv.app.cli;

import dev.qkv.io.ArrayFile;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.report.JsonWriter;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One document at the end; if the command fails, that of the failure stands alone. */
final class AttendJson implements AttendReport {
  static final String SCHEMA = "attend-1";

  private final Console console;
  private final List<Consumer<JsonWriter>> inputs = new ArrayList<>();
  private final List<Consumer<JsonWriter>> measured = new ArrayList<>();
  private final List<Consumer<JsonWriter>> outputs = new ArrayList<>();

  AttendJson(Console console) {
    this.console = console;
  }

  @Override
  public void input(String role, ArraySource source) {
    String array = source.name().equals(ArrayFile.ONLY) ? null : source.name();
    String type = source.array().type().name();
    inputs.add(out -> array(out, role, source.array().shape(), type, source.file(), array));
  }

  @Override
  public void engine(String path, double firstNanos, double nanos, int calls, double gigaflops) {
    measured.add(
        out -> {
          out.writeStringProperty("path", path);
          Json.number(out, "first_nanoseconds", firstNanos);
          Json.number(out, "nanoseconds", nanos);
          out.writeNumberProperty("calls", calls);
          Json.number(out, "gflops", gigaflops);
        });
  }

  @Override
  public void reference(double nanos, double difference) {
    measured.add(
        out -> {
          out.writeStringProperty("path", AttendCommand.FLOAT64);
          Json.number(out, "nanoseconds", nanos);
          Json.number(out, "engine_difference", difference);
        });
  }

  @Override
  public void backward(double nanos) {
    measured.add(out -> Json.number(out, "backward_nanoseconds", nanos));
  }

  @Override
  public void backwardReference(double difference) {
    measured.add(out -> Json.number(out, "backward_engine_difference", difference));
  }

  @Override
  public void output(String name, Tensor tensor, @Nullable String file, @Nullable String array) {
    outputs.add(out -> array(out, name, tensor.shape(), null, file, array));
  }

  @Override
  public void end() {
    String document =
        Json.document(
            SCHEMA,
            out -> {
              list(out, "inputs", inputs);
              measured.forEach(m -> m.accept(out));
              list(out, "outputs", outputs);
              Finding.writeErrors(out, List.of());
            });
    console.out().print(document);
  }

  private static void list(JsonWriter out, String name, List<Consumer<JsonWriter>> elements) {
    out.writeArrayPropertyStart(name);
    elements.forEach(e -> e.accept(out));
    out.writeEndArray();
  }

  private static void array(
      JsonWriter out,
      String name,
      int[] shape,
      @Nullable String type,
      @Nullable String file,
      @Nullable String array) {
    out.writeStartObject();
    out.writeStringProperty("name", name);
    out.writeArrayPropertyStart("shape");
    for (int size : shape) {
      out.writeNumber(size);
    }
    out.writeEndArray();
    property(out, "type", type);
    property(out, "file", file);
    property(out, "array", array);
    out.writeEndObject();
  }

  private static void property(JsonWriter out, String name, @Nullable String value) {
    if (value != null) {
      out.writeStringProperty(name, value);
    }
  }
}
