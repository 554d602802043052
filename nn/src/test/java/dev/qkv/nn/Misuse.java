package dev.qkv.nn;

import dev.qkv.tensor.Tensor;
import org.junit.jupiter.api.function.Executable;

/**
 * A wrong call and the answer that it gets.
 *
 * @param method what it covers: the class, the method unless it is a constructor, and how many
 *     arguments it takes
 * @param message in English
 * @param call the wrong call
 */
record Misuse(String method, String message, Executable call) {
  @Override
  public String toString() {
    return method + ": " + message;
  }

  static Variable zeros(int... shape) {
    return Variable.parameter(Tensor.zeros(shape));
  }

  /** What a caller without null checks may pass. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  static <T> T missing() {
    return null;
  }
}
