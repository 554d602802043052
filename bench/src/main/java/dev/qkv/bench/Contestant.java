package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import dev.qkv.tensor.Tensor;
import java.util.Optional;

/** A library that computes attention. */
interface Contestant {
  /** A case made ready: everything is converted and compiled, only the work is left. */
  interface Ready extends AutoCloseable {
    /** Computes the output so many times. */
    void run(long calls);

    /** The output, (batch, heads, length, dim) in this order. */
    float[] output();

    @Override
    void close();
  }

  /** Its name in tables. */
  String name();

  /**
   * Makes a case ready.
   *
   * @return empty if the library lacks what the case asks for
   */
  Optional<Ready> ready(Case which, Tensor[] inputs, int threads) throws Exception;
}
