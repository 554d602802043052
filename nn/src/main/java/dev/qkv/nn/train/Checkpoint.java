package dev.qkv.nn.train;

import dev.qkv.io.ArrayFile;
import dev.qkv.io.StoredArray;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Everything that training needs to go on, bit for bit, in one safetensors file: {@code
 * model.NAME}, {@code mean.NAME} and {@code square.NAME} of every parameter, and {@code training},
 * which has a checksum of all.
 *
 * {@snippet file="dev/qkv/nn/train/TrainingSnippetsTest.java" region="checkpoint"}
 *
 * @param step steps made
 * @param best the best held-out loss so far
 * @param since evaluations since then
 * @param seed of the data and the first parameters
 * @param planned steps in all
 * @param rate learning rate of the last step; 0 before the first
 */
public record Checkpoint(long step, double best, int since, long seed, long planned, double rate) {
  private static final String NAME = "checkpoint";
  private static final String STATE = "training";
  private static final int HALF = 16;
  private static final int MASK = 0xFFFF;
  private static final int PIECES = 4;
  private static final int CHECKSUM = 6 * PIECES;
  private static final int NUMBERS = CHECKSUM + 2;

  /**
   * Where training is.
   *
   * @throws InvalidArgument if a count is negative, the loss NaN, or the rate negative or not
   *     finite
   */
  public Checkpoint {
    Checks.atLeast(NAME, "step", 0, step);
    Checks.atLeast(NAME, "since", 0, since);
    Checks.atLeast(NAME, "planned", 0, planned);
    Checks.finite(NAME, "rate", rate);
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
    put(state, 1, Double.doubleToLongBits(best));
    put(state, 2, seed);
    put(state, 3, since);
    put(state, 4, planned);
    put(state, 5, Double.doubleToLongBits(rate));
    return state;
  }

  private static void put(Tensor state, int number, long bits) {
    for (int i = 0; i < PIECES; i++) {
      state.set((float) ((bits >>> (i * HALF)) & MASK), number * PIECES + i);
    }
  }

  private static Checkpoint of(Tensor state) {
    for (float piece : state.contiguous().data()) {
      Checks.within(NAME, STATE, 0, Integer.MAX_VALUE, piece);
    }
    return new Checkpoint(
        get(state, 0),
        Double.longBitsToDouble(get(state, 1)),
        (int) get(state, 3),
        get(state, 2),
        get(state, 4),
        Double.longBitsToDouble(get(state, 5)));
  }

  private static long get(Tensor state, int number) {
    long bits = 0;
    for (int i = 0; i < PIECES; i++) {
      bits |= ((long) state.get(number * PIECES + i) & MASK) << (i * HALF);
    }
    return bits;
  }

  /** CRC-32 of all names, shapes and numbers but those of the checksum itself, in two pieces. */
  private static float[] checksum(Map<String, Tensor> all) {
    CRC32 crc = new CRC32();
    new TreeMap<>(all)
        .forEach(
            (name, tensor) -> {
              crc.update((name + Arrays.toString(tensor.shape())).getBytes(StandardCharsets.UTF_8));
              float[] data = tensor.contiguous().data();
              int count = name.equals(STATE) ? CHECKSUM : data.length;
              ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
              bytes.asFloatBuffer().put(data, 0, count);
              crc.update(bytes);
            });
    return new float[] {crc.getValue() & MASK, crc.getValue() >>> HALF};
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
    Tensor state = state();
    all.put(STATE, state);
    System.arraycopy(checksum(all), 0, state.data(), CHECKSUM, 2);
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
   * @throws InvalidArgument if the checksum is wrong, a parameter is missing or has another shape,
   *     the file holds one that the model lacks, or the optimiser is that of another model
   */
  public static Checkpoint load(Path file, Parameters parameters, AdamW optimiser)
      throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Map.Entry<String, StoredArray> entry : ArrayFile.read(file).entrySet()) {
      all.put(entry.getKey(), entry.getValue().floats());
    }
    Tensor state = take(all, STATE, NUMBERS);
    Map<String, Tensor> whole = new LinkedHashMap<>(all);
    whole.put(STATE, state);
    float[] checksum = checksum(whole);
    if (!(checksum[0] == state.get(CHECKSUM) && checksum[1] == state.get(CHECKSUM + 1))) {
      throw new InvalidArgument("nn.damaged", NAME);
    }
    Checkpoint made = of(state);
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
