package dev.qkv.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Every piece is done once, whoever helps. */
class TeamTest {
  @Test
  void everyPieceIsDoneOnce() {
    Team team = new Team();
    for (int round = 0; round < 2_000; round++) {
      int items = round % 50;
      AtomicIntegerArray done = new AtomicIntegerArray(50);
      team.run(done::incrementAndGet, items, round % 5, null);
      for (int i = 0; i < 50; i++) {
        assertThat(done.get(i)).isEqualTo(i < items ? 1 : 0);
      }
    }
  }

  @Test
  void helpersThatComeLateFindNothingToDo() {
    Queue<Runnable> late = new ArrayDeque<>();
    Team team = new Team();
    AtomicIntegerArray done = new AtomicIntegerArray(9);
    team.run(done::incrementAndGet, 9, 3, late::add);
    assertThat(late).hasSize(2);
    late.forEach(Runnable::run);
    for (int i = 0; i < 9; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  /** Helpers of a run of four threads come while another run of two is at work. */
  @Test
  void helpersThatComeLateAreNoMoreThanALaterRunWants() {
    Queue<Runnable> late = new ArrayDeque<>();
    Team team = new Team();
    team.run(item -> {}, 9, 4, late::add);
    assertThat(late).hasSize(3);
    Thread caller = Thread.currentThread();
    List<Thread> threads = new ArrayList<>();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    team.run(
        item -> {
          if (!Thread.currentThread().equals(caller)) {
            inside.incrementAndGet();
            await(go);
          } else if (item == 0) {
            late.forEach(helper -> threads.add(Thread.ofPlatform().start(helper)));
            while (threads.stream().filter(Thread::isAlive).count() > inside.get()) {
              Thread.onSpinWait();
            }
            most.set(inside.get());
            go.countDown();
          }
        },
        9,
        2,
        task -> {});
    assertThat(most).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anExecutorThatRejectsLeavesTheWorkToTheCaller() {
    AtomicIntegerArray done = new AtomicIntegerArray(9);
    new Team()
        .run(
            done::incrementAndGet,
            9,
            3,
            task -> {
              throw new RejectedExecutionException();
            });
    for (int i = 0; i < 9; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  @Test
  void anExecutorThatKeepsItsHelpersDoesNotTakeThemFromTheNext() {
    Team team = new Team();
    team.run(item -> {}, 9, 3, task -> {});
    Queue<Runnable> next = new ArrayDeque<>();
    team.run(item -> {}, 9, 3, next::add);
    assertThat(next).hasSize(2);
  }

  @Test
  void failuresReachTheCallerAndTheTeamGoesOn() {
    Team team = new Team();
    assertThatThrownBy(
            () ->
                team.run(
                    item -> {
                      throw new IllegalStateException("item " + item);
                    },
                    10,
                    3,
                    null))
        .isInstanceOf(IllegalStateException.class);
    AtomicIntegerArray done = new AtomicIntegerArray(10);
    team.run(done::incrementAndGet, 10, 3, null);
    assertThat(done.get(9)).isEqualTo(1);
  }

  @Test
  void workInsideThePoolMayShareItsWork() {
    AtomicIntegerArray done = new AtomicIntegerArray(20);
    ForkJoinPool.commonPool()
        .submit(() -> new Team().run(done::incrementAndGet, 20, 2, null))
        .join();
    for (int i = 0; i < 20; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  /** Runs of other teams, one after the other, some of them inside pieces. */
  @Test
  void aTeamThatIsLedDoesTheRunsOfOthers() {
    Team leader = new Team();
    for (int round = 0; round < 200; round++) {
      int threads = 1 + round % 3;
      AtomicIntegerArray done = new AtomicIntegerArray(60);
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      leader.lead(
          () -> {
            for (int run = 0; run < 20; run++) {
              int first = 3 * run;
              new Team()
                  .run(
                      item -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        if (item == 1) {
                          new Team().run(i -> done.incrementAndGet(first + 1), 1, 2, null);
                        } else {
                          done.incrementAndGet(first + item);
                        }
                        inside.decrementAndGet();
                      },
                      3,
                      0,
                      null);
            }
          },
          threads,
          null);
      for (int i = 0; i < 60; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
      assertThat(most.get()).isLessThanOrEqualTo(threads);
    }
  }

  @Test
  void helpersOfATeamThatIsLedAreCalledOnce() {
    Queue<Runnable> called = new ArrayDeque<>();
    new Team()
        .lead(
            () -> {
              for (int run = 0; run < 10; run++) {
                new Team().run(item -> {}, 9, 5, null);
              }
            },
            3,
            called::add);
    assertThat(called).hasSize(2);
    called.forEach(Runnable::run);
  }

  @Test
  void aFailureEndsTheLead() {
    Team team = new Team();
    assertThatThrownBy(
            () ->
                team.lead(
                    () -> {
                      throw new IllegalStateException();
                    },
                    2,
                    null))
        .isInstanceOf(IllegalStateException.class);
    Queue<Runnable> called = new ArrayDeque<>();
    new Team().run(item -> {}, 9, 3, called::add);
    assertThat(called).hasSize(2);
  }
}
