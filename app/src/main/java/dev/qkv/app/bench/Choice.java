package dev.qkv.app.bench;

import dev.qkv.attention.AttentionBuilder;
import dev.qkv.attention.Dropout;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import java.util.Locale;

/** What a case of the benchmark asks of attention beyond masks by position. */
public enum Choice {
  /** Nothing. */
  NONE,
  /** A bias for each head, query and key: random numbers. */
  BIAS,
  /** A mask of queries by keys: nine keys of ten are kept. */
  KEEP,
  /** The slopes of the paper. */
  ALIBI,
  /** A softcap. */
  SOFTCAP,
  /** Dropout of one weight in ten. */
  DROPOUT;

  private static final int HIDDEN_OF = 10;
  private static final double STEEPEST = 8;

  /**
   * The word for it in tables.
   *
   * @return for example {@code softcap}
   */
  public String word() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }

  /** Makes the choice. */
  void make(AttentionBuilder builder, int heads, int length) {
    switch (this) {
      case NONE -> {}
      case BIAS -> builder.bias(bias(heads, length));
      case KEEP -> builder.keep(keep(length));
      case ALIBI -> builder.alibi(slopes(heads));
      case SOFTCAP -> builder.softcap(30);
      case DROPOUT -> builder.dropout(new Dropout(0.1f, 1));
    }
  }

  /**
   * The numbers of {@link #BIAS}.
   *
   * @param heads H
   * @param length N
   * @return (heads, length, length), the same every time
   */
  public static Tensor bias(int heads, int length) {
    return Case.random(4, heads, length, length);
  }

  /**
   * The mask of {@link #KEEP}.
   *
   * @param length N
   * @return (length, length), true where a key is kept; every query keeps some
   */
  public static BooleanTensor keep(int length) {
    boolean[] keep = new boolean[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < length; j++) {
        keep[i * length + j] = (7 * i + 3 * j) % HIDDEN_OF != 0;
      }
    }
    return BooleanTensor.of(keep, length, length);
  }

  /** 2^(−8/H), 2^(−16/H), … */
  private static float[] slopes(int heads) {
    float[] slopes = new float[heads];
    for (int h = 0; h < heads; h++) {
      slopes[h] = (float) Math.pow(2, -STEEPEST * (h + 1) / heads);
    }
    return slopes;
  }
}
