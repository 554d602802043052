package dev.qkv.app.report;

/**
 * Where numbers lie along a scale that begins and ends at a tick.
 *
 * @param ticks its round numbers
 * @param logarithmic equal steps multiply instead of adding
 */
record Scale(Ticks ticks, boolean logarithmic) {
  /** From 0 for the first tick to 1 for the last; NaN for what the scale has no place for. */
  double share(double value) {
    return logarithmic
        ? Math.log(value / ticks.least()) / Math.log(ticks.most() / ticks.least())
        : (value - ticks.least()) / (ticks.most() - ticks.least());
  }
}
