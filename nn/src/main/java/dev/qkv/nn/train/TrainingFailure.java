package dev.qkv.nn.train;

/** A loss, a gradient or a parameter is no number any more. */
public final class TrainingFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** At which step it was noticed. */
  private final long step;

  /** The parameter. */
  private final String where;

  /** The step of the last good checkpoint. */
  private final long saved;

  /**
   * A failure.
   *
   * @param step at which it was noticed
   * @param where the parameter that is not finite, or the one with the largest number
   * @param saved the step of the last good checkpoint; 0 if there is none
   */
  public TrainingFailure(long step, String where, long saved) {
    super(
        "training: step "
            + step
            + ", "
            + where
            + ": the loss is no number any more, last checkpoint: step "
            + saved);
    this.step = step;
    this.where = where;
    this.saved = saved;
  }

  /**
   * When.
   *
   * @return the step
   */
  public long step() {
    return step;
  }

  /**
   * Where.
   *
   * @return the parameter that is not finite, or the one with the largest number
   */
  public String where() {
    return where;
  }

  /**
   * What is left.
   *
   * @return the step of the last good checkpoint; 0 if there is none
   */
  public long saved() {
    return saved;
  }
}
