package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * The sum {@code a + b}, where b has the shape of a, or the last axes of it and is then added
 * everywhere, as a bias is. The gradient of a is that of the sum; the gradient of b is that of the
 * sum, added up over the axes that b lacks.
 */
public final class Sum {
  private Sum() {}

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final String NAME = "sum";
  private static final Sweep.Piece FORWARD =
      (of, from, to) -> {
        int width = of.count(0);
        int n;
        for (int at = from; at < to; at += n) {
          int j = at % width;
          n = Math.min(width - j, to - at);
          KERNEL.sum(
              of.data(0), of.at(0, at), of.data(1), of.at(1, j), of.data(2), of.at(2, at), n);
        }
      };
  private static final Sweep.Piece ROWS =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          KERNEL.sum(
              of.sums(),
              of.sumsAt(from),
              of.data(0),
              of.at(0, row),
              of.sums(),
              of.sumsAt(from),
              of.width());
        }
      };

  // Columns [from, to) of count(0) rows with count(1) columns.
  private static final Sweep.Piece COLUMNS =
      (of, from, to) -> {
        int x = of.at(0, 0) + from;
        int y = of.at(1, 0) + from;
        System.arraycopy(of.data(0), x, of.data(1), y, to - from);
        for (int row = 1; row < of.count(0); row++) {
          x += of.count(1);
          KERNEL.sum(of.data(1), y, of.data(0), x, of.data(1), y, to - from);
        }
      };

  /**
   * The forward pass.
   *
   * @param a any shape
   * @param b the same shape, or the last axes of it
   * @return a + b, in the shape of a
   * @throws InvalidArgument if the shapes do not fit
   */
  public static Tensor forward(Tensor a, Tensor b) {
    Tensor y = Tensor.zeros(a.shape());
    forward(a, b, y);
    return y;
  }

  /**
   * The forward pass into a tensor of the caller's; allocates nothing.
   *
   * @param a any shape
   * @param b the same shape, or the last axes of it
   * @param output receives a + b, in the shape of a; may be a itself, or b if that has this shape
   * @throws InvalidArgument if a shape does not fit, elements of the output do not lie in order, or
   *     it overlaps
   */
  public static void forward(Tensor a, Tensor b, Tensor output) {
    check(a, b);
    Rows.same(NAME, "output", output, a);
    Sweep.of(1)
        .reads(a)
        .reads(b)
        .writes(NAME, "output", output)
        .counts(b.elements())
        .run(a.elements(), FORWARD);
  }

  /**
   * The backward pass: the gradient of b.
   *
   * @param dOutput gradient of the output, in its shape; it is that of a as well
   * @param shape of b
   * @return gradient of b
   * @throws InvalidArgument if the shapes do not fit
   */
  public static Tensor backward(Tensor dOutput, int... shape) {
    Tensor db = Tensor.zeros(shape);
    backward(dOutput, db);
    return db;
  }

  /**
   * The backward pass into a tensor of the caller's; allocates nothing.
   *
   * @param dOutput gradient of the output, in its shape
   * @param db receives the gradient of b, in the shape of b; may be dOutput itself if that has this
   *     shape
   * @throws InvalidArgument if the shapes do not fit, elements of db do not lie in order, or it
   *     overlaps
   */
  public static void backward(Tensor dOutput, Tensor db) {
    check(dOutput, db);
    int width = db.elements();
    int rows = width == 0 ? 0 : dOutput.elements() / width;
    boolean isWide = rows > 0 && width >= Sweep.PIECE;
    Sweep sweep =
        Sweep.of(isWide ? rows : width).reads(dOutput).writes(NAME, "the gradient of b", db);
    if (isWide) {
      sweep.counts(rows).counts(width).runColumns(width, COLUMNS);
    } else {
      sweep.run(rows, ROWS, db, null);
    }
  }

  private static void check(Tensor a, Tensor b) {
    int less = a.rank() - b.rank();
    boolean fits = less >= 0;
    for (int axis = 0; fits && axis < b.rank(); axis++) {
      fits = a.size(less + axis) == b.size(axis);
    }
    if (!fits) {
      throw new InvalidArgument("ops.sum", NAME, a.shape(), b.shape());
    }
  }
}
