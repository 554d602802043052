package dev.qkv.io;

import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** The program that {@link StoredArrayTest} runs with little memory. */
final class SmallHeap {
  private SmallHeap() {}

  /** Leaves garbage, then reads the array of a file; prints its length or the broken rule. */
  public static void main(String[] args) throws IOException {
    // Larger than the young generation: only a full collection finds that nobody needs it.
    int garbage = new float[Integer.parseInt(args[1])].length;
    try {
      Tensor read = ArrayFile.read(Path.of(args[0])).values().iterator().next().floats();
      System.out.println(garbage > 0 ? read.elements() : 0);
    } catch (InvalidFile e) {
      System.out.println(e.rule());
    }
  }
}
