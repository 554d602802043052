package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Writes worksheets in the native form. */
public final class NativeWriter {
  private NativeWriter() {}

  /**
   * Writes a worksheet, which reads back as the same exercises.
   *
   * @param worksheet any worksheet
   * @return Markdown with {@code qkv} and {@code answer} blocks
   */
  public static String write(Worksheet worksheet) {
    StringBuilder out = new StringBuilder();
    if (!worksheet.preface().isEmpty()) {
      out.append(worksheet.preface()).append("\n\n");
    }
    worksheet.exercises().forEach(exercise -> exercise(out, exercise));
    return out.toString().stripTrailing() + "\n";
  }

  private static void exercise(StringBuilder out, Exercise exercise) {
    out.append("## ").append(exercise.id()).append(". ").append(exercise.title()).append("\n\n");
    if (!exercise.prose().isEmpty()) {
      out.append(exercise.prose()).append("\n\n");
    }
    out.append("```qkv\n").append(question(exercise)).append("```\n");
    if (!exercise.claims().isEmpty()) {
      out.append("```answer\n");
      exercise.claims().forEach(claim -> out.append(claim(claim)).append('\n'));
      out.append("```\n");
    }
    out.append('\n');
  }

  /**
   * What an exercise gives, chooses and asks.
   *
   * @param exercise any exercise
   * @return the statements of its {@code qkv} block, one to a line
   */
  public static String question(Exercise exercise) {
    StringBuilder out = new StringBuilder();
    for (Given given : exercise.givens()) {
      boolean choice = given.quantity().name().equals("mask");
      out.append(choice ? "mask" : given.quantity().name())
          .append(" = ")
          .append(matrix(given.numbers()))
          .append('\n');
    }
    if (!exercise.tokens().isEmpty()) {
      out.append("tokens = ").append(String.join(", ", exercise.tokens())).append('\n');
    }
    choices(out, exercise.choices());
    if (!exercise.goals().isEmpty()) {
      out.append(
          exercise.goals().stream()
              .map(Quantity::name)
              .collect(Collectors.joining(", ", "find ", "\n")));
    }
    return out.toString();
  }

  private static void choices(StringBuilder out, Choices choices) {
    if (choices.scaling() == Choices.Scaling.NONE) {
      out.append("scale = none\n");
    }
    masking(out, choices.masking());
    if (choices.activation() != Choices.USUAL.activation()) {
      out.append("activation = ").append(word(choices.activation())).append('\n');
    }
    if (choices.norm() != Choices.USUAL.norm()) {
      out.append("norm = ").append(word(choices.norm())).append('\n');
    }
    if (choices.positions() != Choices.USUAL.positions()) {
      out.append("positions = ").append(word(choices.positions())).append('\n');
    }
  }

  /**
   * A choice as the native form writes it.
   *
   * @param choice a constant of one of the choices
   * @return its word
   */
  public static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String aligned(Alignment alignment) {
    return alignment == Alignment.UNSAID ? "" : " " + word(alignment);
  }

  private static void masking(StringBuilder out, Masking masking) {
    switch (masking) {
      case Masking.Causal(Alignment alignment) ->
          out.append("mask = causal").append(aligned(alignment)).append('\n');
      case Masking.Window(int left, int right, Alignment alignment) ->
          out.append("mask = window ")
              .append(left)
              .append(' ')
              .append(right)
              .append(aligned(alignment))
              .append('\n');
      case Masking.Keep(var kept) ->
          kept.forEach(
              (query, keys) ->
                  out.append("keep ")
                      .append(query)
                      .append(
                          keys.stream()
                              .map(String::valueOf)
                              .collect(Collectors.joining(", ", " -> {", "}\n"))));
      case Masking.None n -> {}
      case Masking.Given g -> {}
    }
  }

  private static String claim(Claim claim) {
    return switch (claim) {
      case Claim.Numbers n ->
          n.quantity().name() + index(n.row(), n.column()) + " = " + matrix(n.numbers());
      case Claim.Shape s -> "shape(" + s.quantity().name() + ") = " + s.rows() + "×" + s.columns();
      case Claim.Arithmetic a -> "text " + a.text();
      case Claim.Formula f -> "formula " + f.text().replaceAll("\\s+", " ").strip();
      case Claim.Words w -> "text " + w.text().replace('\n', ' ');
    };
  }

  private static String index(OptionalInt row, OptionalInt column) {
    if (row.isEmpty()) {
      return "";
    }
    return "[" + row.getAsInt() + (column.isPresent() ? ", " + column.getAsInt() : "") + "]";
  }

  /**
   * Numbers as the native form writes them.
   *
   * @param numbers row by row
   * @return {@code [1 2; 3 4]}, or a bare number
   */
  static String matrix(List<List<Numeral>> numbers) {
    if (numbers.size() == 1 && numbers.getFirst().size() == 1) {
      return numbers.getFirst().getFirst().text();
    }
    return numbers.stream()
        .map(row -> row.stream().map(Numeral::text).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; ", "[", "]"));
  }
}
