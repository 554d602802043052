package dev.qkv.app.web;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs each request on a virtual thread of its own and interrupts it when its time is over: reading
 * from a slow sender or writing to a slow reader then closes the connection, waiting for a
 * computation ends in an answer. The JDK's own limit, {@code sun.net.httpserver.maxReqTime}, is
 * milliseconds to its documentation and seconds to its code, and knows nothing of computations.
 */
final class Deadlines implements Executor, AutoCloseable {
  /** An interrupted request that still has an answer to send must not stall on that. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Duration deadline;
  private final Semaphore room;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("request-deadlines").daemon().factory());

  Deadlines(Bounds bounds) {
    this.deadline = bounds.deadline();
    this.room = new Semaphore(bounds.requests());
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Starts a request; where there are too many, the server closes the connection. */
  @Override
  public void execute(Runnable request) {
    if (!room.tryAcquire()) {
      throw new RejectedExecutionException();
    }
    Thread.ofVirtual().name("request").start(() -> run(request));
  }

  private void run(Runnable request) {
    Thread here = Thread.currentThread();
    try {
      Future<?> end =
          clock.scheduleWithFixedDelay(
              here::interrupt, deadline.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      try {
        request.run();
      } finally {
        end.cancel(false);
      }
    } finally {
      room.release();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
