package dev.qkv.attention;

/** What can be learned besides queries, keys and values. */
public enum Learned {
  /** The float mask of the batch, which is added to the scores. */
  BIAS,
  /** The logits of the attention sinks. */
  SINKS,
  /** The slopes of ALiBi. */
  ALIBI
}
