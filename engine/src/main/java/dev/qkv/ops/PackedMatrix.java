package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * The right factor of many products, such as the weights of a layer that no longer learns: copied
 * once into the order in which {@link Matmul} reads it, and kept. Immutable: later changes of the
 * tensor do not show.
 *
 * {@snippet file="dev/qkv/ops/OpsSnippetsTest.java" region="packed"}
 */
public final class PackedMatrix {
  private final int rows;
  private final int columns;
  private final float[] panels;

  private PackedMatrix(int rows, int columns, float[] panels) {
    this.rows = rows;
    this.columns = columns;
    this.panels = panels;
  }

  /**
   * Packs a matrix.
   *
   * @param b shape (k, n), any strides: {@code transposed(0, 1)} of weights (out, in) as PyTorch
   *     keeps them
   * @return its copy
   * @throws InvalidArgument if the rank is not 2, or there are too many numbers for an array
   */
  public static PackedMatrix of(Tensor b) {
    if (b.rank() != 2) {
      throw new InvalidArgument("tensor.rank", "matmul", "b", 2, b.rank());
    }
    int k = b.size(0);
    int n = b.size(1);
    float[] panels = new float[Product.size(k, n)];
    Product product = Product.take();
    try {
      product.b(b);
      product.packInto(panels);
    } finally {
      product.release();
    }
    return new PackedMatrix(k, n, panels);
  }

  /**
   * How many rows the matrix has.
   *
   * @return k
   */
  public int rows() {
    return rows;
  }

  /**
   * How many columns the matrix has.
   *
   * @return n
   */
  public int columns() {
    return columns;
  }

  /** All panels one after the other; not to be changed. */
  float[] panels() {
    return panels;
  }

  @Override
  public String toString() {
    return "PackedMatrix[" + rows + ", " + columns + "]";
  }
}
