package dev.qkv.nn;

import dev.qkv.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place on the tape: what a variable that learns came from, and the gradient that came here. */
final class Node {
  /** Adds what the gradient of the result gives to the gradients of the inputs. */
  @FunctionalInterface
  interface Backward {
    void run(Tensor dOutput);
  }

  private final int[] shape;
  private final List<Node> inputs;
  private final @Nullable Backward backward;
  private @Nullable Tensor gradient;

  /**
   * A place.
   *
   * @param shape of the value, and of its gradient
   * @param inputs what it came from, as far as it learns
   * @param backward null for a parameter
   */
  Node(int[] shape, List<Node> inputs, @Nullable Backward backward) {
    this.shape = shape;
    this.inputs = inputs;
    this.backward = backward;
  }

  @Nullable Tensor gradient() {
    return gradient;
  }

  void clear() {
    gradient = null;
  }

  void add(Tensor more) {
    if (gradient == null) {
      gradient = Tensor.of(more.toArray(), shape);
      return;
    }
    float[] sum = gradient.data();
    float[] term = more.contiguous().data();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i];
    }
  }

  /** Takes a gradient to every parameter before this. */
  void backward(Tensor dOutput) {
    add(dOutput);
    for (Node node : inReverse()) {
      Backward step = node.backward;
      if (step != null && node.gradient != null) {
        step.run(node.gradient);
        // Only parameters keep theirs.
        node.gradient = null;
      }
    }
  }

  /** This and all before it, each before everything that it came from. */
  private List<Node> inReverse() {
    List<Node> order = new ArrayList<>();
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> stack = new ArrayDeque<>();
    stack.push(this);
    while (!stack.isEmpty()) {
      Node top = stack.peek();
      if (seen.add(top)) {
        top.inputs.stream().filter(node -> !seen.contains(node)).forEach(stack::push);
      } else {
        stack.pop();
        if (done.add(top)) {
          order.add(top);
        }
      }
    }
    Collections.reverse(order);
    return order;
  }
}
