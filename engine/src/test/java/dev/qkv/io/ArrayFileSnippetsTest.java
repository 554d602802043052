package dev.qkv.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class ArrayFileSnippetsTest {
  @TempDir private Path folder;

  @Test
  void file() throws IOException {
    Tensor q = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Tensor k = q.transposed(0, 1);
    // @start region="file"
    Path file = folder.resolve("qk.safetensors"); // or .npz, or .npy for a single array
    ArrayFile.write(file, Map.of("q", q, "k", k));

    StoredArray stored = Objects.requireNonNull(ArrayFile.read(file).get("q"));
    int[] shape = stored.shape(); // [2, 2], from the header alone
    Tensor again = stored.floats(); // now the numbers
    // @end
    assertThat(shape).containsExactly(2, 2);
    assertThat(again.shape()).containsExactly(2, 2);
    assertThat(again.toArray()).containsExactly(1, 2, 3, 4);
  }
}
