package dev.qkv.reference;

/** Matrix products on row-major {@code double[rows][columns]}. */
public final class Matmul {
  private Matmul() {}

  /**
   * The product {@code a·b}.
   *
   * @param a shape (n, m)
   * @param b shape (m, p)
   * @return shape (n, p)
   * @throws IllegalArgumentException if the columns of {@code a} are not the rows of {@code b}
   */
  public static double[][] product(double[][] a, double[][] b) {
    return product(a, b, (row, column) -> true);
  }

  /** Which numbers of a matrix take part in a product. */
  @FunctionalInterface
  interface Part {
    boolean has(int row, int column);
  }

  /** A product from which some numbers of a are left out: 0·NaN is NaN, they cannot be 0. */
  static double[][] product(double[][] a, double[][] b, Part part) {
    if (a[0].length != b.length) {
      throw new IllegalArgumentException(
          "matmul: b has %d rows, expected %d because a has %d columns"
              .formatted(b.length, a[0].length, a[0].length));
    }
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          if (part.has(i, k)) {
            c[i][j] += a[i][k] * b[k][j];
          }
        }
      }
    }
    return c;
  }

  /**
   * Rows and columns exchanged.
   *
   * @param a shape (n, m)
   * @return shape (m, n)
   */
  public static double[][] transpose(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  /**
   * Every cell times a number.
   *
   * @param a any shape
   * @param factor any number
   * @return {@code factor · a}
   */
  public static double[][] scale(double[][] a, double factor) {
    double[][] c = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        c[i][j] = factor * a[i][j];
      }
    }
    return c;
  }

  /**
   * The sum of two matrices of one shape.
   *
   * @param a shape (n, m)
   * @param b shape (n, m)
   * @return {@code a + b}
   * @throws IllegalArgumentException if the shapes differ
   */
  public static double[][] add(double[][] a, double[][] b) {
    if (a.length != b.length || a[0].length != b[0].length) {
      throw new IllegalArgumentException(
          "add: b has shape [%d, %d], expected [%d, %d] because a has that shape"
              .formatted(b.length, b[0].length, a.length, a[0].length));
    }
    double[][] c = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        c[i][j] = a[i][j] + b[i][j];
      }
    }
    return c;
  }
}
