package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import java.util.stream.Stream;

/** Counts queries, keys and values in what is given. */
final class Counts {
  private final ExerciseBuilder exercise;
  private final Indices indices;

  Counts(ExerciseBuilder exercise, Indices indices) {
    this.exercise = exercise;
    this.indices = indices;
  }

  /** Tells the indices how many there are. */
  void tell() {
    int queries = exercise.rows(Quantities.Q);
    int inputs = exercise.rows(Quantities.X);
    int scores = Math.max(exercise.rows(Quantities.S), exercise.rows(Quantities.A));
    int keys = exercise.rows(Quantities.K);
    int memory = exercise.rows(Quantities.MEMORY);
    int values = exercise.rows(Quantities.V);
    int width =
        Stream.of(Quantities.V, Quantities.W_V, Quantities.X, Quantities.Y, Quantities.Z)
            .mapToInt(exercise::columns)
            .filter(c -> c > 0)
            .findFirst()
            .orElse(0);
    indices.lone(exercise.onlyRow(Quantities.Q).orElse(1) > 1);
    indices.sizes(
        first(queries, inputs, scores),
        first(keys, values, memory, inputs, exercise.columns(Quantities.S)),
        width);
  }

  private static int first(int... candidates) {
    for (int candidate : candidates) {
      if (candidate > 0) {
        return candidate;
      }
    }
    return 0;
  }

  /** One number for each key, listed in a row, is a column of values. */
  void turn() {
    boolean narrow = exercise.columns(Quantities.Q) == 1 && exercise.rows(Quantities.Q) == 1;
    if (narrow && exercise.rows(Quantities.K) == 1 && exercise.isGivenWhole(Quantities.K)) {
      exercise.turn(Quantities.K);
    }
    int keys = exercise.rows(Quantities.K);
    if (keys > 1 && exercise.rows(Quantities.V) == 1 && exercise.columns(Quantities.V) == keys) {
      exercise.turn(Quantities.V);
    }
  }
}
