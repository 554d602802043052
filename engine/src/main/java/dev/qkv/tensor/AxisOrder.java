package dev.qkv.tensor;

/** In which order the axes of attention's tensors stand. */
public enum AxisOrder {
  /** (batch, heads, length, dim), as in PyTorch's scaled_dot_product_attention. */
  BHLD(0, 1, 2),
  /** (batch, length, heads, dim), as in FlashAttention. */
  BLHD(0, 2, 1);

  private static final int AXES = 4;

  private final int batch;
  private final int heads;
  private final int length;

  AxisOrder(int batch, int heads, int length) {
    this.batch = batch;
    this.heads = heads;
    this.length = length;
  }

  Layout layout(int offset, int[] shape, int[] strides) {
    int rank = shape.length;
    if (rank < 2 || rank > AXES) {
      throw new InvalidArgument("tensor.rank", "attention", "q, k, v", "2, 3 / 4", rank);
    }
    int[] sizes = {1, 1, 1, 1};
    int[] steps = new int[AXES];
    // Rank 2 is (length, dim) in both orders.
    int missing = AXES - rank;
    for (int axis = 0; axis < rank; axis++) {
      int place = rank == 2 && axis == 0 ? length : axis + missing;
      sizes[place] = shape[axis];
      steps[place] = strides[axis];
    }
    return new Layout(
        offset,
        sizes[batch],
        sizes[heads],
        sizes[length],
        sizes[3],
        steps[batch],
        steps[heads],
        steps[length],
        steps[3]);
  }

  /**
   * The shape of a tensor in this order.
   *
   * @param rank 2, 3 or 4; 2 has neither batch nor heads, 3 no batch
   * @param batches size of the batch axis
   * @param headCount size of the heads axis
   * @param rows size of the length axis
   * @param dim size of the last axis
   * @return the sizes
   */
  public int[] shape(int rank, int batches, int headCount, int rows, int dim) {
    int[] all = new int[AXES];
    all[batch] = batches;
    all[heads] = headCount;
    all[length] = rows;
    all[3] = dim;
    return switch (rank) {
      case 2 -> new int[] {rows, dim};
      case 3 -> new int[] {all[1], all[2], all[3]};
      default -> all;
    };
  }
}
