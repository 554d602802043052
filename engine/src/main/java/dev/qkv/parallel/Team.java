package dev.qkv.parallel;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs numbered pieces of work on the calling thread and on helpers, which take the next number
 * until none is left. A team is reused by one caller at a time and then allocates nothing, unless
 * the caller has an executor of its own.
 *
 * <p>The caller never waits for a helper that has not started: a helper that comes late finds the
 * team closed, or helps with whatever the team is doing by then if a helper is still wanted.
 */
public final class Team implements Scratch {
  /** A piece of work; pieces must not depend on each other. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does one piece.
     *
     * @param item its number, from 0
     */
    void run(int item);
  }

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /**
   * A common pool without threads runs nothing by itself, and what waits in it bars the way of
   * those who help themselves, as parallel streams do. The pool says 1 for 0, hence the property.
   */
  private static final boolean POOL_RUNS =
      Integer.getInteger("java.util.concurrent.ForkJoinPool.common.parallelism", 1) != 0;

  private static final long BYTES = 1 << 10;
  private static final int CLOSED = -1;
  private static final int SPINS = 1 << 12;
  private static final long PAUSE_NANOS = 20_000;

  private final AtomicInteger next = new AtomicInteger();

  /** Seats for helpers that are free; all of them together are what the run wants at most. */
  private final AtomicInteger seats = new AtomicInteger(CLOSED);

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private Helper[] helpers = {};
  private @Nullable Work work;
  private int items;

  /** A team without work. */
  public Team() {}

  @Override
  public long bytes() {
    return BYTES;
  }

  /**
   * Does all pieces and returns when they are done.
   *
   * @param newWork what to do
   * @param count how many pieces
   * @param threads at most so many threads, the caller's own included; 0 for as many as there are
   *     processors
   * @param executor runs the helpers; null for the common pool
   */
  public void run(Work newWork, int count, int threads, @Nullable Executor executor) {
    int wanted = Math.min(count, threads == 0 ? PROCESSORS : threads) - 1;
    if (wanted <= 0) {
      for (int item = 0; item < count; item++) {
        newWork.run(item);
      }
      return;
    }
    work = newWork;
    items = count;
    next.set(0);
    failure.set(null);
    seats.set(wanted);
    try {
      call(wanted, executor);
      take(newWork);
    } finally {
      close(wanted);
      work = null;
    }
    Throwable thrown = failure.get();
    switch (thrown) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private void call(int wanted, @Nullable Executor executor) {
    if (executor != null) {
      callOn(executor, wanted);
      return;
    }
    if (!POOL_RUNS) {
      return;
    }
    if (helpers.length < wanted) {
      int known = helpers.length;
      helpers = Arrays.copyOf(helpers, wanted);
      for (int i = known; i < wanted; i++) {
        helpers[i] = new Helper();
      }
    }
    for (int i = 0; i < wanted; i++) {
      Helper helper = helpers[i];
      if (helper.queued.compareAndSet(false, true)) {
        if (ForkJoinPool.commonPool().equals(ForkJoinTask.getPool())) {
          helper.fork();
        } else {
          ForkJoinPool.commonPool().execute((ForkJoinTask<?>) helper);
        }
      }
    }
  }

  /**
   * New helpers each time: nobody knows whether this executor still holds those of the last call.
   */
  private void callOn(Executor executor, int wanted) {
    try {
      for (int i = 0; i < wanted; i++) {
        executor.execute(new Helper());
      }
    } catch (RejectedExecutionException e) {
      // Full or shut down: the caller does the work alone.
    }
  }

  private void take(Work current) {
    try {
      for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
        current.run(item);
      }
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
      next.set(items);
    }
  }

  private void close(int wanted) {
    for (int spin = 0; !seats.compareAndSet(wanted, CLOSED); spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Joins the work if there is any; may be run again and again, because it never completes. */
  private final class Helper extends ForkJoinTask<@Nullable Void> implements Runnable {
    private static final long serialVersionUID = 1;

    private final transient AtomicBoolean queued = new AtomicBoolean();

    @Override
    public void run() {
      queued.set(false);
      // 0 seats as well: a helper of an earlier run may find a run that wants fewer threads.
      for (int free = seats.get(); free > 0; free = seats.get()) {
        if (seats.compareAndSet(free, free - 1)) {
          try {
            Work current = work;
            if (current != null) {
              take(current);
            }
          } finally {
            seats.incrementAndGet();
          }
          return;
        }
      }
    }

    @Override
    protected boolean exec() {
      run();
      return false;
    }

    @Override
    public @Nullable Void getRawResult() {
      return null;
    }

    @Override
    protected void setRawResult(@Nullable Void value) {}
  }
}
