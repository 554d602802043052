package dev.qkv.sheet;

/**
 * What a worksheet says in words rather than in numbers.
 *
 * @param scaling whether scores are divided by √d_k
 * @param masking which keys a query may see
 * @param activation what stands between the halves of a feed-forward layer
 * @param norm how rows are normalised
 * @param positions how tokens learn where they stand
 */
public record Choices(
    Scaling scaling, Masking masking, Activation activation, Norm norm, Positions positions) {
  /** What is meant where a worksheet says nothing. */
  public static final Choices USUAL =
      new Choices(
          Scaling.ROOT_D_K, new Masking.None(), Activation.RELU, Norm.LAYER, Positions.NONE);

  /** How scores are scaled. */
  public enum Scaling {
    /** Divided by √d_k. */
    ROOT_D_K,
    /** Left alone. */
    NONE,
    /** Times the given quantity {@code scale}. */
    FACTOR
  }

  /** What stands between the halves of a feed-forward layer. */
  public enum Activation {
    /** max(x, 0). */
    RELU,
    /** x·Φ(x), by the error function. */
    GELU,
    /** GELU by its approximation with tanh. */
    GELU_TANH
  }

  /** How rows are normalised. */
  public enum Norm {
    /** To mean 0 and variance 1. */
    LAYER,
    /** To root mean square 1. */
    RMS
  }

  /** How tokens learn where they stand. */
  public enum Positions {
    /** They do not. */
    NONE,
    /** Sines and cosines are added to the input. */
    SINUSOIDAL,
    /** Queries and keys are turned by angles. */
    ROTARY
  }

  /**
   * Whether some keys are hidden, or scores changed, by a mask.
   *
   * @return false where every query sees every key
   */
  public boolean isMasked() {
    return !(masking instanceof Masking.None);
  }

  /**
   * The same with another scaling.
   *
   * @param other the scaling
   * @return the choices
   */
  public Choices with(Scaling other) {
    return new Choices(other, masking, activation, norm, positions);
  }

  /**
   * The same with another mask.
   *
   * @param other the mask
   * @return the choices
   */
  public Choices with(Masking other) {
    return new Choices(scaling, other, activation, norm, positions);
  }

  /**
   * The same with another activation.
   *
   * @param other the activation
   * @return the choices
   */
  public Choices with(Activation other) {
    return new Choices(scaling, masking, other, norm, positions);
  }

  /**
   * The same with another normalisation.
   *
   * @param other the normalisation
   * @return the choices
   */
  public Choices with(Norm other) {
    return new Choices(scaling, masking, activation, other, positions);
  }

  /**
   * The same with other positions.
   *
   * @param other how tokens learn where they stand
   * @return the choices
   */
  public Choices with(Positions other) {
    return new Choices(scaling, masking, activation, norm, other);
  }
}
