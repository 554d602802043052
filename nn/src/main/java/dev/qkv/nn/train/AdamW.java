package dev.qkv.nn.train;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with decoupled weight decay.
 *
 * <pre>
 * m ← β₁m + (1 − β₁)g      v ← β₂v + (1 − β₂)g²
 * p ← (1 − ηλ)p − η·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>Source: Loshchilov and Hutter, Decoupled weight decay regularization, 2019.
 */
public final class AdamW {
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
  }

  private final Parameters parameters;
  private final Settings settings;
  private final Map<String, Tensor> means = new LinkedHashMap<>();
  private final Map<String, Tensor> squares = new LinkedHashMap<>();
  private long step;

  /**
   * An optimiser that has seen nothing yet.
   *
   * @param parameters what it changes
   * @param settings its numbers
   */
  public AdamW(Parameters parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
    parameters
        .all()
        .forEach(
            (name, parameter) -> {
              means.put(name, Tensor.zeros(parameter.value().shape()));
              squares.put(name, Tensor.zeros(parameter.value().shape()));
            });
  }

  /**
   * Changes every parameter by its gradient.
   *
   * @param rate learning rate η
   */
  public void step(double rate) {
    step++;
    double first = 1 - Math.pow(settings.beta1(), (double) step);
    double second = 1 - Math.pow(settings.beta2(), (double) step);
    parameters.all().forEach((name, parameter) -> step(name, parameter, rate, first, second));
  }

  private void step(String name, Variable parameter, double rate, double first, double second) {
    float[] p = parameter.value().data();
    float[] g = parameter.gradient().contiguous().data();
    float[] m = mean(name).data();
    float[] v = square(name).data();
    float beta1 = (float) settings.beta1();
    float beta2 = (float) settings.beta2();
    float keep = (float) (1 - rate * settings.decay());
    float size = (float) (rate / first);
    float root = (float) (1 / Math.sqrt(second));
    float epsilon = (float) settings.epsilon();
    for (int i = 0; i < p.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      p[i] = keep * p[i] - size * m[i] / ((float) Math.sqrt(v[i]) * root + epsilon);
    }
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
   */
  public void resume(long made) {
    step = made;
  }

  /**
   * The mean of a parameter's gradients.
   *
   * @param name of the parameter
   * @return not a copy
   */
  public Tensor mean(String name) {
    return means.getOrDefault(name, Tensor.zeros(0));
  }

  /**
   * The mean of the squares of a parameter's gradients.
   *
   * @param name of the parameter
   * @return not a copy
   */
  public Tensor square(String name) {
    return squares.getOrDefault(name, Tensor.zeros(0));
  }

  /**
   * Shortens all gradients together.
   *
   * @param parameters whose gradients
   * @param longest the norm over all gradients that is allowed
   * @return the norm before
   */
  public static double clip(Parameters parameters, double longest) {
    double squares = 0;
    for (Variable parameter : parameters.all().values()) {
      for (float g : parameter.gradient().contiguous().data()) {
        squares += (double) g * g;
      }
    }
    double norm = Math.sqrt(squares);
    if (norm > longest) {
      float factor = (float) (longest / norm);
      for (Variable parameter : parameters.all().values()) {
        float[] g = parameter.gradient().data();
        for (int i = 0; i < g.length; i++) {
          g[i] *= factor;
        }
      }
    }
    return norm;
  }
}
