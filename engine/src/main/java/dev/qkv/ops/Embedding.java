package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/** Rows of a table by their numbers, with the table's gradient. */
public final class Embedding {
  private Embedding() {}

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final String NAME = "embedding";
  private static final Sweep.Piece FORWARD =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          System.arraycopy(of.data(0), of.at(0, of.id(row)), of.data(1), of.at(1, row), of.width());
        }
      };

  // Entries [from, to): each is one thread's, and its terms come in the order of the ids.
  private static final Sweep.Piece ADD =
      (of, from, to) -> {
        for (int i = 0; i < of.count(0); i++) {
          int id = of.id(i);
          if (id >= from && id < to) {
            KERNEL.sum(
                of.data(1),
                of.at(1, id),
                of.data(0),
                of.at(0, i),
                of.data(1),
                of.at(1, id),
                of.width());
          }
        }
      };
  private static final Sweep.Piece CLEAR_AND_ADD =
      (of, from, to) -> {
        Arrays.fill(of.data(1), of.at(1, from), of.at(1, to), 0);
        ADD.run(of, from, to);
      };

  /**
   * The forward pass.
   *
   * @param table shape (entries, c)
   * @param ids numbers of entries
   * @return shape (ids, c)
   * @throws InvalidArgument if the table has another rank, or an id is no entry
   */
  public static Tensor forward(Tensor table, int... ids) {
    int c = check("table", table, ids);
    Tensor y = Tensor.zeros(ids.length, c);
    forward(table, ids, y);
    return y;
  }

  /**
   * The forward pass into a tensor of the caller's; allocates nothing.
   *
   * @param table shape (entries, c)
   * @param ids numbers of entries
   * @param output receives the rows, shape (ids, c)
   * @throws InvalidArgument if a shape does not fit, an id is no entry, elements of the output do
   *     not lie in order, or it overlaps the table
   */
  public static void forward(Tensor table, int[] ids, Tensor output) {
    int c = check("table", table, ids);
    Rows.matrix(NAME, "output", output, ids.length, c);
    Sweep.of(c).reads(table).writesApart(NAME, "output", output).with(ids).run(ids.length, FORWARD);
  }

  /**
   * The backward pass: rows are added up where an id stands several times.
   *
   * @param table as given to {@link #forward(Tensor, int...)}
   * @param dOutput gradient of the output, in its shape
   * @param ids as given to the forward pass
   * @return gradient of the table
   * @throws InvalidArgument if a shape does not fit, or an id is no entry
   */
  public static Tensor backward(Tensor table, Tensor dOutput, int... ids) {
    check("table", table, ids);
    Tensor dTable = Tensor.zeros(table.shape());
    backward(dOutput, ids, dTable, ADD);
    return dTable;
  }

  /**
   * The backward pass into a tensor of the caller's; allocates nothing.
   *
   * @param dOutput gradient of the output, in its shape
   * @param ids as given to the forward pass
   * @param dTable receives the gradient of the table, in its shape
   * @throws InvalidArgument if a shape does not fit, an id is no entry, elements of dTable do not
   *     lie in order, or it overlaps dOutput
   */
  public static void backward(Tensor dOutput, int[] ids, Tensor dTable) {
    check("dTable", dTable, ids);
    backward(dOutput, ids, dTable, CLEAR_AND_ADD);
  }

  private static void backward(Tensor dOutput, int[] ids, Tensor dTable, Sweep.Piece what) {
    int entries = dTable.size(0);
    int c = dTable.size(1);
    Rows.matrix(NAME, "dOutput", dOutput, ids.length, c);
    // Every piece looks at every id: only as many as that is cheap for.
    int most = Math.clamp(entries, 1, Sweep.MOST_SUMS);
    int items = Math.min(most, Sweep.pieces(Math.max(ids.length, entries), c));
    Sweep.of(c)
        .reads(dOutput)
        .writesApart(NAME, "dTable", dTable)
        .with(ids)
        .counts(ids.length)
        .runIn(items, entries, what);
  }

  private static int check(String name, Tensor table, int... ids) {
    if (table.rank() != 2) {
      throw new InvalidArgument("tensor.rank", NAME, name, 2, table.rank());
    }
    Rows.ids(NAME, "id", ids, table.size(0));
    return table.size(1);
  }
}
