package dev.qkv.sheet;

import dev.qkv.attention.Attention;
import dev.qkv.attention.AttentionBuilder;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Engine;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Stage;
import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One head as the engine computes it, in float32. The engine has no temperature: scale, cap and
 * slope are divided by it instead.
 */
final class EngineHead implements HeadEngine {
  private final HeadDefinition definition;
  private final Attention attention;
  private final Batch batch;
  private final Tensor q;
  private final Tensor k;
  private final Tensor v;

  private EngineHead(HeadDefinition definition, boolean masked, boolean last) {
    this.definition = definition;
    this.attention = attention(definition, last);
    this.batch = masked ? Batch.PLAIN.bias(floats(definition.mask())) : Batch.PLAIN;
    this.q = floats(definition.q());
    this.k = floats(definition.k());
    this.v = floats(definition.v());
  }

  /**
   * A head.
   *
   * @param definition its numbers and choices
   * @param masked whether the mask counts
   * @param last whether the last query is beside the last key
   * @return the head; null where there is no engine
   */
  static @Nullable HeadEngine of(HeadDefinition definition, boolean masked, boolean last) {
    return new EngineHead(definition, masked, last);
  }

  /** Which engine computes. */
  static String describe() {
    return Engine.describe();
  }

  private static Attention attention(HeadDefinition d, boolean last) {
    AttentionBuilder builder = Attention.builder().scale((float) (d.scale() / d.temperature()));
    if (!Double.isInfinite(d.cap())) {
      builder = builder.softcap((float) (d.cap() / d.temperature()));
    }
    if (d.slope() != 0) {
      builder =
          builder
              .alibi((float) (d.slope() / d.temperature()))
              .alignment(
                  last
                      ? dev.qkv.attention.Alignment.BOTTOM_RIGHT
                      : dev.qkv.attention.Alignment.UPPER_LEFT,
                  0);
    }
    if (!Double.isInfinite(d.sink())) {
      builder = builder.sinks((float) d.sink());
    }
    return builder.build();
  }

  @Override
  public double[][] scores() {
    return doubles(attention.scores(q, k, batch, Stage.SCALED), definition.temperature());
  }

  @Override
  public double[][] masked() {
    return doubles(attention.scores(q, k, batch, Stage.MASKED), 1);
  }

  @Override
  public double[][] weights() {
    return doubles(attention.weights(q, k, batch), 1);
  }

  @Override
  public double[][] output() {
    return doubles(attention.forward(q, k, v, batch).output(), 1);
  }

  @Override
  public HeadDefinition.Gradients backward(double[][] dOutput) {
    Tensor dz = floats(dOutput);
    Forward forward = attention.forward(q, k, v, batch);
    Gradients gradients = attention.backward(q, k, v, batch, forward, dz);
    Tensor scores = attention.scoreGradients(q, k, v, batch, forward, dz, Stage.SCALED);
    return new HeadDefinition.Gradients(
        doubles(scores, 1 / definition.temperature()),
        doubles(gradients.q(), 1),
        doubles(gradients.k(), 1),
        doubles(gradients.v(), 1));
  }

  private static double[][] doubles(Tensor tensor, double factor) {
    float[] numbers = tensor.toArray();
    int[] shape = tensor.shape();
    int columns = shape[shape.length - 1];
    double[][] a = new double[numbers.length / columns][columns];
    for (int i = 0; i < numbers.length; i++) {
      a[i / columns][i % columns] = numbers[i] * (float) factor;
    }
    return a;
  }

  private static Tensor floats(double[][] a) {
    Tensor tensor = Tensor.zeros(a.length, a[0].length);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        tensor.set((float) a[i][j], i, j);
      }
    }
    return tensor;
  }
}
