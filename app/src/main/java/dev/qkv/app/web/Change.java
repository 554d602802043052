package dev.qkv.app.web;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One change of an exercise's block: what a person does to a grid or a knob. */
final class Change {
  private static final int LARGEST_SIDE = 256;

  /** Signs of grids and statements. */
  private static final Pattern NO_NUMBER = Pattern.compile("[=≈;,\\[\\]#\\r\\n]");

  private final Exercise exercise;
  private final List<String> lines;

  /**
   * What a change comes to.
   *
   * @param exercise the exercise with its change
   * @param block its block
   */
  record Changed(Exercise exercise, String block) {}

  private Change(Exercise exercise) {
    this.exercise = exercise;
    this.lines = new ArrayList<>(Block.of(exercise).lines().toList());
  }

  /**
   * Changes an exercise.
   *
   * @param exercise as it is
   * @param words what is done, then what it is done to: {@code cell Q 0 1 1/2}, {@code matrix Q …},
   *     {@code rows Q +2}, {@code columns Q -0}, {@code choice mask causal}, {@code drop Q}
   * @return the exercise then, and its block
   * @throws SheetException if what was typed cannot be read
   */
  static Changed of(Exercise exercise, List<String> words) {
    Change change = new Change(exercise);
    Arguments arguments = new Arguments("edit " + words.getFirst(), words);
    switch (words.getFirst()) {
      case "cell" -> change.cell(arguments.exactly(5));
      case "matrix" -> change.matrix(arguments.exactly(3).text(1), arguments.text(2));
      case "rows" -> change.rows(arguments.exactly(3));
      case "columns" -> change.columns(arguments.exactly(3));
      case "choice" -> change.choice(arguments.exactly(3).text(1), arguments.text(2));
      case "drop" -> change.drop(arguments.exactly(2).text(1));
      default ->
          throw new SheetException(Message.of("error.call.method", "edit " + words.getFirst()));
    }
    String block = String.join("\n", change.lines);
    Exercise then = Block.applied(exercise, block);
    if (words.getFirst().equals("cell") && !grids(then).equals(grids(exercise))) {
      throw new SheetException(Message.of("error.cell.number", arguments.text(4)));
    }
    return new Changed(then, block);
  }

  /** What is given, with the widths of its rows: what is typed into one cell leaves that alone. */
  private static Map<Quantity, List<Integer>> grids(Exercise exercise) {
    return exercise.givens().stream()
        .collect(
            Collectors.toMap(
                Given::quantity, given -> given.numbers().stream().map(List::size).toList()));
  }

  private void cell(Arguments arguments) {
    Given given = given(arguments.text(1));
    int row = arguments.number(2);
    int column = arguments.number(3);
    String typed = number(arguments.text(4));
    List<List<String>> cells = cells(given);
    if (row >= cells.size() || column >= cells.getFirst().size()) {
      throw new SheetException(
          Message.of("error.call.cell", given.quantity().name(), row + 1, column + 1));
    }
    cells.get(row).set(column, typed);
    put(given.quantity().name(), written(cells));
  }

  private void matrix(String name, String text) {
    put(oneLine(name), grid(text));
  }

  private void rows(Arguments arguments) {
    Given given = given(arguments.text(1));
    List<List<String>> cells = cells(given);
    int at = place(arguments.text(2), cells.size());
    if (isInsertion(arguments.text(2))) {
      cells.add(at, new ArrayList<>(cells.getFirst().stream().map(c -> "0").toList()));
    } else {
      cells.remove(at);
    }
    resize(given, cells);
  }

  private void columns(Arguments arguments) {
    Given given = given(arguments.text(1));
    List<List<String>> cells = cells(given);
    int at = place(arguments.text(2), cells.getFirst().size());
    boolean insertion = isInsertion(arguments.text(2));
    for (List<String> row : cells) {
      if (insertion) {
        row.add(at, "0");
      } else {
        row.remove(at);
      }
    }
    resize(given, cells);
  }

  private void resize(Given given, List<List<String>> cells) {
    String name = given.quantity().name();
    boolean empty = cells.isEmpty() || cells.getFirst().isEmpty();
    if (empty || cells.size() > LARGEST_SIDE || cells.getFirst().size() > LARGEST_SIDE) {
      throw new SheetException(Message.of("error.grid.size", name, LARGEST_SIDE));
    }
    put(name, written(cells));
  }

  private static boolean isInsertion(String place) {
    return place.startsWith("+");
  }

  /** Where to insert or what to remove: a sign and a place from 0. */
  private static int place(String text, int size) {
    if (!text.matches("[+-]\\d{1,4}")) {
      throw new SheetException(Message.of("error.call.number", "edit", text));
    }
    int last = isInsertion(text) ? size : size - 1;
    return Math.min(Integer.parseInt(text.substring(1)), last);
  }

  /** A choice in words; what is usual is not written. */
  private void choice(String name, String value) {
    lines.removeIf(line -> isOf(line, name) || (name.equals("mask") && line.startsWith("keep ")));
    if (name.equals("find")) {
      lines.removeIf(line -> line.startsWith("find "));
    }
    String words = name.equals("tokens") ? value.replaceAll("\\s+", " ").strip() : oneLine(value);
    if (words.startsWith("keep ")) {
      lines.addAll(Arrays.asList(words.split("\\s*;\\s*")));
    } else if (!words.isEmpty()) {
      lines.add(name.equals("find") ? "find " + words : oneLine(name) + " = " + words);
    }
  }

  private void drop(String name) {
    given(name);
    lines.removeIf(line -> isOf(line, name));
  }

  private void put(String name, String value) {
    String line = name + " = " + value;
    for (int i = 0; i < lines.size(); i++) {
      if (isOf(lines.get(i), name)) {
        lines.set(i, line);
        return;
      }
    }
    lines.addFirst(line);
  }

  private static boolean isOf(String line, String name) {
    return line.startsWith(name + " = ");
  }

  private Given given(String name) {
    return exercise.givens().stream()
        .filter(g -> g.quantity().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new SheetException(Message.of("error.call.given", name, names())));
  }

  private String names() {
    return exercise.givens().stream()
        .map(Given::quantity)
        .map(Quantity::name)
        .collect(Collectors.joining(", "));
  }

  private static List<List<String>> cells(Given given) {
    List<List<String>> cells = new ArrayList<>();
    for (List<Numeral> row : given.numbers()) {
      cells.add(new ArrayList<>(row.stream().map(Numeral::text).toList()));
    }
    return cells;
  }

  private static String written(List<List<String>> cells) {
    return cells.stream()
        .map(row -> row.stream().map(Change::oneLine).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; ", "[", "]"));
  }

  /** The rule that what is typed into a cell is one number. */
  static String number(String typed) {
    String text = typed.strip();
    if (text.isEmpty() || NO_NUMBER.matcher(text).find()) {
      throw new SheetException(Message.of("error.cell.number", text));
    }
    return text;
  }

  /** Nothing typed may begin another statement. */
  static String oneLine(String text) {
    return text.replaceAll("[\\r\\n]+", " ").replace('#', ' ').strip();
  }

  /**
   * Numbers as people copy them: brackets of NumPy, TeX and the native form are read by the sheet;
   * what has none is a table, a row to a line, with tabs, commas, semicolons or blanks between.
   */
  private static String grid(String text) {
    int open = text.indexOf('[');
    int close = text.lastIndexOf(']');
    if (text.contains("\\begin")) {
      return oneLine(text);
    }
    if (open >= 0 && close > open) {
      return oneLine(text.substring(open, close + 1));
    }
    return text.strip()
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> String.join(", ", line.strip().split("\\s*[\\t,;&|]\\s*|\\s+")))
        .collect(Collectors.joining("; ", "[", "]"));
  }
}
