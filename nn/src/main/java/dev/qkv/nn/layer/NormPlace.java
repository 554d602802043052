package dev.qkv.nn.layer;

/** Where a block normalises. */
public enum NormPlace {
  /** After each sum, {@code norm(x + sublayer(x))}: the paper, BERT. */
  POST,
  /** Before each sublayer, {@code x + sublayer(norm(x))}: GPT-2 and later. */
  PRE
}
