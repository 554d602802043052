package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Objects;

/**
 * A vector for each position, added to the embeddings.
 *
 * @param table shape (longest, width)
 */
public record Positions(Variable table) {
  private static final String NAME = "positions";
  private static final double BASE = 10_000;

  /**
   * A layer from its table.
   *
   * @throws InvalidArgument if that is no matrix
   */
  public Positions {
    Objects.requireNonNull(table, "table");
    Checks.rank(NAME, "table", 2, table.value());
  }

  /**
   * The paper's: {@code sin(p/10000^(2t/width))} at 2t and the cosine at 2t + 1.
   *
   * @param longest number of positions
   * @param width of each vector
   * @return constants
   * @throws InvalidArgument if a size is below 1
   */
  public static Positions sinusoidal(int longest, int width) {
    sizes(longest, width);
    Tensor table = Tensor.zeros(longest, width);
    for (int p = 0; p < longest; p++) {
      for (int t = 0; t < width; t++) {
        double angle = p / Math.pow(BASE, (t - t % 2) / (double) width);
        table.set((float) (t % 2 == 0 ? Math.sin(angle) : Math.cos(angle)), p, t);
      }
    }
    return new Positions(Variable.constant(table));
  }

  /**
   * Learned vectors.
   *
   * @param parameters where the table is named
   * @param longest number of positions
   * @param width of each vector
   * @return small random numbers
   * @throws InvalidArgument if a size is below 1, or the table is there already
   */
  public static Positions learned(Parameters parameters, int longest, int width) {
    sizes(longest, width);
    return new Positions(parameters.normal("positions", 0.02, longest, width));
  }

  private static void sizes(int longest, int width) {
    Checks.atLeast(NAME, "longest", 1, longest);
    Checks.atLeast(NAME, "width", 1, width);
  }

  /**
   * Adds the vectors of the first positions.
   *
   * @param x shape (batch, length, width)
   * @return in the shape of x
   * @throws InvalidArgument if x is no (batch, length, width), or longer than the table
   */
  public Variable apply(Variable x) {
    Checks.sequences(NAME, "x", x.value(), width());
    int length = x.value().size(1);
    int longest = table.value().size(0);
    if (length > longest) {
      throw new InvalidArgument("nn.positions", NAME, x.value().shape(), longest);
    }
    int[] ids = new int[length];
    for (int p = 0; p < length; p++) {
      ids[p] = p;
    }
    return x.plus(length == longest ? table : table.embedding(ids));
  }

  int width() {
    return table.value().size(1);
  }
}
