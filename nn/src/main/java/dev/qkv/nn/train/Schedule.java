package dev.qkv.nn.train;

import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;

/** The learning rate of each step. */
@FunctionalInterface
public interface Schedule {
  /**
   * The learning rate.
   *
   * @param step from 1
   * @return the rate
   */
  double rate(long step);

  /**
   * Always the same.
   *
   * @param rate the rate
   * @return the schedule
   * @throws InvalidArgument if it is negative or not finite
   */
  static Schedule constant(double rate) {
    Checks.finite("constant schedule", "rate", rate);
    return step -> rate;
  }

  /**
   * Rises linearly to the peak, then falls along half a cosine to 0.
   *
   * <p>Source: Loshchilov and Hutter, SGDR, 2017.
   *
   * @param peak the highest rate
   * @param warmUp steps of rising
   * @param total all steps; the rate is 0 from there on
   * @return the schedule, which refuses steps below 1
   * @throws InvalidArgument if the peak is negative or not finite, there is no step, or the rise is
   *     longer than all
   */
  static Schedule cosine(double peak, long warmUp, long total) {
    Checks.finite("cosine schedule", "peak", peak);
    Checks.atLeast("cosine schedule", "total", 1, total);
    Checks.within("cosine schedule", "warmUp", 0, total, warmUp);
    return step -> {
      Checks.atLeast("cosine schedule", "step", 1, step);
      if (step <= warmUp) {
        return peak * step / Math.max(1, warmUp);
      }
      double done = Math.min(1, (double) (step - warmUp) / Math.max(1, total - warmUp));
      return peak * 0.5 * (1 + Math.cos(Math.PI * done));
    };
  }

  /**
   * The paper's: {@code width^−½·min(step^−½, step·warmUp^−3/2)}.
   *
   * @param width of the model
   * @param warmUp steps of rising
   * @return the schedule, which refuses steps below 1
   * @throws InvalidArgument if the width is below 1 or the steps of rising are negative
   */
  static Schedule inverseRoot(int width, long warmUp) {
    Checks.atLeast("inverse root schedule", "width", 1, width);
    Checks.atLeast("inverse root schedule", "warmUp", 0, warmUp);
    return step -> {
      Checks.atLeast("inverse root schedule", "step", 1, step);
      double t = step;
      return Math.min(1 / Math.sqrt(t), t * Math.pow((double) warmUp, -1.5)) / Math.sqrt(width);
    };
  }
}
