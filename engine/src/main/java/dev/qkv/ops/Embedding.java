package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/** Rows of a table by their numbers, with the table's gradient. */
public final class Embedding {
  private Embedding() {}

  /**
   * The forward pass.
   *
   * @param table shape (entries, c)
   * @param ids numbers of entries
   * @return shape (ids, c)
   * @throws InvalidArgument if an id is no entry
   */
  public static Tensor forward(Tensor table, int... ids) {
    int c = check(table, ids);
    float[] rows = table.contiguous().data();
    Tensor y = Tensor.zeros(ids.length, c);
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(rows, ids[i] * c, y.data(), i * c, c);
    }
    return y;
  }

  /**
   * The backward pass: rows are added up where an id stands several times.
   *
   * @param table as given to {@link #forward}
   * @param dOutput gradient of the output, in its shape
   * @param ids as given to {@link #forward}
   * @return gradient of the table
   * @throws InvalidArgument if an id is no entry
   */
  public static Tensor backward(Tensor table, Tensor dOutput, int... ids) {
    int c = check(table, ids);
    Rows.same("embedding", "dOutput", dOutput, ids.length, c);
    float[] dy = dOutput.contiguous().data();
    Tensor dTable = Tensor.zeros(table.shape());
    for (int i = 0; i < ids.length; i++) {
      for (int j = 0; j < c; j++) {
        dTable.data()[ids[i] * c + j] += dy[i * c + j];
      }
    }
    return dTable;
  }

  private static int check(Tensor table, int... ids) {
    if (table.rank() != 2) {
      throw new InvalidArgument("tensor.rank", "embedding", "table", 2, table.rank());
    }
    for (int id : ids) {
      if (id < 0 || id >= table.size(0)) {
        throw new InvalidArgument("ops.class", "embedding", "id", table.size(0) - 1, id);
      }
    }
    return table.size(1);
  }
}
