package dev.qkv.sheet.term;

import dev.qkv.sheet.message.Message;

/** What a row or a column of a quantity stands for. */
public enum Axis {
  /** One row or column only. */
  ONE,
  /** Tokens that ask. */
  QUERY,
  /** Tokens that are asked. */
  KEY,
  /** Width of queries and keys. */
  HEAD_DIM,
  /** Width of values. */
  VALUE_DIM,
  /** Width of the layer's input and output. */
  MODEL_DIM,
  /** Width between the two halves of a feed-forward layer. */
  FEED_FORWARD_DIM,
  /** Several cases side by side. */
  CASE;

  /**
   * The axis' name.
   *
   * @return a message
   */
  public Message label() {
    return Message.of("axis." + name());
  }
}
