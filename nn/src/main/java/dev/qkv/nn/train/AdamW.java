package dev.qkv.nn.train;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.ops.Adam;
import dev.qkv.ops.Scale;
import dev.qkv.ops.SquareSum;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Adam with decoupled weight decay.
 *
 * <pre>
 * m ← β₁m + (1 − β₁)g      v ← β₂v + (1 − β₂)g²
 * p ← (1 − ηλ)p − η·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * {@snippet file="dev/qkv/nn/train/TrainingSnippetsTest.java" region="loop"}
 *
 * <p>Source: Loshchilov and Hutter, Decoupled weight decay regularization, 2019.
 */
public final class AdamW {
  private static final String NAME = "AdamW";

  /**
   * The numbers of the method.
   *
   * @param beta1 how slowly the mean of the gradients forgets
   * @param beta2 how slowly the mean of their squares forgets
   * @param epsilon added to the root
   * @param decay λ, of every parameter
   */
  public record Settings(double beta1, double beta2, double epsilon, double decay) {
    /** PyTorch's usual ones: 0.9, 0.999, 1e-8, 0.01. */
    public static final Settings USUAL = new Settings(0.9, 0.999, 1e-8, 0.01);

    /**
     * Settings.
     *
     * @throws InvalidArgument if a β is not in [0, 1), or ε or λ is negative or not finite
     */
    public Settings {
      Checks.fraction(NAME, "beta1", beta1);
      Checks.fraction(NAME, "beta2", beta2);
      Checks.finite(NAME, "epsilon", epsilon);
      Checks.finite(NAME, "decay", decay);
    }
  }

  private final Parameters parameters;
  private final Settings settings;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private long step;

  /** Means of a parameter's gradients and of their squares. */
  private record Moments(Tensor mean, Tensor square) {}

  /**
   * An optimiser that has seen nothing yet.
   *
   * @param parameters what it changes; layers may name more until the first step
   * @param settings its numbers
   */
  public AdamW(Parameters parameters, Settings settings) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
    this.settings = Objects.requireNonNull(settings, "settings");
    parameters.all().keySet().forEach(this::moments);
  }

  /** Layers may be made after their optimiser, but the t of 1 − βᵗ is that of all parameters. */
  private Moments moments(String name) {
    Moments known = moments.get(name);
    if (known != null) {
      return known;
    }
    Variable parameter = parameters.all().get(name);
    if (parameter == null) {
      throw new InvalidArgument("nn.unknown", NAME, name);
    }
    if (step > 0) {
      throw new InvalidArgument("nn.late", NAME, name, step);
    }
    int[] shape = parameter.value().shape();
    Moments made = new Moments(Tensor.zeros(shape), Tensor.zeros(shape));
    moments.put(name, made);
    return made;
  }

  /**
   * Changes every parameter by its gradient.
   *
   * @param rate learning rate η
   * @throws InvalidArgument if it is negative or not finite, or a parameter was added after the
   *     first step; then none was changed
   */
  public void step(double rate) {
    Checks.finite(NAME, "rate", rate);
    parameters.all().keySet().forEach(this::moments);
    step++;
    double first = 1 - Math.pow(settings.beta1(), (double) step);
    double second = 1 - Math.pow(settings.beta2(), (double) step);
    Adam.Step numbers =
        new Adam.Step(
            (float) settings.beta1(),
            (float) settings.beta2(),
            (float) (1 - rate * settings.decay()),
            (float) (rate / first),
            (float) (1 / Math.sqrt(second)),
            (float) settings.epsilon());
    parameters
        .all()
        .forEach(
            (name, parameter) ->
                Adam.step(
                    parameter.value(), parameter.gradient(), mean(name), square(name), numbers));
  }

  /**
   * How many steps were made.
   *
   * @return 0 at first
   */
  public long steps() {
    return step;
  }

  /**
   * Goes back to where an optimiser was; {@link #mean} and {@link #square} are to be filled.
   *
   * @param made how many steps it had made
   * @throws InvalidArgument if there are less than 0
   */
  public void resume(long made) {
    Checks.atLeast(NAME, "made", 0, made);
    step = made;
  }

  /**
   * The mean of a parameter's gradients.
   *
   * @param name of the parameter
   * @return not a copy
   * @throws InvalidArgument if there is no such parameter, or it was added after the first step
   */
  public Tensor mean(String name) {
    return moments(name).mean();
  }

  /**
   * The mean of the squares of a parameter's gradients.
   *
   * @param name of the parameter
   * @return not a copy
   * @throws InvalidArgument if there is no such parameter, or it was added after the first step
   */
  public Tensor square(String name) {
    return moments(name).square();
  }

  /**
   * Shortens all gradients together.
   *
   * @param parameters whose gradients
   * @param longest the norm over all gradients that is allowed
   * @return the norm before
   * @throws InvalidArgument if that is negative or NaN
   */
  public static double clip(Parameters parameters, double longest) {
    Checks.atLeast("clip", "longest", 0, longest);
    double squares = 0;
    for (Variable parameter : parameters.all().values()) {
      squares += parameter.hasGradient() ? SquareSum.of(parameter.gradient()) : 0;
    }
    double norm = Math.sqrt(squares);
    if (norm > longest) {
      float factor = (float) (longest / norm);
      for (Variable parameter : parameters.all().values()) {
        if (parameter.hasGradient()) {
          Scale.forward(parameter.gradient(), factor, parameter.gradient());
        }
      }
    }
    return norm;
  }
}
