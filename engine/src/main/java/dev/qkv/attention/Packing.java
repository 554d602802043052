package dev.qkv.attention;

import dev.qkv.kernel.Kernel;
import dev.qkv.tensor.Layout;
import java.util.Arrays;

/** Copies of the caller's rows in the order in which kernels read them. */
final class Packing {
  private Packing() {}

  /**
   * Rows of queries transposed, group by group: one query to a lane, (groups × dim × lanes), times
   * a factor. Lanes beyond the last query are 0.
   *
   * @param place which queries
   * @param from array of the queries' shape
   * @param layout where they are in it
   * @param factor what every number is multiplied by
   * @param into used again if it is large enough
   */
  static float[] lanes(Place place, float[] from, Layout layout, float factor, float[] into) {
    Operands on = place.operands();
    int w = on.kernel().lanes();
    int d = layout.dim();
    float[] to = into.length < Place.ROWS * d ? new float[Place.ROWS * d] : into;
    int row = on.queryRow(layout, place.sequence(), place.head(), place.firstRow());
    for (int i = 0; i < place.groups() * w; i++) {
      int at = i / w * d * w + i % w;
      if (i < place.rows()) {
        lane(from, row + i * layout.rowStride(), layout.columnStride(), d, w, factor, to, at);
      } else {
        for (int t = 0; t < d; t++) {
          to[at + t * w] = 0;
        }
      }
    }
    return to;
  }

  private static void lane(
      float[] from, int at, int step, int d, int w, float factor, float[] to, int toAt) {
    for (int t = 0; t < d; t++) {
      to[toAt + t * w] = from[at + t * step] * factor;
    }
  }

  /**
   * Rows of queries as panels: (dim / lanes, rounded up) × 64 × lanes, times a factor; rows beyond
   * the last query and columns beyond the last component are 0.
   *
   * @param place which queries
   * @param from array of the queries' shape
   * @param layout where they are in it
   * @param factor what every number is multiplied by
   * @param into used again if it is large enough
   */
  static float[] panels(Place place, float[] from, Layout layout, float factor, float[] into) {
    Operands on = place.operands();
    int w = on.kernel().lanes();
    int d = layout.dim();
    int size = padded(d, w) * Place.ROWS;
    float[] to = into.length < size ? new float[size] : into;
    if (place.rows() < Place.ROWS || d % w != 0) {
      Arrays.fill(to, 0, size, 0);
    }
    int row = on.queryRow(layout, place.sequence(), place.head(), place.firstRow());
    for (int panel = 0; panel < d; panel += w) {
      int count = Math.min(w, d - panel);
      for (int i = 0; i < place.rows(); i++) {
        int at = row + i * layout.rowStride() + panel * layout.columnStride();
        int toAt = panel * Place.ROWS + i * w;
        if (layout.columnStride() == 1) {
          adjacent(from, at, count, factor, to, toAt);
        } else {
          lane(from, at, layout.columnStride(), count, 1, factor, to, toAt);
        }
      }
    }
    return to;
  }

  /** A width in whole groups of lanes. */
  static int padded(int width, int w) {
    return (width + w - 1) / w * w;
  }

  /** As {@link #lane} with steps of 1, which the compiler turns into vectors. */
  private static void adjacent(
      float[] from, int at, int count, float factor, float[] to, int toAt) {
    for (int t = 0; t < count; t++) {
      to[toAt + t] = from[at + t] * factor;
    }
  }

  /** Whether every number of a row is finite. */
  static boolean isFinite(float[] from, int row, Layout layout, Kernel kernel) {
    if (layout.columnStride() == 1) {
      return kernel.isFinite(from, row, layout.dim());
    }
    boolean finite = true;
    for (int t = 0; t < layout.dim(); t++) {
      finite &= Float.isFinite(from[row + t * layout.columnStride()]);
    }
    return finite;
  }

  /** Whether every number of the first keys of a head is finite. */
  static boolean isFinite(
      float[] from, Layout layout, Operands on, int sequence, int kvHead, int keys) {
    boolean finite = true;
    for (int j = 0; j < keys; j++) {
      finite &= isFinite(from, on.keyRow(layout, sequence, kvHead, j), layout, on.kernel());
    }
    return finite;
  }

  /**
   * Rows with their components adjacent.
   *
   * @param from array of keys or values
   * @param row where the first of them is
   * @param layout the strides
   * @param n how many
   * @param most how many there can be
   * @param into used again if it is large enough
   */
  static float[] rows(float[] from, int row, Layout layout, int n, int most, float[] into) {
    int d = layout.dim();
    float[] to = into.length < most * d ? new float[most * d] : into;
    for (int j = 0; j < n; j++) {
      int at = row + j * layout.rowStride();
      for (int t = 0; t < d; t++) {
        to[j * d + t] = from[at + t * layout.columnStride()];
      }
    }
    return to;
  }
}
