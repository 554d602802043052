package dev.qkv.nn.layer;

import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * What a new {@link FeedForward} is to be. It starts from {@link #of}, one method for each choice.
 *
 * @param width of x and of the result
 * @param innerWidth between the maps
 * @param nonlinearity an {@link Activation}, or a {@link Gate} for a gated network
 * @param dropout probability, before the last map
 * @param bias whether the linear maps have one
 */
public record FeedForwardSettings(
    int width, int innerWidth, Nonlinearity nonlinearity, float dropout, boolean bias) {
  /**
   * Settings.
   *
   * @throws InvalidArgument if a width is below 1, or the probability is not in [0, 1)
   */
  public FeedForwardSettings {
    Objects.requireNonNull(nonlinearity, "nonlinearity");
    Checks.atLeast(FeedForward.NAME, "width", 1, width);
    Checks.atLeast(FeedForward.NAME, "innerWidth", 1, innerWidth);
    Checks.fraction(FeedForward.NAME, "dropout", dropout);
  }

  /**
   * As in the paper: ReLU, with biases, without dropout.
   *
   * @param width of x and of the result
   * @param innerWidth between the maps, often four times as wide
   * @return the settings
   * @throws InvalidArgument if one is below 1
   */
  public static FeedForwardSettings of(int width, int innerWidth) {
    return new FeedForwardSettings(width, innerWidth, Activation.RELU, 0, true);
  }

  /**
   * With another nonlinearity.
   *
   * @param choice an activation or a gate
   * @return new settings
   */
  public FeedForwardSettings nonlinearity(Nonlinearity choice) {
    return new FeedForwardSettings(width, innerWidth, choice, dropout, bias);
  }

  /**
   * With dropout while training.
   *
   * @param probability 0 for none
   * @return new settings
   * @throws InvalidArgument if the probability is not in [0, 1)
   */
  public FeedForwardSettings dropout(float probability) {
    return new FeedForwardSettings(width, innerWidth, nonlinearity, probability, bias);
  }

  /**
   * Without biases.
   *
   * @return new settings
   */
  public FeedForwardSettings withoutBias() {
    return new FeedForwardSettings(width, innerWidth, nonlinearity, dropout, false);
  }
}
