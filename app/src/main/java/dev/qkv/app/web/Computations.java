package dev.qkv.app.web;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Computes for requests, so many at a time. Computing has threads of its own: on the virtual ones
 * of the requests it would keep the others from being answered. A computation that is given up is
 * interrupted, and keeps its turn until it has ended.
 */
final class Computations implements AutoCloseable {
  private static final long IDLE_SECONDS = 60;

  private final Bounds bounds;
  private final Semaphore turns;
  private final ThreadPoolExecutor threads;

  Computations(Bounds bounds) {
    this.bounds = bounds;
    this.turns = new Semaphore(bounds.computations(), true);
    this.threads =
        new ThreadPoolExecutor(
            bounds.computations(),
            bounds.computations(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("sheet-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * What some work comes to.
   *
   * @throws Refusal if too many others are at it, or if this thread is interrupted, which is how it
   *     learns that its time is over
   * @throws ExecutionException if the work failed
   */
  <T> T of(Callable<T> work) throws Refusal, ExecutionException {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      if (!turns.tryAcquire(bounds.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw Refusal.of(Refusal.UNAVAILABLE, "error.page.busy");
      }
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              turns.release();
            }
          });
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      throw Refusal.of(Refusal.UNAVAILABLE, "error.page.late", bounds.deadline().toSeconds());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
