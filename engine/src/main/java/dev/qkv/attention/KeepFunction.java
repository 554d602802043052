package dev.qkv.attention;

/**
 * A caller's own mask. Tiles in which it keeps nothing are skipped. Called from several threads at
 * once, and only where the other masks let a query attend to a key.
 */
@FunctionalInterface
public interface KeepFunction {
  /**
   * Whether a query may attend to a key.
   *
   * @param batch index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @param key index of the key in its sequence
   * @return true to keep the score
   */
  boolean keeps(int batch, int head, int query, int key);
}
