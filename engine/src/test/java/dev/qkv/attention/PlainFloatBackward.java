package dev.qkv.attention;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.reference.AttentionNumbers;

/**
 * The gradients in plain float32, a row at a time: the yardstick for rounding errors. What is
 * hidden comes from the definition; products, softmax and sums are float32.
 */
final class PlainFloatBackward {
  private final AttentionDefinition definition;
  private final AttentionNumbers in;
  private final AttentionNumbers sums;
  private final AttentionNumbers magnitudes;
  private final int dim;
  private final int valueDim;

  private PlainFloatBackward(AttentionDefinition definition) {
    this.definition = definition;
    this.in = definition.numbers();
    this.sums = in.zeros();
    this.magnitudes = in.zeros();
    this.dim = definition.q().layout(definition.settings().axisOrder()).dim();
    this.valueDim = definition.v().layout(definition.settings().axisOrder()).dim();
  }

  /**
   * All gradients.
   *
   * @param gradients every number is a float32
   * @param magnitudes the sums of the absolute values of what is added up or subtracted on the way:
   *     a few ulp of them cannot be told from nothing
   */
  record Result(AttentionNumbers gradients, AttentionNumbers magnitudes) {}

  static Result of(AttentionDefinition definition, double[] dOutput) {
    PlainFloatBackward plain = new PlainFloatBackward(definition);
    int heads = definition.q().layout(definition.settings().axisOrder()).heads();
    for (int s = 0; s < definition.places().sequences(); s++) {
      for (int h = 0; h < heads; h++) {
        for (int i = 0; i < definition.places().queries(s); i++) {
          plain.row(s, h, i, dOutput);
        }
      }
    }
    return new Result(plain.sums, plain.magnitudes);
  }

  private static void add(double[] to, int at, float value) {
    to[at] = (float) to[at] + value;
  }

  private void row(int s, int h, int i, double[] dOutput) {
    Settings settings = definition.settings();
    AttentionDefinition.Row right = definition.row(s, h, i);
    PlainFloat.Row forward = new PlainFloat(definition).row(s, h, i, right);
    int keys = right.masked().length;
    int oRow = definition.places().queryRow(s, h, i) * valueDim;
    int qRow = definition.places().queryRow(s, h, i) * dim;
    float[] p = new float[keys];
    float[] dp = new float[keys];
    float[] absolute = new float[keys];
    float delta = 0;
    for (int j = 0; j < keys; j++) {
      if (right.masked()[j] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      p[j] = (float) Math.exp(forward.scores()[j] - forward.logSumExp());
      int vRow = definition.places().keyRow(s, h, j) * valueDim;
      for (int t = 0; t < valueDim; t++) {
        float product = (float) dOutput[oRow + t] * (float) in.v()[vRow + t];
        dp[j] += product;
        absolute[j] += Math.abs(product);
      }
      dp[j] *= factor(s, h, i, j);
      absolute[j] *= factor(s, h, i, j);
      delta += p[j] * dp[j];
    }
    for (int j = 0; j < keys; j++) {
      if (right.masked()[j] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      float edited = p[j] * (dp[j] - delta);
      double size = p[j] * (absolute[j] + Math.abs(delta));
      if (settings.scores().function() instanceof DifferentiableScore f) {
        edited *= (float) f.derivative().apply((float) right.edited()[j], s, h, i, j);
      }
      if (definition.batch().bias() != null) {
        add(sums.bias(), definition.places().biasPlace(s, h, i, j), edited);
        magnitudes.bias()[definition.places().biasPlace(s, h, i, j)] += size;
      }
      if (settings.scores().alibiSlopes() != null) {
        float distance = j - definition.places().position(s, i);
        add(sums.slopes(), h, edited * distance);
        magnitudes.slopes()[h] += size * Math.abs(distance);
      }
      Float cap = settings.scores().softcap();
      float tanh = cap == null ? 0 : (float) (right.softcapped()[j] / cap);
      float ds = (float) definition.scale() * edited * (1 - tanh * tanh);
      int kRow = definition.places().keyRow(s, h, j) * dim;
      int vRow = definition.places().keyRow(s, h, j) * valueDim;
      for (int t = 0; t < dim; t++) {
        add(sums.q(), qRow + t, ds * (float) in.k()[kRow + t]);
        add(sums.k(), kRow + t, ds * (float) in.q()[qRow + t]);
        double scaled = size * Math.abs(definition.scale());
        magnitudes.q()[qRow + t] += scaled * Math.abs(in.k()[kRow + t]);
        magnitudes.k()[kRow + t] += scaled * Math.abs(in.q()[qRow + t]);
      }
      for (int t = 0; t < valueDim; t++) {
        float product = p[j] * factor(s, h, i, j) * (float) dOutput[oRow + t];
        add(sums.v(), vRow + t, product);
        magnitudes.v()[vRow + t] += Math.abs(product);
      }
    }
    if (settings.sinks() != null) {
      float weight = (float) Math.exp(settings.sinks()[h] - forward.logSumExp());
      add(sums.sinks(), h, -weight * delta);
      magnitudes.sinks()[h] += weight * Math.abs(delta);
    }
  }

  private float factor(int s, int h, int i, int j) {
    Dropout chosen = definition.settings().dropout();
    if (chosen == null) {
      return 1;
    }
    Dropout dropout = chosen.at(definition.batch().draws());
    return dropout.drops(s, h, i, j) ? 0 : dropout.rescale();
  }
}
