package dev.qkv.app.report;

import java.util.List;
import java.util.Locale;

/**
 * Colours that people with any colour vision can tell apart: for numbers five points of viridis
 * (van der Walt and Smith, 2015), for lines those of Okabe and Ito (2008).
 */
final class Palette {
  /** For lines, in the order in which they are taken. */
  static final List<String> LINES = List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7");

  private static final int[][] VIRIDIS = {
    {68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}
  };

  private Palette() {}

  /** The colour of a number from 0 to 1. */
  static String of(double share) {
    double at = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1) * (VIRIDIS.length - 1);
    int low = Math.min((int) at, VIRIDIS.length - 2);
    double rest = at - low;
    StringBuilder colour = new StringBuilder("#");
    for (int c = 0; c < 3; c++) {
      double mixed = VIRIDIS[low][c] * (1 - rest) + VIRIDIS[low + 1][c] * rest;
      colour.append(String.format(Locale.ROOT, "%02x", Math.round(mixed)));
    }
    return colour.toString();
  }
}
