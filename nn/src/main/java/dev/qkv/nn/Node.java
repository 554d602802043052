package dev.qkv.nn;

import dev.qkv.ops.Sum;
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

  /** Whether nobody else has the gradient's array, so that terms may be added in place. */
  private boolean isOwn;

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

  /**
   * Adds a gradient that another input of the operation may have as well. It is never written to;
   * parameters, whose gradients stay and may be changed, get a copy.
   */
  void add(Tensor shared) {
    if (gradient == null && backward == null) {
      take(Tensor.of(shared.toArray(), shape));
    } else {
      add(shared, false);
    }
  }

  /** Adds a gradient that the operation has just made and nobody else has. */
  void take(Tensor fresh) {
    add(fresh, true);
  }

  private void add(Tensor more, boolean moreIsOwn) {
    Tensor term = more.contiguous().reshape(shape);
    if (gradient == null) {
      gradient = term;
      isOwn = moreIsOwn;
    } else if (isOwn) {
      Sum.forward(gradient, term, gradient);
    } else if (moreIsOwn) {
      Sum.forward(gradient, term, term);
      gradient = term;
      isOwn = true;
    } else {
      gradient = Sum.forward(gradient, term);
      isOwn = true;
    }
  }

  /** Takes a gradient to every parameter before this. */
  void backward(Tensor dOutput) {
    // A copy: what the caller has may be the gradient of a parameter, to which the tape adds.
    take(Tensor.of(dOutput.toArray(), shape));
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
