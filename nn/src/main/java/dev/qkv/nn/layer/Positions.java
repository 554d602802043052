package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * A vector for each position, added to the embeddings.
 *
 * @param table shape (longest, width)
 */
public record Positions(Variable table) {
  private static final double BASE = 10_000;

  /**
   * The paper's: {@code sin(p/10000^(2t/width))} at 2t and the cosine at 2t + 1.
   *
   * @param longest number of positions
   * @param width of each vector
   * @return constants
   */
  public static Positions sinusoidal(int longest, int width) {
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
   */
  public static Positions learned(Parameters parameters, int longest, int width) {
    return new Positions(parameters.normal("positions", 0.02, longest, width));
  }

  /**
   * Adds the vectors of the first positions.
   *
   * @param x shape (batch, length, width)
   * @return in the shape of x
   * @throws InvalidArgument if x is longer than the table
   */
  public Variable apply(Variable x) {
    int length = x.value().size(1);
    int longest = table.value().size(0);
    if (length > longest) {
      throw new InvalidArgument("nn.positions", "positions", x.value().shape(), longest);
    }
    int[] ids = new int[length];
    for (int p = 0; p < length; p++) {
      ids[p] = p;
    }
    return x.plus(length == longest ? table : table.embedding(ids));
  }
}
