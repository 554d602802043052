package dev.qkv.parallel;

/** Memory that a call needs for a while, kept for other calls by a {@link Pool}. */
public interface Scratch {
  /**
   * How large it is; does not change while a pool has it.
   *
   * @return bytes, roughly
   */
  long bytes();
}
