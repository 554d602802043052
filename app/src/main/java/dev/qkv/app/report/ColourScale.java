package dev.qkv.app.report;

import java.util.Arrays;

/**
 * What the colours of a map stand for: amounts from 0 up, dark to bright, or signed numbers, whose
 * 0 is the neutral colour in the middle. It ends at round numbers.
 */
public final class ColourScale {
  private static final int MOST_TICKS = 6;

  private final Scale scale;
  private final boolean signed;

  private ColourScale(double least, double most, boolean signed) {
    this.scale = new Scale(Ticks.linear(least, most, MOST_TICKS), false);
    this.signed = signed;
  }

  /**
   * For amounts.
   *
   * @param values none negative; NaN is left out
   * @return from 0 to the largest, rounded up
   */
  public static ColourScale amounts(double[][] values) {
    double most = largest(values);
    return new ColourScale(0, most > 0 ? most : 1, false);
  }

  /**
   * For signed numbers.
   *
   * @param values NaN is left out
   * @return as far below 0 as above
   */
  public static ColourScale signed(double[][] values) {
    double most = largest(values);
    return new ColourScale(most > 0 ? -most : -1, most > 0 ? most : 1, true);
  }

  private static double largest(double[][] values) {
    return Arrays.stream(values)
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  Ticks ticks() {
    return scale.ticks();
  }

  double share(double value) {
    return scale.share(value);
  }

  String colour(double value) {
    return signed ? Palette.diverging(share(value)) : Palette.sequential(share(value));
  }
}
