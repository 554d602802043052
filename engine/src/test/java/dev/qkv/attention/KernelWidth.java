package dev.qkv.attention;

import dev.qkv.kernel.Kernels;
import jdk.incubator.vector.VectorShape;

/** What this machine's vectors are. */
final class KernelWidth {
  private KernelWidth() {}

  /**
   * How many of the random cases a path is tried with: all on the machine's own, where differences
   * are most likely to be met by somebody, a third on the others.
   */
  static int cases(int all) {
    int bits = VectorShape.preferredShape().vectorBitSize();
    boolean own = Kernels.chosen().describe().equals("Vector API, " + bits + " bits");
    return own ? all : (all + 2) / 3;
  }

  /** Whether the machine has vectors of the width that a kernel describes. */
  static boolean isNative(String description) {
    int bits = VectorShape.preferredShape().vectorBitSize();
    return description.matches("Vector API, (\\d+) bits")
        && Integer.parseInt(description.replaceAll("\\D", "")) <= bits;
  }
}
