package dev.qkv.nn;

import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The named parameters of a model, in the order in which its layers made them. A parameter's first
 * numbers depend on the seed and its name alone, so that adding a layer leaves the others as they
 * were.
 *
 * {@snippet file="dev/qkv/nn/VariableSnippetsTest.java" region="parameters"}
 */
public final class Parameters {
  private static final String NAME = "parameters";

  private final long seed;
  private final String prefix;
  private final Map<String, Variable> all;

  private Parameters(long seed, String prefix, Map<String, Variable> all) {
    this.seed = seed;
    this.prefix = prefix;
    this.all = all;
  }

  /**
   * No parameters yet.
   *
   * @param seed any number
   */
  public Parameters(long seed) {
    this(seed, "", new LinkedHashMap<>());
  }

  /**
   * The same parameters, where new names get a prefix.
   *
   * @param name a layer's name
   * @return a view
   * @throws InvalidArgument if the name is empty
   */
  public Parameters in(String name) {
    return new Parameters(seed, prefix + named(name) + ".", all);
  }

  /**
   * The prefix of new names, without its last dot.
   *
   * @return empty at the top
   */
  public String name() {
    return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
  }

  private static String named(String name) {
    if (name.isEmpty()) {
      throw new InvalidArgument("nn.name", NAME);
    }
    return name;
  }

  private Variable put(String name, Tensor first) {
    Variable parameter = Variable.parameter(first);
    if (all.putIfAbsent(prefix + named(name), parameter) != null) {
      throw new InvalidArgument("nn.twice", NAME, prefix + name);
    }
    return parameter;
  }

  /**
   * Mixes seed and name, character by character. Generators whose states differ by a multiple of
   * their increment draw the same numbers, shifted; such seeds are as likely as 1, 2 and 3.
   */
  private SplittableRandom random(String name) {
    long state = new SplittableRandom(seed).nextLong();
    for (char c : (prefix + name).toCharArray()) {
      state = new SplittableRandom(state ^ c).nextLong();
    }
    return new SplittableRandom(state);
  }

  /**
   * A matrix with Xavier's first numbers: uniform in ±√(6/(rows + columns)).
   *
   * <p>Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
   * networks, 2010.
   *
   * @param name in this layer
   * @param rows its rows: what comes in
   * @param columns its columns: what goes out
   * @return the parameter
   * @throws InvalidArgument if a size is negative, or the name is empty or there already
   */
  public Variable xavier(String name, int rows, int columns) {
    SplittableRandom random = random(name);
    double bound = Math.sqrt(6.0 / ((double) rows + columns));
    Tensor first = Tensor.zeros(rows, columns);
    for (int i = 0; i < first.data().length; i++) {
      first.data()[i] = (float) random.nextDouble(-bound, bound);
    }
    return put(name, first);
  }

  /**
   * Numbers from a normal distribution.
   *
   * @param name in this layer
   * @param deviation standard deviation
   * @param shape its sizes
   * @return the parameter
   * @throws InvalidArgument if the deviation is negative or not finite, a size is negative, or the
   *     name is empty or there already
   */
  public Variable normal(String name, double deviation, int... shape) {
    Checks.finite(NAME, "deviation", deviation);
    SplittableRandom random = random(name);
    Tensor first = Tensor.zeros(shape);
    for (int i = 0; i < first.data().length; i++) {
      first.data()[i] = (float) random.nextGaussian(0, deviation);
    }
    return put(name, first);
  }

  /**
   * The same number everywhere.
   *
   * @param name in this layer
   * @param value the number
   * @param shape its sizes
   * @return the parameter
   * @throws InvalidArgument if a size is negative, or the name is empty or there already
   */
  public Variable constant(String name, float value, int... shape) {
    Tensor first = Tensor.zeros(shape);
    Arrays.fill(first.data(), value);
    return put(name, first);
  }

  /**
   * Numbers that are known already, such as those of another library.
   *
   * @param name in this layer
   * @param numbers are copied
   * @return the parameter
   * @throws InvalidArgument if the name is empty or there already
   */
  public Variable copy(String name, Tensor numbers) {
    return put(name, Tensor.of(numbers.toArray(), numbers.shape()));
  }

  /**
   * All parameters, those of other layers too.
   *
   * @return by name; not a copy
   */
  public Map<String, Variable> all() {
    return Collections.unmodifiableMap(all);
  }

  /**
   * How many numbers all parameters have together.
   *
   * @return their count
   */
  public long count() {
    return all.values().stream().mapToLong(v -> v.value().elements()).sum();
  }

  /**
   * Takes the numbers of every parameter.
   *
   * @param numbers by the parameters' names; others are not looked at
   * @throws InvalidArgument if a parameter is missing or has another shape; then none was changed
   */
  public void load(Map<String, Tensor> numbers) {
    all.forEach(
        (name, parameter) -> {
          Tensor given = numbers.get(name);
          if (given == null) {
            throw new InvalidArgument("nn.missing", NAME, name);
          }
          if (!Arrays.equals(given.shape(), parameter.value().shape())) {
            throw new InvalidArgument(
                "nn.shape", NAME, name, given.shape(), parameter.value().shape());
          }
        });
    all.forEach(
        (name, parameter) -> {
          float[] from = numbers.getOrDefault(name, parameter.value()).contiguous().data();
          System.arraycopy(from, 0, parameter.value().data(), 0, from.length);
        });
  }

  /** Forgets all gradients. */
  public void clearGradients() {
    all.values().forEach(Variable::clearGradient);
  }
}
