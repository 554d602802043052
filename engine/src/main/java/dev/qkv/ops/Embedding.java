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
  private static final Sweep.Piece CLEAR =
      (of, from, to) -> Arrays.fill(of.data(0), of.at(0, from), of.at(0, to), 0);

  // Columns [from, to) of count(0) ids with count(1) columns: an entry is one thread's, and its
  // terms come in the order of the ids.
  private static final Sweep.Piece BACKWARD =
      (of, from, to) -> {
        for (int i = 0; i < of.count(0); i++) {
          int dy = of.at(0, 0) + i * of.count(1) + from;
          int sum = of.at(1, 0) + of.id(i) * of.count(1) + from;
          KERNEL.sum(of.data(1), sum, of.data(0), dy, of.data(1), sum, to - from);
        }
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
    Rows.same(NAME, "output", output, ids.length, c);
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
    begin(dOutput, ids, dTable).runColumns(dTable.size(1), BACKWARD);
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
    int c = check("dTable", dTable, ids);
    Sweep sweep = begin(dOutput, ids, dTable);
    Sweep.of(c).writes(NAME, "dTable", dTable).run(dTable.size(0), CLEAR);
    sweep.runColumns(c, BACKWARD);
  }

  private static Sweep begin(Tensor dOutput, int[] ids, Tensor dTable) {
    int c = dTable.size(1);
    Rows.same(NAME, "dOutput", dOutput, ids.length, c);
    return Sweep.of(ids.length)
        .reads(dOutput)
        .writesApart(NAME, "dTable", dTable)
        .with(ids)
        .counts(ids.length)
        .counts(c);
  }

  private static int check(String name, Tensor table, int... ids) {
    if (table.rank() != 2) {
      throw new InvalidArgument("tensor.rank", NAME, name, 2, table.rank());
    }
    Rows.ids(NAME, "id", ids, table.size(0));
    return table.size(1);
  }
}
