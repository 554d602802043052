package dev.qkv.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Scratch memory is used again, by one at a time, and only so much of it is kept. */
class PoolTest {
  private static final class Thing implements Scratch {
    private final AtomicInteger users = new AtomicInteger();
    private long bytes = 100;

    @Override
    public long bytes() {
      return bytes;
    }
  }

  @Test
  void whatIsGivenBackIsUsedAgain() {
    Pool<Thing> pool = new Pool<>(Thing::new);
    Thing first = pool.take();
    Thing second = pool.take();
    assertThat(second).isNotSameAs(first);
    pool.giveBack(first);
    assertThat(pool.take()).isSameAs(first);
  }

  @Test
  void asManyAreKeptAsWereInUseAtOnce() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Pool<Thing> pool =
        new Pool<>(
            () -> {
              made.incrementAndGet();
              return new Thing();
            });
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      for (int i = 0; i < 1_000; i++) {
        Future<?> call = threads.submit(() -> pool.giveBack(pool.take()));
        call.get();
      }
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void nobodySharesOne() throws Exception {
    Pool<Thing> pool = new Pool<>(Thing::new);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 20_000; n++) {
                    Thing thing = pool.take();
                    assertThat(thing.users.incrementAndGet()).isEqualTo(1);
                    thing.users.decrementAndGet();
                    pool.giveBack(thing);
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  @Test
  void muchIsNotKept() {
    Pool<Thing> pool = new Pool<>(Thing::new);
    Thing large = pool.take();
    large.bytes = Pool.most() + 1;
    pool.giveBack(large);
    assertThat(pool.take()).isNotSameAs(large);
    Set<Thing> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Thing> out = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Thing thing = pool.take();
      thing.bytes = Pool.most() / 8;
      out.add(thing);
    }
    out.forEach(pool::giveBack);
    for (int i = 0; i < 40; i++) {
      Thing thing = pool.take();
      if (out.contains(thing)) {
        kept.add(thing);
      }
    }
    assertThat(kept.size()).isBetween(1, 8);
  }
}
