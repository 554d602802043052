package dev.qkv.nn.inference;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.Panels;
import dev.qkv.nn.Variable;
import dev.qkv.nn.layer.Linear;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One or several maps of the same rows, side by side, in the order in which kernels read them. */
final class PackedLinear {
  private static final ElementKernel ELEMENTS = Kernels.elements();

  private final float[] panels;
  private final int in;
  private final int out;
  private final float @Nullable [] bias;

  private PackedLinear(float[] panels, int in, int out, float @Nullable [] bias) {
    this.panels = panels;
    this.in = in;
    this.out = out;
    this.bias = bias;
  }

  /**
   * Packs maps.
   *
   * @param layer what messages call them
   * @param parts all of one width
   * @throws InvalidArgument if an array cannot hold them
   */
  static PackedLinear of(String layer, Linear... parts) {
    int in = parts[0].weight().value().size(0);
    long columns = 0;
    boolean biased = false;
    for (Linear part : parts) {
      columns += part.weight().value().size(1);
      biased |= part.bias() != null;
    }
    int most = Panels.LARGEST;
    if (columns > most || Panels.size(in, (int) columns) > most) {
      throw new InvalidArgument("nn.plan.size", EncoderPlan.NAME, layer, in, columns, most);
    }
    int out = (int) columns;
    Tensor weights = Tensor.zeros(in, out);
    float[] bias = new float[out];
    int column = 0;
    for (Linear part : parts) {
      Tensor weight = part.weight().value().contiguous();
      int width = weight.size(1);
      for (int row = 0; row < in; row++) {
        System.arraycopy(weight.data(), row * width, weights.data(), row * out + column, width);
      }
      Variable shift = part.bias();
      if (shift != null) {
        System.arraycopy(shift.value().toArray(), 0, bias, column, width);
      }
      column += width;
    }
    float[] panels = new float[(int) Panels.size(in, out)];
    for (int panel = 0; panel < Panels.count(out); panel++) {
      int start = Panels.start(in, panel);
      Panels.pack(weights.data(), 0, in, out, out, 1, panel, panels, start);
    }
    return new PackedLinear(panels, in, out, biased ? bias : null);
  }

  /** Width of the results. */
  int out() {
    return out;
  }

  /**
   * {@code y = x·W + b}, or that added to y.
   *
   * @param x rows of adjacent numbers, one after the other
   * @param xAt where the first starts
   * @param rows how many
   * @param y receives rows, one after the other
   * @param yAt where the first starts
   * @param adds whether y is added to
   * @param edge scratch for the last panel
   */
  void apply(float[] x, int xAt, int rows, float[] y, int yAt, boolean adds, float[] edge) {
    Panels.multiply(x, xAt, in, rows, panels, in, out, y, yAt, out, adds, edge);
    if (bias != null) {
      for (int row = 0; row < rows; row++) {
        ELEMENTS.sum(y, yAt + row * out, bias, 0, y, yAt + row * out, out);
      }
    }
  }
}
