package dev.qkv.reference;

/** Splitting a width into heads and joining heads again. */
public final class Heads {
  private Heads() {}

  /**
   * One head's columns.
   *
   * @param a shape (n, heads·d)
   * @param head from 0
   * @param heads number of heads
   * @return shape (n, d): columns head·d to (head+1)·d
   * @throws IllegalArgumentException if the width is not a multiple of the number of heads
   */
  public static double[][] split(double[][] a, int head, int heads) {
    if (a[0].length % heads != 0) {
      throw new IllegalArgumentException(
          "split: a has %d columns, expected a multiple of heads = %d"
              .formatted(a[0].length, heads));
    }
    int d = a[0].length / heads;
    double[][] part = new double[a.length][d];
    for (int i = 0; i < a.length; i++) {
      System.arraycopy(a[i], head * d, part[i], 0, d);
    }
    return part;
  }

  /**
   * Matrices side by side.
   *
   * @param parts shapes (n, d₁), (n, d₂), …
   * @return shape (n, d₁ + d₂ + …)
   */
  public static double[][] concatenate(double[][]... parts) {
    int width = 0;
    for (double[][] part : parts) {
      width += part[0].length;
    }
    double[][] whole = new double[parts[0].length][width];
    int column = 0;
    for (double[][] part : parts) {
      for (int i = 0; i < whole.length; i++) {
        System.arraycopy(part[i], 0, whole[i], column, part[i].length);
      }
      column += part[0].length;
    }
    return whole;
  }
}
