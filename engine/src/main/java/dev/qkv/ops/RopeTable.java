package dev.qkv.ops;

import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Objects;

/**
 * Rotary position embedding: pairs of components of each query or key are rotated by position·θ_t
 * with θ_t = base^(−2t/D). Its gradient is the rotation backwards. The table has cos and sin of
 * some positions, made from angles in float64; it is immutable and may be used by any number of
 * threads.
 *
 * <p>Source: Su et al., RoFormer, 2021.
 */
public final class RopeTable {
  private static final String NAME = "rotary embedding";
  private static final Sweep.Piece NEIGHBOURS = (of, from, to) -> rotate(of, from, to, true);
  private static final Sweep.Piece HALVES = (of, from, to) -> rotate(of, from, to, false);

  private final Rope style;
  private final int firstPosition;
  private final int length;
  private final int dim;

  // For each position a row of D, as the kernel wants them: sin is negative for the first of a
  // pair.
  private final float[] cos;
  private final float[] sin;

  private RopeTable(Rope style, int firstPosition, int length, int dim) {
    this.style = style;
    this.firstPosition = firstPosition;
    this.length = length;
    this.dim = dim;
    this.cos = Tensor.zeros(length, dim).data();
    this.sin = Tensor.zeros(length, dim).data();
  }

  static RopeTable of(Rope style, int firstPosition, int length, int dim, double base) {
    if (dim % 2 != 0) {
      throw new InvalidArgument("ops.rope.even", NAME, dim);
    }
    if (!(base > 0 && base < Double.POSITIVE_INFINITY)) {
      throw new InvalidArgument("ops.rope.base", NAME, base);
    }
    RopeTable table = new RopeTable(style, firstPosition, length, dim);
    for (int t = 0; t < dim / 2; t++) {
      table.fill(t, Math.pow(base, -2.0 * t / dim));
    }
    return table;
  }

  private void fill(int t, double theta) {
    int first = style == Rope.HALF ? t : 2 * t;
    int second = style == Rope.HALF ? t + dim / 2 : 2 * t + 1;
    for (int row = 0; row < length; row++) {
      double angle = ((long) firstPosition + row) * theta;
      float sine = (float) Math.sin(angle);
      cos[row * dim + first] = (float) Math.cos(angle);
      cos[row * dim + second] = cos[row * dim + first];
      sin[row * dim + first] = -sine;
      sin[row * dim + second] = sine;
    }
  }

  /**
   * Which components are pairs.
   *
   * @return as it was made
   */
  public Rope style() {
    return style;
  }

  /**
   * The first position of the table.
   *
   * @return as it was made
   */
  public int firstPosition() {
    return firstPosition;
  }

  /**
   * How many positions the table has.
   *
   * @return as it was made
   */
  public int length() {
    return length;
  }

  /**
   * The width D of a query or key.
   *
   * @return even
   */
  public int dim() {
    return dim;
  }

  /**
   * Rotates.
   *
   * @param x shape (…, length, heads, D)
   * @param position of the first row of the length axis
   * @return in the shape of x
   * @throws InvalidArgument if the rank is below 3, D is not that of the table, or a position is
   *     not in it
   */
  public Tensor forward(Tensor x, int position) {
    Tensor y = Tensor.zeros(x.shape());
    forward(x, position, y);
    return y;
  }

  /**
   * Rotates into a tensor of the caller's; allocates nothing.
   *
   * @param x shape (…, length, heads, D)
   * @param position of the first row of the length axis
   * @param output receives the rotated numbers, in the shape of x; may be x itself
   * @throws InvalidArgument if the rank is below 3, D is not that of the table, a position is not
   *     in it, the shape of the output differs, its elements do not lie in order, or it overlaps x
   */
  public void forward(Tensor x, int position, Tensor output) {
    rotate("x", x, position, "output", output, 1);
  }

  /**
   * Rotates queries or keys of one position, in place, on the calling thread.
   *
   * @param data has them, D adjacent numbers each, one after the other
   * @param at where the first starts
   * @param heads how many
   * @param position of all of them
   * @throws InvalidArgument if the position is not in the table
   * @throws IndexOutOfBoundsException if they are not inside the array
   */
  public void rotate(float[] data, int at, int heads, int position) {
    Objects.checkFromIndexSize(at, heads * dim, data.length);
    check(position, 1);
    int row = (position - firstPosition) * dim;
    boolean neighbours = style == Rope.INTERLEAVED;
    Kernels.rows(dim / 2).rotate(data, at, data, at, heads, dim, neighbours, cos, sin, row, 1);
  }

  /**
   * Rotates backwards: the gradient of x from that of the output.
   *
   * @param dOutput gradient of the output, in its shape
   * @param position as given to {@link #forward(Tensor, int)}
   * @return gradient of x
   * @throws InvalidArgument as {@link #forward(Tensor, int)} does
   */
  public Tensor backward(Tensor dOutput, int position) {
    Tensor dx = Tensor.zeros(dOutput.shape());
    backward(dOutput, position, dx);
    return dx;
  }

  /**
   * Rotates backwards into a tensor of the caller's; allocates nothing.
   *
   * @param dOutput gradient of the output, in its shape
   * @param position as given to {@link #forward(Tensor, int)}
   * @param dx receives the gradient of x; may be dOutput itself
   * @throws InvalidArgument as {@link #forward(Tensor, int, Tensor)} does
   */
  public void backward(Tensor dOutput, int position, Tensor dx) {
    rotate("dOutput", dOutput, position, "dx", dx, -1);
  }

  private void rotate(
      String name, Tensor x, int position, String outputName, Tensor output, int direction) {
    int rank = x.rank();
    if (rank < 3 || x.size(rank - 1) != dim) {
      throw new InvalidArgument("ops.rope", NAME, name, x.shape(), dim);
    }
    Rows.same(NAME, outputName, output, x);
    int rows = x.size(rank - 3);
    int heads = x.size(rank - 2);
    check(position, rows);
    int width = heads * dim;
    Sweep.of(width)
        .reads(x)
        .writes(NAME, outputName, output)
        .uses(cos)
        .uses(sin)
        .with(direction)
        .counts(dim)
        .counts(heads)
        .counts(rows)
        .counts(position - firstPosition)
        .run(width == 0 ? 0 : x.elements() / width, style == Rope.HALF ? HALVES : NEIGHBOURS);
  }

  /** That the table has so many positions from a first one on. */
  private void check(int first, int count) {
    long last = (long) first + count - 1;
    if (count > 0 && (first < firstPosition || last >= (long) firstPosition + length)) {
      throw new InvalidArgument(
          "ops.rope.positions",
          NAME,
          first,
          last,
          firstPosition,
          (long) firstPosition + length - 1);
    }
  }

  private static void rotate(Sweep of, int from, int to, boolean neighbours) {
    int dim = of.count(0);
    int heads = of.count(1);
    int length = of.count(2);
    for (int row = from; row < to; row++) {
      Kernels.rows(dim / 2)
          .rotate(
              of.data(0),
              of.at(0, row),
              of.data(1),
              of.at(1, row),
              heads,
              dim,
              neighbours,
              of.data(2),
              of.data(3),
              (of.count(3) + row % length) * dim,
              of.number(0));
    }
  }
}
