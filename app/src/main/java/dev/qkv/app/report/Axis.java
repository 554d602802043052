package dev.qkv.app.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One side of a map.
 *
 * @param name what its rows or columns are
 * @param labels of each of them, shown where there is room
 * @param places what each is called when its cell is pointed at
 * @param marks what is said of some
 */
public record Axis(String name, List<String> labels, List<String> places, List<Mark> marks) {
  /**
   * Something about one row or column: its label becomes bold.
   *
   * @param index of the row or column
   * @param sign stands above a column
   * @param words stand with the sign beside a row
   */
  public record Mark(int index, String sign, String words) {}

  /** Copies the lists. */
  public Axis {
    labels = List.copyOf(labels);
    places = List.copyOf(places);
    marks = List.copyOf(marks);
  }

  /**
   * An axis whose labels say everything.
   *
   * @param name what its rows or columns are
   * @param labels of each of them
   * @param marks what is said of some
   * @return the axis
   */
  public static Axis of(String name, List<String> labels, List<Mark> marks) {
    return new Axis(name, labels, labels, marks);
  }

  /**
   * An axis that counts from 1.
   *
   * @param name what its rows or columns are
   * @param size how many
   * @return the axis
   */
  public static Axis counting(String name, int size) {
    List<String> numbers = IntStream.rangeClosed(1, size).mapToObj(String::valueOf).toList();
    return new Axis(name, numbers, numbers.stream().map(n -> name + " " + n).toList(), List.of());
  }

  boolean isMarked(int index) {
    return marks.stream().anyMatch(mark -> mark.index() == index);
  }

  double widest() {
    return labels.stream().mapToDouble(Markup::width).max().orElse(0);
  }
}
