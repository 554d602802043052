package dev.qkv.tensor;

/**
 * Where the elements of a (batch, heads, length, dim) array lie in a {@code float[]}: element (b,
 * h, i, t) at {@code offset + b·batchStride + h·headStride + i·rowStride + t·columnStride}.
 *
 * @param offset place of the first element
 * @param batches size of the batch axis
 * @param heads size of the heads axis
 * @param length size of the length axis: queries or keys
 * @param dim size of the last axis
 * @param batchStride from one batch to the next
 * @param headStride from one head to the next
 * @param rowStride from one query or key to the next
 * @param columnStride from one component to the next
 */
public record Layout(
    int offset,
    int batches,
    int heads,
    int length,
    int dim,
    int batchStride,
    int headStride,
    int rowStride,
    int columnStride) {

  /**
   * The usual layout: (batch, heads, length, dim), the last axis fastest, from place 0.
   *
   * @param batches size of the batch axis
   * @param heads size of the heads axis
   * @param length size of the length axis
   * @param dim size of the last axis
   * @return the layout
   * @throws InvalidArgument if a size is negative or the number of elements is no int
   */
  public static Layout of(int batches, int heads, int length, int dim) {
    Shapes.elements("attention", new int[] {batches, heads, length, dim});
    return new Layout(0, batches, heads, length, dim, heads * length * dim, length * dim, dim, 1);
  }

  /**
   * The sizes.
   *
   * @return (batch, heads, length, dim)
   */
  public int[] shape() {
    return new int[] {batches, heads, length, dim};
  }

  /**
   * The place just before which the last element lies, or the offset if there are no elements.
   *
   * @return one past the largest index; a long, because nothing is checked yet
   */
  public long end() {
    if (batches == 0 || heads == 0 || length == 0 || dim == 0) {
      return offset;
    }
    return 1L
        + offset
        + (batches - 1L) * batchStride
        + (heads - 1L) * headStride
        + (length - 1L) * rowStride
        + (dim - 1L) * columnStride;
  }

  /**
   * The place of a row.
   *
   * @param batch from 0
   * @param head from 0
   * @param row from 0
   * @return where its first component is
   */
  public int row(int batch, int head, int row) {
    return offset + batch * batchStride + head * headStride + row * rowStride;
  }
}
