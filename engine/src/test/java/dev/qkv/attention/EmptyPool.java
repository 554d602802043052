package dev.qkv.attention;

import dev.qkv.tensor.Tensor;
import java.util.stream.IntStream;

/** The program that {@link EmptyPoolTest} runs where the common pool has no threads. */
final class EmptyPool {
  private EmptyPool() {}

  /** Calls forward, and backward from a parallel stream. */
  public static void main(String[] args) {
    Tensor q = Tensor.zeros(1, 4, 300, 32);
    Attention attention = Attention.builder().threads(4).build();
    Forward forward = attention.forward(q, q, q);
    IntStream.range(0, 8).parallel().forEach(i -> attention.backward(q, q, q, forward, q));
    System.out.println("done");
  }
}
