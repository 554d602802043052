package example;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Engine;
import dev.qkv.attention.Forward;
import dev.qkv.tensor.Tensor;

/** Causal attention on the class path. */
public final class Forwards {
  private Forwards() {}

  /**
   * Prints the last number of the output, and whether the fast path ran.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Tensor q = Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 1, 1, 3, 2);
    Tensor k = Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 1, 1, 3, 2);
    Tensor v = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 3, 2);
    Attention attention = Attention.builder().causal(Alignment.BOTTOM_RIGHT).build();
    Forward forward = attention.forward(q, k, v);
    System.out.println("%.4f".formatted(forward.output().get(0, 0, 2, 1)));
    System.out.println(Engine.isFast() ? "fast" : "slow");
  }
}
