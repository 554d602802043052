package dev.qkv.ops;

import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * Root-mean-square normalisation over the last axis, {@code y = γ∘n} with {@code n = x/√(mean x² +
 * ε)}.
 *
 * <p>Source: Zhang and Sennrich, Root mean square layer normalization, 2019.
 */
public final class RmsNorm {
  private RmsNorm() {}

  /**
   * What the backward pass needs.
   *
   * @param output y
   * @param x as given to the forward pass, not a copy; the backward pass reads it again
   * @param inverse 1/√(mean x² + ε) of each row
   */
  public record Saved(Tensor output, Tensor x, float[] inverse) {}

  /**
   * The gradients.
   *
   * @param x of the input
   * @param gamma of the gain
   */
  public record Gradients(Tensor x, Tensor gamma) {}

  private static final String NAME = "RMS norm";
  private static final Sweep.Piece FORWARD =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          of.data(3)[row] = row(of, row);
        }
      };
  private static final Sweep.Piece OUTPUT =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          row(of, row);
        }
      };

  private static float row(Sweep of, int row) {
    return Kernels.rows(of.width())
        .rmsNorm(
            of.data(0),
            of.at(0, row),
            of.data(1),
            of.at(1, 0),
            of.data(2),
            of.at(2, row),
            of.width(),
            of.number(0));
  }

  private static final Sweep.Piece BACKWARD =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          Kernels.rows(of.width())
              .rmsNormBackward(
                  of.data(0),
                  of.at(0, row),
                  of.data(1),
                  of.at(1, row),
                  of.data(2),
                  of.at(2, 0),
                  of.data(4),
                  of.at(4, row),
                  of.sums(),
                  of.sumsAt(from),
                  of.width(),
                  of.data(3)[row]);
        }
      };

  /**
   * The forward pass.
   *
   * @param x shape (…, c)
   * @param gamma gain, shape (c)
   * @param epsilon added to the mean square; 0 with a row of zeros gives NaN
   * @return the output, with what {@link #backward(Saved, Tensor, Tensor)} needs
   */
  public static Saved forward(Tensor x, Tensor gamma, float epsilon) {
    int rows = Rows.of(x);
    Tensor dense = Rows.dense(x);
    Saved saved = new Saved(Tensor.zeros(x.shape()), dense, new float[rows]);
    begin(dense, gamma, saved.output()).uses(saved.inverse()).with(epsilon).run(rows, FORWARD);
    return saved;
  }

  /**
   * The forward pass for inference, into a tensor of the caller's; allocates nothing.
   *
   * @param x shape (…, c)
   * @param gamma gain, shape (c)
   * @param epsilon added to the mean square; 0 with a row of zeros gives NaN
   * @param output receives the output, in the shape of x; may be x itself
   * @throws InvalidArgument if a shape does not fit, elements of the output do not lie in order, or
   *     it overlaps
   */
  public static void forward(Tensor x, Tensor gamma, float epsilon, Tensor output) {
    begin(x, gamma, output).with(epsilon).run(Rows.of(x), OUTPUT);
  }

  private static Sweep begin(Tensor x, Tensor gamma, Tensor output) {
    int c = Rows.width(NAME, x);
    Rows.vector(NAME, "gamma", gamma, c);
    Rows.same(NAME, "output", output, x);
    return Sweep.of(c).reads(x).reads(gamma).writes(NAME, "output", output);
  }

  /**
   * The backward pass. With g = γ∘dy: {@code dx = (g − n·mean(g∘n))/√(mean x² + ε)}.
   *
   * @param saved what {@link #forward(Tensor, Tensor, float)} returned
   * @param gamma as given to the forward pass
   * @param dOutput gradient of the output, in its shape
   * @return the gradients
   */
  public static Gradients backward(Saved saved, Tensor gamma, Tensor dOutput) {
    Gradients gradients =
        new Gradients(Tensor.zeros(saved.output().shape()), Tensor.zeros(gamma.shape()));
    backward(saved, gamma, dOutput, gradients);
    return gradients;
  }

  /**
   * The backward pass into tensors of the caller's; allocates nothing.
   *
   * @param saved what {@link #forward(Tensor, Tensor, float)} returned
   * @param gamma as given to the forward pass
   * @param dOutput gradient of the output, in its shape
   * @param into receives the gradients
   * @throws InvalidArgument if a shape does not fit, elements of a gradient do not lie in order, or
   *     it overlaps
   */
  public static void backward(Saved saved, Tensor gamma, Tensor dOutput, Gradients into) {
    int c = Rows.width(NAME, saved.output());
    Rows.vector(NAME, "gamma", gamma, c);
    Rows.same(NAME, "dOutput", dOutput, saved.output());
    Rows.same(NAME, "dx", into.x(), saved.output());
    Rows.same(NAME, "dGamma", into.gamma(), gamma);
    Sweep.of(c)
        .reads(dOutput)
        .reads(saved.x())
        .reads(gamma)
        .uses(saved.inverse())
        .writes(NAME, "dx", into.x())
        .run(saved.inverse().length, BACKWARD, into.gamma(), null);
  }
}
