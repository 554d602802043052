package dev.qkv.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.layer.Linear;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class TrainingSnippetsTest {
  @TempDir private Path folder;

  @Test
  void loop() {
    // @start region="loop"
    Variable x = Variable.constant(Tensor.of(new float[] {1, 0, 0, 1}, 2, 2));
    Parameters parameters = new Parameters(42);
    Linear layer = Linear.create(parameters, 2, 2);
    AdamW optimiser = new AdamW(parameters, AdamW.Settings.USUAL);
    Schedule schedule = Schedule.cosine(0.1, 10, 100); // up for 10 steps of 100, then down
    for (int step = 1; step <= 100; step++) {
      parameters.clearGradients(); // backward adds to what is there
      Variable loss = layer.apply(x).crossEntropy(0, 1); // row 0 is of class 0, row 1 of class 1
      loss.backward();
      AdamW.clip(parameters, 1);
      optimiser.step(schedule.rate(step));
    }
    // @end
    assertThat(layer.apply(x).crossEntropy(0, 1).value().get(0)).isLessThan(0.1f);
    assertThat(optimiser.steps()).isEqualTo(100);
  }

  @Test
  void checkpoint() throws IOException {
    Parameters parameters = new Parameters(1);
    Linear layer = Linear.create(parameters, 2, 2);
    AdamW optimiser = new AdamW(parameters, AdamW.Settings.USUAL);
    optimiser.step(0.1);
    double best = 0.5;
    // @start region="checkpoint"
    Path file = folder.resolve("model.safetensors");
    new Checkpoint(optimiser.steps(), best, 0, 1, 100, 0.01).save(file, parameters, optimiser);

    Parameters again = new Parameters(2); // the same layers, with other numbers
    Linear same = Linear.create(again, 2, 2);
    AdamW resumed = new AdamW(again, AdamW.Settings.USUAL);
    Checkpoint reached = Checkpoint.load(file, again, resumed); // now with the same bits
    // @end
    assertThat(reached).isEqualTo(new Checkpoint(1, 0.5, 0, 1, 100, 0.01));
    assertThat(resumed.steps()).isEqualTo(1);
    assertThat(same.weight().value().toArray()).containsExactly(layer.weight().value().toArray());
  }
}
