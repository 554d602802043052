package dev.qkv.app.cli;

import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Learned;
import dev.qkv.io.ArrayFile;
import dev.qkv.reference.AttentionNumbers;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The gradients of attention as options of a command: what comes in, and where each goes. */
final class AttendGradients {
  private final ResourceBundle words;
  private final OptionSpec dOutput = Options.text("--grad-out", "FILE", "attend.grad-out");
  private final OptionSpec dq = Options.text("--dq", "FILE", "attend.dq");
  private final OptionSpec dk = Options.text("--dk", "FILE", "attend.dk");
  private final OptionSpec dv = Options.text("--dv", "FILE", "attend.dv");
  private final OptionSpec dBias = Options.text("--dbias", "FILE", "attend.dbias");
  private final OptionSpec dSinks = Options.text("--dsinks", "FILE", "attend.dsinks");
  private final OptionSpec dAlibi = Options.text("--dalibi", "FILE", "attend.dalibi");
  private final List<OptionSpec> results = List.of(dq, dk, dv, dBias, dSinks, dAlibi);

  AttendGradients(ResourceBundle words) {
    this.words = words;
  }

  void addTo(CommandSpec spec) {
    spec.addOption(dOutput);
    results.forEach(spec::addOption);
  }

  /** Whether gradients are asked for. */
  boolean wanted() throws Unusable {
    boolean some = results.stream().anyMatch(option -> option.getValue() != null);
    if (some && dOutput.getValue() == null) {
      throw Unusable.of(words, "error.attend.grad-out");
    }
    if (!some && dOutput.getValue() != null) {
      throw Unusable.of(words, "error.attend.gradients");
    }
    return some;
  }

  /** Where gradients are wanted: files by their options. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    for (OptionSpec result : results) {
      String file = result.getValue();
      if (file != null) {
        files.put(result.longestName(), file);
      }
    }
    return files;
  }

  /** The gradient of the output. */
  ArraySource source() throws Unusable, IOException {
    return ArraySource.of(Objects.requireNonNull(dOutput.getValue()), "dz", words);
  }

  /** The gradients by the engine. */
  Gradients engine(AttendCall call, Forward forward, Tensor gradient) {
    Map<OptionSpec, Learned> more = new LinkedHashMap<>();
    more.put(dBias, Learned.BIAS);
    more.put(dSinks, Learned.SINKS);
    more.put(dAlibi, Learned.ALIBI);
    more.keySet().removeIf(option -> option.getValue() == null);
    Learned[] also = more.values().toArray(Learned[]::new);
    return call.attention()
        .backward(call.q(), call.k(), call.v(), call.batch(), forward, gradient, also);
  }

  /**
   * Puts the gradients of the definition in the place of the engine's.
   *
   * @return the largest difference between the two
   */
  static double reference(AttendCall call, Tensor gradient, Gradients into) {
    AxisOrder order = call.axisOrder();
    AttentionNumbers right = call.definition().gradients(AttentionNumbers.dense(gradient, order));
    double largest = ReferenceNumbers.replace(into.q(), order, right.q());
    largest = Math.max(largest, ReferenceNumbers.replace(into.k(), order, right.k()));
    largest = Math.max(largest, ReferenceNumbers.replace(into.v(), order, right.v()));
    largest = Math.max(largest, ReferenceNumbers.replace(into.bias(), right.bias()));
    largest = Math.max(largest, ReferenceNumbers.replace(into.sinks(), right.sinks()));
    return Math.max(largest, ReferenceNumbers.replace(into.alibi(), right.slopes()));
  }

  /** What was written: a gradient, its name, and the file. */
  record Written(String name, Tensor tensor, String file) {}

  /** Writes what was asked for. */
  List<Written> write(Gradients gradients) throws IOException {
    Map<OptionSpec, @Nullable Tensor> all = new LinkedHashMap<>();
    all.put(dq, gradients.q());
    all.put(dk, gradients.k());
    all.put(dv, gradients.v());
    all.put(dBias, gradients.bias());
    all.put(dSinks, gradients.sinks());
    all.put(dAlibi, gradients.alibi());
    List<Written> written = new ArrayList<>();
    for (Map.Entry<OptionSpec, @Nullable Tensor> one : all.entrySet()) {
      String file = one.getKey().getValue();
      if (file != null) {
        Tensor tensor = Objects.requireNonNull(one.getValue());
        String name = one.getKey().longestName().substring(2);
        ArrayFile.write(Path.of(file), Map.of(name, tensor));
        written.add(new Written(name, tensor, file));
      }
    }
    return written;
  }
}
