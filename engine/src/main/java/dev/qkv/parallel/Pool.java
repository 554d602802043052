package dev.qkv.parallel;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scratch memory that calls take and give back, whatever thread they run on: as many are kept as
 * were in use at once, and all pools together keep so many bytes at most. Threads have none of
 * their own: those of the common pool would lose it between tasks, virtual threads would each make
 * it anew, and a thread that calls once would keep it as long as it lives. Taking and giving back
 * allocate nothing.
 *
 * @param <T> what is kept
 */
public final class Pool<T extends Scratch> {
  private static final long MOST = Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 8);
  private static final AtomicLong KEPT = new AtomicLong();

  private static final int SLOTS =
      Integer.highestOneBit(Math.max(4, Runtime.getRuntime().availableProcessors())) * 4;

  private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS);
  private final Supplier<T> make;
  private final AtomicLong kept;
  private final long most;

  private Pool(Supplier<T> make, AtomicLong kept, long most) {
    this.make = make;
    this.kept = kept;
    this.most = most;
  }

  /**
   * An empty pool that shares its bound with all others.
   *
   * @param make one more
   */
  public Pool(Supplier<T> make) {
    this(make, KEPT, MOST);
  }

  /**
   * An empty pool that keeps whatever comes back: for what belongs to somebody who can let go of
   * the pool.
   *
   * @param <T> what is kept
   * @param make one more
   * @return the pool
   */
  public static <T extends Scratch> Pool<T> owned(Supplier<T> make) {
    return new Pool<>(make, new AtomicLong(), Long.MAX_VALUE);
  }

  /**
   * Bytes that all pools together keep at most.
   *
   * @return 256 MiB, or an eighth of the heap if that is less
   */
  static long most() {
    return MOST;
  }

  /**
   * Takes one, a new one if none is kept.
   *
   * @return the caller's until it is given back
   */
  public T take() {
    // A thread looks first where it left one: that may be in its cache.
    int first = first();
    for (int i = 0; i < SLOTS; i++) {
      int slot = (first + i) & (SLOTS - 1);
      T found = slots.get(slot) == null ? null : slots.getAndSet(slot, null);
      if (found != null) {
        kept.addAndGet(-found.bytes());
        return found;
      }
    }
    return make.get();
  }

  /**
   * Keeps it for another call, unless too much is kept already.
   *
   * @param used refers to nothing of the caller's any more
   */
  public void giveBack(T used) {
    long bytes = used.bytes();
    if (kept.addAndGet(bytes) <= most) {
      int first = first();
      for (int i = 0; i < SLOTS; i++) {
        if (slots.compareAndSet((first + i) & (SLOTS - 1), null, used)) {
          return;
        }
      }
    }
    kept.addAndGet(-bytes);
  }

  private static int first() {
    return (int) Thread.currentThread().threadId() & (SLOTS - 1);
  }
}
