package dev.qkv.ops;

import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who does the work of many operations that follow each other: a step of training, the layers of a
 * model. Helpers stay for some tens of microseconds after each operation and look for the next,
 * where each operation alone would have to wake them. Results have the same bits for every number
 * of threads.
 *
 * {@snippet file="dev/qkv/ops/OpsSnippetsTest.java" region="workers"}
 *
 * @param threads at most so many at once, the caller's own included; 0 for as many as there are
 *     processors
 * @param executor what runs the helpers, late or not at all; null for the common pool
 */
public record Workers(int threads, @Nullable Executor executor) {
  /** As many threads as there are processors, from the common pool. */
  public static final Workers ALL = new Workers(0, null);

  private static final Pool<Team> TEAMS = new Pool<>(Team::new);

  /**
   * Workers.
   *
   * @throws InvalidArgument if the number is negative
   */
  public Workers {
    if (threads < 0) {
      throw new InvalidArgument("ops.threads", "workers", threads);
    }
  }

  /**
   * Does something whose operations these workers share: those of this module, attention among
   * them, that the calling thread starts. An attention that was given fewer threads keeps to them.
   * Inside another call of this kind, the outer one's workers go on.
   *
   * @param operations what to do, on the calling thread
   */
  public void run(Runnable operations) {
    Objects.requireNonNull(operations, "operations");
    Team team = TEAMS.take();
    try {
      team.lead(operations, threads, executor);
    } finally {
      TEAMS.giveBack(team);
    }
  }
}
