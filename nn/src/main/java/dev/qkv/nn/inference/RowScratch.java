package dev.qkv.nn.inference;

import dev.qkv.kernel.Panels;
import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;

/** What a thread needs for the rows that it takes through a block. */
final class RowScratch implements Scratch {
  private static final Pool<RowScratch> POOL = new Pool<>(RowScratch::new);

  private final double[] statistics = new double[2];
  private float[] normalised = {};
  private float[] hidden = {};
  private float[] edge = {};

  private RowScratch() {}

  /** One that is nobody else's until it is given back. */
  static RowScratch take(int rows, int width, int innerWidth) {
    RowScratch own = POOL.take();
    if (own.normalised.length < rows * width) {
      own.normalised = new float[rows * width];
    }
    if (own.hidden.length < rows * innerWidth) {
      own.hidden = new float[rows * innerWidth];
    }
    if (own.edge.length < rows * Panels.WIDTH) {
      own.edge = new float[rows * Panels.WIDTH];
    }
    return own;
  }

  void giveBack() {
    POOL.giveBack(this);
  }

  @Override
  public long bytes() {
    return ((long) normalised.length + hidden.length + edge.length) * Float.BYTES;
  }

  double[] statistics() {
    return statistics;
  }

  float[] normalised() {
    return normalised;
  }

  float[] hidden() {
    return hidden;
  }

  float[] edge() {
    return edge;
  }
}
