package dev.qkv.reference;

import dev.qkv.attention.Batch;
import dev.qkv.attention.Settings;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Everything that the output of attention depends on, in float64; or the gradients, each in the
 * place of what it is the gradient of. The last axis is fastest; what is lacking is empty.
 *
 * @param q (batch, heads, queries, dim), whatever the order of the axes was
 * @param k (batch, kvHeads, keys, dim)
 * @param v (batch, kvHeads, keys, valueDim)
 * @param bias in the shape of the bias
 * @param sinks one for each head
 * @param slopes of ALiBi, one for each head
 */
public record AttentionNumbers(
    double[] q, double[] k, double[] v, double[] bias, double[] sinks, double[] slopes) {

  /**
   * A copy of the numbers of these arrays.
   *
   * @param settings the choices
   * @param q queries
   * @param k keys
   * @param v values
   * @param batch has the bias
   * @return new arrays
   */
  public static AttentionNumbers of(Settings settings, Tensor q, Tensor k, Tensor v, Batch batch) {
    AxisOrder order = settings.axisOrder();
    Tensor bias = batch.bias();
    return new AttentionNumbers(
        dense(q, order),
        dense(k, order),
        dense(v, order),
        doubles(bias == null ? new float[0] : bias.toArray()),
        doubles(Objects.requireNonNullElse(settings.sinks(), new float[0])),
        doubles(Objects.requireNonNullElse(settings.scores().alibiSlopes(), new float[0])));
  }

  /**
   * The numbers of a tensor in the order (batch, heads, length, dim).
   *
   * @param tensor of rank 2, 3 or 4
   * @param order of its axes
   * @return a new array
   */
  public static double[] dense(Tensor tensor, AxisOrder order) {
    Layout l = tensor.layout(order);
    double[] dense = new double[l.batches() * l.heads() * l.length() * l.dim()];
    int at = 0;
    for (int b = 0; b < l.batches(); b++) {
      for (int h = 0; h < l.heads(); h++) {
        for (int i = 0; i < l.length(); i++) {
          for (int t = 0; t < l.dim(); t++) {
            dense[at++] = tensor.data()[l.row(b, h, i) + t * l.columnStride()];
          }
        }
      }
    }
    return dense;
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  /**
   * Zeros of the same lengths.
   *
   * @return new arrays
   */
  public AttentionNumbers zeros() {
    return new AttentionNumbers(
        new double[q.length],
        new double[k.length],
        new double[v.length],
        new double[bias.length],
        new double[sinks.length],
        new double[slopes.length]);
  }

  /**
   * All six arrays, in their order.
   *
   * @return not copies
   */
  public List<double[]> all() {
    return List.of(q, k, v, bias, sinks, slopes);
  }
}
