package dev.qkv.parallel;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RejectedExecutionException;
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
 *
 * <p>Where many runs follow each other, a caller {@link #lead leads}: then its team does all of
 * them, and helpers look around for the next run for a while before they go.
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

  /** The team that a thread leads; the thread's own entry stays, without a team. */
  private static final ThreadLocal<@Nullable Team> LED = new ThreadLocal<>();

  /** How long a helper of a team that is led looks for more: most of what waking one costs. */
  private static final long PATIENCE_NANOS = 50_000;

  private static final Helper[] NOBODY = {};
  private static final int SPINS = 1 << 12;
  private static final long PAUSE_NANOS = 20_000;

  private final AtomicInteger next = new AtomicInteger();

  /** Seats for helpers that are free; all of them together are what the run wants at most. */
  private final AtomicInteger seats = new AtomicInteger(CLOSED);

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private Helper[] helpers = NOBODY;
  private Helper[] ledHelpers = NOBODY;
  private @Nullable Work work;
  private int items;
  private volatile boolean led;
  private int ledThreads;
  private @Nullable Executor ledExecutor;
  private boolean busy;

  /** A team without work. */
  public Team() {}

  @Override
  public long bytes() {
    return BYTES;
  }

  /**
   * Does what consists of many runs, of this team or others: until it is done, all runs that this
   * thread starts are done by this team, one after the other.
   *
   * @param runs starts them; runs inside their pieces are not among them
   * @param threads at most so many threads for each, the caller's own included; 0 for as many as
   *     there are processors
   * @param executor runs the helpers; null for the common pool
   */
  public void lead(Runnable runs, int threads, @Nullable Executor executor) {
    if (LED.get() != null) {
      runs.run();
      return;
    }
    ledThreads = threads == 0 ? PROCESSORS : threads;
    ledExecutor = executor;
    ledHelpers = NOBODY;
    led = true;
    LED.set(this);
    try {
      runs.run();
    } finally {
      LED.set(null);
      led = false;
      ledExecutor = null;
      ledHelpers = NOBODY;
    }
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
    int most = threads == 0 ? PROCESSORS : threads;
    Team leader = LED.get();
    if (leader == null || leader.busy) {
      share(newWork, count, most, executor);
      return;
    }
    leader.busy = true;
    try {
      leader.share(newWork, count, Math.min(most, leader.ledThreads), leader.ledExecutor);
    } finally {
      leader.busy = false;
    }
  }

  private void share(Work newWork, int count, int threads, @Nullable Executor executor) {
    int wanted = Math.min(count, threads) - 1;
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
    helpers = atLeast(wanted, helpers);
    for (int i = 0; i < wanted; i++) {
      Helper helper = helpers[i];
      if (helper.isWanted()) {
        if (ForkJoinPool.commonPool().equals(ForkJoinTask.getPool())) {
          helper.fork();
        } else {
          ForkJoinPool.commonPool().execute((ForkJoinTask<?>) helper);
        }
      }
    }
  }

  private Helper[] atLeast(int wanted, Helper[] known) {
    if (known.length >= wanted) {
      return known;
    }
    Helper[] more = Arrays.copyOf(known, wanted);
    for (int i = known.length; i < wanted; i++) {
      more[i] = new Helper();
    }
    return more;
  }

  /**
   * New helpers each time, or each time that the team is led: nobody knows whether this executor
   * still holds those of the last call.
   */
  private void callOn(Executor executor, int wanted) {
    Helper[] called = atLeast(wanted, led ? ledHelpers : NOBODY);
    if (led) {
      ledHelpers = called;
    }
    try {
      for (int i = 0; i < wanted; i++) {
        if (called[i].isWanted()) {
          executor.execute(called[i]);
        }
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

    private static final int AWAY = 0;
    private static final int CALLED = 1;
    private static final int HERE = 2;

    private final transient AtomicInteger state = new AtomicInteger(AWAY);

    /** Whether it must be called, because it neither works, nor looks for work, nor will come. */
    boolean isWanted() {
      return state.compareAndSet(AWAY, CALLED);
    }

    @Override
    public void run() {
      state.set(HERE);
      long since = System.nanoTime();
      while (true) {
        if (helps()) {
          since = System.nanoTime();
        } else if (led && System.nanoTime() - since < PATIENCE_NANOS) {
          Thread.onSpinWait();
        } else {
          state.set(AWAY);
          // A run that began just now may have counted on this helper.
          if (!isWork() || !state.compareAndSet(AWAY, HERE)) {
            return;
          }
        }
      }
    }

    /** Whether a run has a free seat and pieces left. */
    private boolean isWork() {
      return seats.get() > 0 && next.get() < items;
    }

    /** Joins a run if there is one. */
    private boolean helps() {
      // 0 seats as well: a helper of an earlier run may find a run that wants fewer threads.
      for (int free = seats.get(); isWork(); free = seats.get()) {
        if (free > 0 && seats.compareAndSet(free, free - 1)) {
          try {
            Work current = work;
            if (current != null) {
              take(current);
            }
          } finally {
            seats.incrementAndGet();
          }
          return true;
        }
      }
      return false;
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
