package dev.qkv.nn.train;

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
   */
  static Schedule constant(double rate) {
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
   * @return the schedule
   */
  static Schedule cosine(double peak, long warmUp, long total) {
    return step -> {
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
   * @return the schedule
   */
  static Schedule inverseRoot(int width, long warmUp) {
    return step -> {
      double t = step;
      return Math.min(1 / Math.sqrt(t), t * Math.pow((double) warmUp, -1.5)) / Math.sqrt(width);
    };
  }
}
