package dev.qkv.ops;

import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * Layer normalisation over the last axis, {@code y = γ∘n + β} with {@code n = (x − μ)/√(σ² + ε)}
 * and the biased variance σ².
 *
 * <p>Source: Ba, Kiros and Hinton, Layer normalization, 2016.
 */
public final class LayerNorm {
  private LayerNorm() {}

  /**
   * What the backward pass needs.
   *
   * @param output y
   * @param x as given to the forward pass, not a copy; the backward pass reads it again
   * @param statistics μ and 1/√(σ² + ε) of each row, one after the other
   */
  public record Saved(Tensor output, Tensor x, double[] statistics) {}

  /**
   * The gradients.
   *
   * @param x of the input
   * @param gamma of the gain
   * @param beta of the shift
   */
  public record Gradients(Tensor x, Tensor gamma, Tensor beta) {}

  private static final String NAME = "layer norm";
  private static final Sweep.Piece FORWARD =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          row(of, row, of.statistics(), 2 * row);
        }
      };
  private static final Sweep.Piece OUTPUT =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          row(of, row, of.terms(), of.termsAt(from));
        }
      };

  private static void row(Sweep of, int row, double[] statistics, int at) {
    Kernels.rows(of.width())
        .layerNorm(
            of.data(0),
            of.at(0, row),
            of.data(1),
            of.at(1, 0),
            of.data(2),
            of.at(2, 0),
            of.data(3),
            of.at(3, row),
            of.width(),
            of.number(0),
            statistics,
            at);
  }

  private static final Sweep.Piece BACKWARD =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          Kernels.rows(of.width())
              .layerNormBackward(
                  of.data(0),
                  of.at(0, row),
                  of.data(1),
                  of.at(1, row),
                  of.data(2),
                  of.at(2, 0),
                  of.data(3),
                  of.at(3, row),
                  of.sums(),
                  of.sumsAt(from),
                  of.width(),
                  of.statistics()[2 * row],
                  of.statistics()[2 * row + 1]);
        }
      };

  /**
   * The forward pass.
   *
   * @param x shape (…, c)
   * @param gamma gain, shape (c)
   * @param beta shift, shape (c)
   * @param epsilon added to the variance; 0 with a constant row gives NaN
   * @return the output, with what {@link #backward(Saved, Tensor, Tensor)} needs
   */
  public static Saved forward(Tensor x, Tensor gamma, Tensor beta, float epsilon) {
    int rows = Rows.of(x);
    Tensor dense = Rows.dense(x);
    Saved saved = new Saved(Tensor.zeros(x.shape()), dense, new double[2 * rows]);
    begin(dense, gamma, beta, saved.output())
        .with(saved.statistics())
        .with(epsilon)
        .run(rows, FORWARD);
    return saved;
  }

  /**
   * The forward pass for inference, into a tensor of the caller's; allocates nothing.
   *
   * @param x shape (…, c)
   * @param gamma gain, shape (c)
   * @param beta shift, shape (c)
   * @param epsilon added to the variance; 0 with a constant row gives NaN
   * @param output receives the output, in the shape of x; may be x itself
   * @throws InvalidArgument if a shape does not fit, elements of the output do not lie in order, or
   *     it overlaps
   */
  public static void forward(Tensor x, Tensor gamma, Tensor beta, float epsilon, Tensor output) {
    begin(x, gamma, beta, output).with(epsilon).run(Rows.of(x), OUTPUT);
  }

  private static Sweep begin(Tensor x, Tensor gamma, Tensor beta, Tensor output) {
    int c = Rows.width(NAME, x);
    Rows.vector(NAME, "gamma", gamma, c);
    Rows.vector(NAME, "beta", beta, c);
    Rows.same(NAME, "output", output, x);
    return Sweep.of(c).reads(x).reads(gamma).reads(beta).writes(NAME, "output", output);
  }

  /**
   * The backward pass. With g = γ∘dy: {@code dx = (g − mean g − n·mean(g∘n))/√(σ² + ε)}.
   *
   * @param saved what {@link #forward(Tensor, Tensor, Tensor, float)} returned
   * @param gamma as given to the forward pass
   * @param dOutput gradient of the output, in its shape
   * @return the gradients
   */
  public static Gradients backward(Saved saved, Tensor gamma, Tensor dOutput) {
    Gradients gradients =
        new Gradients(
            Tensor.zeros(saved.output().shape()),
            Tensor.zeros(gamma.shape()),
            Tensor.zeros(gamma.shape()));
    backward(saved, gamma, dOutput, gradients);
    return gradients;
  }

  /**
   * The backward pass into tensors of the caller's; allocates nothing.
   *
   * @param saved what {@link #forward(Tensor, Tensor, Tensor, float)} returned
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
    Sweep sweep =
        Sweep.of(c)
            .reads(dOutput)
            .reads(saved.x())
            .reads(gamma)
            .writes(NAME, "dx", into.x())
            .with(saved.statistics());
    Rows.same(NAME, "dGamma", into.gamma(), gamma);
    Rows.same(NAME, "dBeta", into.beta(), gamma);
    sweep.run(saved.statistics().length / 2, BACKWARD, into.gamma(), into.beta());
  }
}
