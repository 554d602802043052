package example;

import dev.qkv.io.ArrayFile;
import dev.qkv.io.StoredArray;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.layer.Linear;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters go to a file and come back, on the class path. */
public final class Saving {
  private Saving() {}

  /**
   * Prints whether a layer that was saved and loaded computes the same.
   *
   * @param arguments none
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempFile("layer", ".safetensors");
    Variable x = Variable.constant(Tensor.of(new float[] {1, 2, 3}, 1, 3));

    Parameters saved = new Parameters(1);
    Linear layer = Linear.create(saved, 3, 2);
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    saved.all().forEach((name, parameter) -> numbers.put(name, parameter.value()));
    ArrayFile.write(file, numbers);

    Parameters loaded = new Parameters(2);
    Linear again = Linear.create(loaded, 3, 2);
    Map<String, Tensor> read = new LinkedHashMap<>();
    for (Map.Entry<String, StoredArray> array : ArrayFile.read(file).entrySet()) {
      read.put(array.getKey(), array.getValue().floats());
    }
    loaded.load(read);

    boolean same = layer.apply(x).value().get(0, 1) == again.apply(x).value().get(0, 1);
    System.out.println(same ? "same" : "not the same");
    Files.delete(file);
  }
}
