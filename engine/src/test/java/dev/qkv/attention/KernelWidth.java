package dev.qkv.attention;

import jdk.incubator.vector.VectorShape;

/** What this machine's vectors are. */
final class KernelWidth {
  private KernelWidth() {}

  /** Whether the machine has vectors of the width that a kernel describes. */
  static boolean isNative(String description) {
    int bits = VectorShape.preferredShape().vectorBitSize();
    return description.matches("Vector API, (\\d+) bits")
        && Integer.parseInt(description.replaceAll("\\D", "")) <= bits;
  }
}
