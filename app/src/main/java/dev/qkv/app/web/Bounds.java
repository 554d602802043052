package dev.qkv.app.web;

import java.time.Duration;

/**
 * How much of the machine the page may take.
 *
 * @param deadline for a request, from its first byte to the last of its answer
 * @param patience how long a call waits for its turn
 * @param body bytes of a request's body
 * @param computations at a time
 * @param requests at a time, those that are still being sent among them
 */
record Bounds(Duration deadline, Duration patience, int body, int computations, int requests) {
  static final Bounds USUAL =
      new Bounds(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          256 * 1024,
          Runtime.getRuntime().availableProcessors(),
          256);
}
