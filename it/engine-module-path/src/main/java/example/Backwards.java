package example;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Engine;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.tensor.Tensor;

/** Attention with a window, and its gradients. */
public final class Backwards {
  private Backwards() {}

  /**
   * Prints shapes, and whether the fast path ran.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    int batch = 2;
    int heads = 3;
    int length = 5;
    int dim = 7;
    float[] numbers = new float[batch * heads * length * dim];

    Tensor q = Tensor.of(numbers, batch, heads, length, dim); // a view, nothing is copied
    Tensor k = q;
    Tensor v = q;
    Attention attention = Attention.builder().causal(Alignment.BOTTOM_RIGHT).window(512, 0).build();
    Batch lengths = Batch.PLAIN.keyLengths(5, 3); // of this call: sequence 1 is padded
    Forward forward = attention.forward(q, k, v, lengths);

    Tensor output = Tensor.zeros(batch, heads, length, dim);
    attention.forward(q, k, v, lengths, output, null); // into your own tensor: allocates nothing

    Tensor dOutput = output; // the gradient of your loss
    Gradients gradients = attention.backward(q, k, v, lengths, forward, dOutput);
    System.out.println(gradients.q());

    System.out.println(Engine.isFast() ? "fast" : "slow");
  }
}
