package dev.qkv.nn.layer;

/** How rows are normalised. */
public enum NormKind {
  /** To mean 0 and variance 1: the paper, a {@link LayerNorm}. */
  LAYER,
  /** To root mean square 1: Llama, an {@link RmsNorm}. */
  RMS
}
