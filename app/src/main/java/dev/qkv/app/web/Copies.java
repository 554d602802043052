package dev.qkv.app.web;

import dev.qkv.sheet.Step;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.report.Detail;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.report.Manuscript;
import dev.qkv.sheet.report.SolutionManuscript;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.NativeWriter;
import dev.qkv.sheet.worksheet.Solved;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An exercise with its solution, to be taken elsewhere. */
final class Copies {
  private static final int DIGITS = 4;

  private final Locale locale;

  Copies(Locale locale) {
    this.locale = locale;
  }

  /**
   * Writes a copy.
   *
   * @param solved the exercise
   * @param format {@code native}, {@code markdown}, {@code tex}, {@code numpy} or {@code csv}
   * @return a document with its {@code text}
   */
  String write(Solved solved, String format) {
    String text =
        switch (format) {
          case "native" -> NativeWriter.write(alone(solved.exercise()));
          case "markdown" -> manuscript(Manuscript.MARKDOWN, solved);
          case "tex" -> latex(solved);
          case "numpy" -> "import numpy as np\n\n" + every(solved, Copies::numpy);
          case "csv" -> every(solved, Copies::csv);
          default -> throw new SheetException(Message.of("error.call.method", "copy " + format));
        };
    return Json.line("page-1", json -> json.writeStringProperty("text", text));
  }

  private String manuscript(Manuscript form, Solved solved) {
    return new SolutionManuscript(form, locale, new Detail(DIGITS, false, false))
        .write(List.of(solved));
  }

  /** A document that XeLaTeX or LuaLaTeX sets as it is; its words have signs beyond ASCII. */
  private String latex(Solved solved) {
    String type = locale.getLanguage().equals("zh") ? "ctexart" : "article";
    return "\\documentclass{"
        + type
        + "}\n\\usepackage{amsmath}\n\\usepackage{unicode-math}\n\n\\begin{document}\n\n"
        + manuscript(Manuscript.LATEX, solved)
        + "\\end{document}\n";
  }

  private static Worksheet alone(Exercise exercise) {
    return new Worksheet("", Worksheet.Form.NATIVE, "", List.of(exercise), List.of());
  }

  private static String every(Solved solved, BiFunction<Quantity, Matrix, String> writer) {
    StringBuilder out = new StringBuilder();
    for (Given given : solved.exercise().givens()) {
      out.append(writer.apply(given.quantity(), given.matrix()));
    }
    for (Step step : solved.derivation().steps()) {
      out.append(writer.apply(step.formula().output(), step.result()));
    }
    return out.toString();
  }

  private static String numpy(Quantity quantity, Matrix numbers) {
    String name = quantity.name().replaceAll("[^\\p{L}\\p{N}_]+", "_").replaceAll("^_|_$", "");
    return name + " = np.array(" + rows(numbers, "[", ", ", "]", "-np.inf", ",\n    ") + ")\n";
  }

  private static String csv(Quantity quantity, Matrix numbers) {
    return quantity.name() + "\n" + rows(numbers, "", ",", "", "-inf", "\n") + "\n\n";
  }

  private static String rows(
      Matrix numbers, String open, String comma, String close, String lowest, String between) {
    return IntStream.range(0, numbers.rows())
        .mapToObj(
            i ->
                numbers.row(i).stream()
                    .map(value -> number(value, lowest))
                    .collect(Collectors.joining(comma, open, close)))
        .collect(Collectors.joining(between, open, close));
  }

  private static String number(Value value, String lowest) {
    return value instanceof NegativeInfinity ? lowest : String.valueOf(value.toDouble());
  }
}
