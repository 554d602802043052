package dev.qkv.peers;

import dev.qkv.tensor.Tensor;

/** A library that computes attention over inputs that it was given once. */
interface Peer {
  /**
   * Takes the inputs, (batch, heads, length, dim) each.
   *
   * @return false if the library lacks what is asked for
   */
  boolean take(Tensor q, Tensor k, Tensor v, boolean causal);

  /** Computes the output once. */
  void run();

  /** The output of the last run, in the order of the inputs' axes. */
  float[] output();
}
