package dev.qkv.app.cli;

import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What {@code qkv attend} has to tell, in the order in which it happens. */
interface AttendReport {
  /** What was read. */
  void input(String role, ArraySource source);

  /** How fast the engine was: the first call, then the median of others. */
  void engine(String path, double firstNanos, double nanos, int calls, double gigaflops);

  /** The definition in float64, and how far the engine is from it. */
  void reference(double nanos, double difference);

  /** The gradients by the engine. */
  void backward(double nanos);

  /** How far the engine's gradients are from those of the definition. */
  void backwardReference(double difference);

  /**
   * A result.
   *
   * @param file where it was written; null if it was not
   * @param array its name in a file of several; null in one of its own
   */
  void output(String name, Tensor tensor, @Nullable String file, @Nullable String array);

  /** All is done. */
  void end();
}
