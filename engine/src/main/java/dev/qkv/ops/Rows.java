package dev.qkv.ops;

import dev.qkv.kernel.Kernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/** What operations on rows have in common. */
final class Rows {
  private static final Kernel KERNEL = Kernels.chosen();
  private static final int BLOCK = 1024;

  /** Numbers in a piece of work: half of L2, and some 20 µs. */
  private static final int PIECE = 1 << 15;

  private static final Pool<Team> TEAMS = new Pool<>(Team::new);
  private static final float[] ZEROS = new float[64];

  private Rows() {}

  /** How many rows a tensor has: the product of all sizes but the last. */
  static int of(Tensor tensor) {
    long rows = 1;
    for (int axis = 0; axis < tensor.rank() - 1; axis++) {
      rows = Math.min(rows * tensor.size(axis), 1L << 31);
    }
    if (rows > Integer.MAX_VALUE) {
      // Rows of no numbers: there may be more than an int can count.
      throw new InvalidArgument("tensor.overflow", "rows", tensor.shape(), Integer.MAX_VALUE);
    }
    return (int) rows;
  }

  /** The size of the last axis. */
  static int width(String operation, Tensor tensor) {
    if (tensor.rank() == 0) {
      throw new InvalidArgument("tensor.rank", operation, "x", "1 or more", 0);
    }
    return tensor.size(tensor.rank() - 1);
  }

  static void same(String operation, String name, Tensor tensor, int... shape) {
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new InvalidArgument("ops.shape", operation, name, tensor.shape(), shape);
    }
  }

  /** Does a range of rows or numbers. */
  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /**
   * Shares [0, n) among threads, in pieces that depend on the sizes alone.
   *
   * @param n how many rows or numbers
   * @param width numbers in each
   * @param work for a range of them
   */
  static void share(int n, int width, Range work) {
    int step = Math.max(1, PIECE / Math.max(1, width));
    int pieces = (n + step - 1) / step;
    Team team = TEAMS.take();
    try {
      team.run(i -> work.run(i * step, Math.min(n, (i + 1) * step)), pieces, 0, null);
    } finally {
      TEAMS.giveBack(team);
    }
  }

  /** e^x of numbers up to 88, in place, at the kernel's speed. */
  static void exp(float[] x) {
    steps(x, (part, rows) -> KERNEL.weights(part, rows, ZEROS, 0));
  }

  /** tanh x, in place, at the kernel's speed. */
  static void tanh(float[] x) {
    steps(x, (part, rows) -> KERNEL.softcap(part, rows, 1));
  }

  @FunctionalInterface
  private interface Step {
    void run(float[] part, int rows);
  }

  /** The kernel works on whole rows of lanes from place 0: copies of some hundred numbers. */
  private static void steps(float[] x, Step step) {
    int w = KERNEL.lanes();
    float[] part = new float[Math.min(BLOCK, (x.length + w - 1) / w * w)];
    for (int at = 0; at < x.length; at += part.length) {
      int count = Math.min(part.length, x.length - at);
      System.arraycopy(x, at, part, 0, count);
      step.run(part, (count + w - 1) / w);
      System.arraycopy(part, 0, x, at, count);
    }
  }
}
