package dev.qkv.attention;

/** At which key position the first query stands, where queries and keys differ in number. */
public enum Alignment {
  /** Query i stands at key i: PyTorch's is_causal, JAX, ONNX without a cache. */
  UPPER_LEFT,
  /** The last query stands at the last key: FlashAttention from 2.1, ONNX with a cache. */
  BOTTOM_RIGHT
}
