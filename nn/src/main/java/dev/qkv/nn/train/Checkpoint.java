package dev.qkv.nn.train;

import dev.qkv.io.ArrayFile;
import dev.qkv.io.StoredArray;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that training needs to go on, bit for bit, in one safetensors file: {@code
 * model.NAME}, {@code mean.NAME} and {@code square.NAME} of every parameter, and {@code training}.
 *
 * {@snippet file="dev/qkv/nn/train/TrainingSnippetsTest.java" region="checkpoint"}
 *
 * @param step steps made
 * @param best the best held-out loss so far
 * @param since evaluations since then
 * @param seed of the data and the first parameters
 */
public record Checkpoint(long step, double best, int since, long seed) {
  private static final String NAME = "checkpoint";
  private static final String STATE = "training";
  private static final int HALF = 16;
  private static final int MASK = 0xFFFF;
  private static final int NUMBERS = 13;

  /**
   * Where training is.
   *
   * @throws InvalidArgument if a count is negative or the loss NaN
   */
  public Checkpoint {
    Checks.atLeast(NAME, "step", 0, step);
    Checks.atLeast(NAME, "since", 0, since);
    if (Double.isNaN(best)) {
      throw new InvalidArgument("nn.number", NAME, "best", best);
    }
  }

  /** Numbers of a file, and where they go when all are there. */
  private record Copy(Tensor from, Tensor to) {
    void run() {
      System.arraycopy(from.contiguous().data(), 0, to.data(), 0, to.data().length);
    }
  }

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

  private static Checkpoint of(Tensor state) {
    for (float piece : state.contiguous().data()) {
      Checks.within(NAME, STATE, 0, Integer.MAX_VALUE, piece);
    }
    return new Checkpoint(
        get(state, 0),
        Double.longBitsToDouble(get(state, 4)),
        (int) state.get(NUMBERS - 1),
        get(state, 8));
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
   * @throws InvalidArgument if the optimiser is that of another model
   */
  public void save(Path file, Parameters parameters, AdamW optimiser) throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    parameters.all().forEach((name, p) -> all.put("model." + name, p.value()));
    parameters.all().forEach((n, p) -> all.put("mean." + n, like(p, n, optimiser.mean(n))));
    parameters.all().forEach((n, p) -> all.put("square." + n, like(p, n, optimiser.square(n))));
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
   * @throws InvalidArgument if a parameter is missing or has another shape, the file holds one that
   *     the model lacks, or the optimiser is that of another model
   */
  public static Checkpoint load(Path file, Parameters parameters, AdamW optimiser)
      throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Map.Entry<String, StoredArray> entry : ArrayFile.read(file).entrySet()) {
      all.put(entry.getKey(), entry.getValue().floats());
    }
    Checkpoint made = of(take(all, STATE, NUMBERS));
    List<Copy> copies = new ArrayList<>();
    parameters
        .all()
        .forEach(
            (n, p) -> {
              int[] shape = p.value().shape();
              copies.add(new Copy(take(all, "mean." + n, shape), like(p, n, optimiser.mean(n))));
              copies.add(
                  new Copy(take(all, "square." + n, shape), like(p, n, optimiser.square(n))));
              copies.add(new Copy(take(all, "model." + n, shape), p.value()));
            });
    if (!all.isEmpty()) {
      throw new InvalidArgument("nn.extra", NAME, all.keySet().iterator().next());
    }
    copies.forEach(Copy::run);
    optimiser.resume(made.step());
    return made;
  }

  private static Tensor take(Map<String, Tensor> all, String name, int... shape) {
    Tensor tensor = all.remove(name);
    if (tensor == null) {
      throw new InvalidArgument("nn.missing", NAME, name);
    }
    Checks.shape(NAME, name, tensor, shape);
    return tensor;
  }

  private static Tensor like(Variable parameter, String name, Tensor moment) {
    Checks.shape(NAME, "optimiser." + name, moment, parameter.value().shape());
    return moment;
  }
}
