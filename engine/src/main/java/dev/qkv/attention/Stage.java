package dev.qkv.attention;

/** How far scores have come. */
public enum Stage {
  /** scale·q·k. */
  SCALED,
  /** After the softcap. */
  SOFTCAPPED,
  /** After ALiBi, bias, score function and every mask: what softmax sees. */
  MASKED
}
