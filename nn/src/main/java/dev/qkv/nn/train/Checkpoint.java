package dev.qkv.nn.train;

import dev.qkv.io.ArrayFile;
import dev.qkv.io.StoredArray;
import dev.qkv.nn.Parameters;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that training needs to go on, bit for bit, in one safetensors file: {@code
 * model.NAME}, {@code mean.NAME} and {@code square.NAME} of every parameter, and {@code training}.
 *
 * @param step steps made
 * @param best the best held-out loss so far
 * @param since evaluations since then
 * @param seed of the data and the first parameters
 */
public record Checkpoint(long step, double best, int since, long seed) {
  private static final String STATE = "training";
  private static final int HALF = 16;
  private static final int MASK = 0xFFFF;
  private static final int NUMBERS = 13;

  /** Numbers in pieces of 16 bits, which a float32 holds exactly. */
  private Tensor state() {
    Tensor state = Tensor.zeros(NUMBERS);
    put(state, 0, step);
    put(state, 4, Double.doubleToLongBits(best));
    put(state, 8, seed);
    state.set(since, NUMBERS - 1);
    return state;
  }

  private static void put(Tensor state, int at, long bits) {
    for (int i = 0; i < 4; i++) {
      state.set((float) ((bits >>> (i * HALF)) & MASK), at + i);
    }
  }

  private static long get(Tensor state, int at) {
    long bits = 0;
    for (int i = 0; i < 4; i++) {
      bits |= ((long) state.get(at + i) & MASK) << (i * HALF);
    }
    return bits;
  }

  /**
   * Saves. The file appears whole or not at all: the one before stays if writing fails.
   *
   * @param file ends in .safetensors
   * @param parameters of the model
   * @param optimiser of the training
   * @throws IOException if it cannot be written
   */
  public void save(Path file, Parameters parameters, AdamW optimiser) throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    parameters.all().forEach((name, p) -> all.put("model." + name, p.value()));
    parameters.all().keySet().forEach(n -> all.put("mean." + n, optimiser.mean(n)));
    parameters.all().keySet().forEach(n -> all.put("square." + n, optimiser.square(n)));
    all.put(STATE, state());
    ArrayFile.write(file, all);
  }

  /**
   * Loads. Nothing is changed if something is missing or has another shape.
   *
   * @param file as saved
   * @param parameters receive the model
   * @param optimiser receives its state
   * @return where training was
   * @throws IOException if the file cannot be read or breaks a rule of its format
   * @throws InvalidArgument if a parameter is missing or has another shape
   */
  public static Checkpoint load(Path file, Parameters parameters, AdamW optimiser)
      throws IOException {
    Map<String, Tensor> model = new LinkedHashMap<>();
    Map<String, Tensor> rest = new LinkedHashMap<>();
    for (Map.Entry<String, StoredArray> entry : ArrayFile.read(file).entrySet()) {
      String name = entry.getKey();
      Tensor tensor = entry.getValue().floats();
      if (name.startsWith("model.")) {
        model.put(name.substring("model.".length()), tensor);
      } else {
        rest.put(name, tensor);
      }
    }
    Tensor state = find(rest, STATE, NUMBERS);
    parameters
        .all()
        .forEach(
            (name, p) -> {
              find(rest, "mean." + name, p.value().shape());
              find(rest, "square." + name, p.value().shape());
            });
    parameters.load(model);
    parameters
        .all()
        .forEach(
            (name, p) -> {
              copy(find(rest, "mean." + name, p.value().shape()), optimiser.mean(name));
              copy(find(rest, "square." + name, p.value().shape()), optimiser.square(name));
            });
    long step = get(state, 0);
    optimiser.resume(step);
    return new Checkpoint(
        step, Double.longBitsToDouble(get(state, 4)), (int) state.get(NUMBERS - 1), get(state, 8));
  }

  private static Tensor find(Map<String, Tensor> all, String name, int... shape) {
    Tensor tensor = all.get(name);
    if (tensor == null) {
      throw new InvalidArgument("nn.missing", "checkpoint", name);
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new InvalidArgument("nn.shape", "checkpoint", name, tensor.shape(), shape);
    }
    return tensor;
  }

  private static void copy(Tensor from, Tensor to) {
    System.arraycopy(from.contiguous().data(), 0, to.data(), 0, to.data().length);
  }
}
