package dev.qkv.app.terminal;

import dev.qkv.sheet.Step;
import dev.qkv.sheet.Verification;
import dev.qkv.sheet.commentary.ChoiceWords;
import dev.qkv.sheet.commentary.Reasons;
import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.report.Detail;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Solved;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Worked solutions for a terminal. */
public final class SolutionText {
  private final Locale locale;
  private final Detail detail;
  private final Notation notation;
  private final Ink ink;

  /**
   * A writer.
   *
   * @param locale language of the words
   * @param detail how much is written
   * @param ink colour or none
   */
  public SolutionText(Locale locale, Detail detail, Ink ink) {
    this.detail = detail;
    this.locale = locale;
    this.notation = new Notation(detail.digits(), Markup.PLAIN);
    this.ink = ink;
  }

  /**
   * What there is, in one line that a pager's search can start from: each exercise begins a line
   * with its number and a full stop.
   *
   * @param solutions in order
   * @return the line; none for a single exercise
   */
  public String contents(List<Solved> solutions) {
    List<String> titles =
        solutions.stream()
            .map(Solved::exercise)
            .filter(e -> !e.givens().isEmpty()) // not what stands before the first exercise
            .map(e -> (e.id() + ". " + e.title()).strip())
            .toList();
    return titles.size() < 2
        ? ""
        : Message.of("report.contents", titles.size(), String.join(" · ", titles)).in(locale)
            + "\n\n";
  }

  /**
   * Writes one solution.
   *
   * @param file the worksheet's name, for errors
   * @param solved the solution
   * @return its text
   */
  public String write(String file, Solved solved) {
    StringBuilder out = new StringBuilder();
    Exercise exercise = solved.exercise();
    out.append(ink.bold(exercise.id() + ". " + exercise.title())).append('\n');
    givens(out, exercise);
    List<Step> steps = solved.derivation().steps();
    IntStream.range(0, steps.size())
        .parallel()
        .mapToObj(k -> step(k + 1, steps.get(k), solved.asNoted()))
        .forEachOrdered(out::append);
    if (detail.verify()) {
      for (Verification v : Verification.of(solved.derivation())) {
        out.append("  ").append(v.agrees() ? ink.good("✓ ") : ink.bad("✗ "));
        out.append(v.in(locale)).append('\n');
      }
    }
    for (Issue issue : solved.issues()) {
      out.append(new IssueText(locale, ink).line(file, issue));
    }
    return out.append('\n').toString();
  }

  private void givens(StringBuilder out, Exercise exercise) {
    for (Given given : exercise.givens()) {
      Matrix matrix = given.matrix();
      block(
          out,
          "  " + given.quantity().symbol() + " = ",
          MatrixText.lines(matrix, new Pen(notation)),
          ink.dim(given.quantity().describe(matrix, locale)));
    }
    for (Message choice : ChoiceWords.of(exercise.choices())) {
      out.append("  ").append(choice.in(locale)).append('\n');
    }
  }

  private StringBuilder step(int number, Step step, Map<Quantity, Step> asNoted) {
    StringBuilder out = new StringBuilder();
    Pen pen = new Pen(notation);
    Quantity output = step.formula().output();
    Matrix result = step.result();
    out.append('\n').append(Width.padLeft(number + "", 4)).append("  ");
    out.append(ink.formula(step.formula().heading(Markup.PLAIN))).append("   ");
    out.append(ink.dim(output.describe(result, locale))).append('\n');
    if (!detail.brief()) {
      why(out, step);
    }
    boolean single = result.rows() * result.columns() == 1;
    if (!step.isConstant() && (single || !detail.brief())) {
      cells(out, step, pen);
    }
    if (!single) {
      block(out, "      " + output.symbol() + " = ", MatrixText.lines(result, pen), "");
    }
    Step noted = asNoted.get(output);
    if (noted != null && !detail.brief()) {
      out.append("      ").append(ink.dim(Message.of("report.noted").in(locale))).append('\n');
      cells(out, noted, pen);
    }
    return out;
  }

  private void why(StringBuilder out, Step step) {
    String reason = Reasons.of(step.formula()).in(locale);
    out.append("      ").append(ink.dim(reason)).append('\n');
  }

  private static void cells(StringBuilder out, Step step, Pen pen) {
    Matrix result = step.result();
    Step.Cells cells = step.cells();
    for (int i = 0; i < result.rows(); i++) {
      for (int j = 0; j < result.columns(); j++) {
        String name = step.formula().output().cell(i + 1, j + 1, result).plain();
        out.append("      ").append(name).append(" = ");
        out.append(pen.equation(cells.at(i, j), result.at(i, j))).append('\n');
      }
    }
  }

  private static void block(StringBuilder out, String lead, List<String> lines, String note) {
    int middle = (lines.size() - 1) / 2;
    for (int i = 0; i < lines.size(); i++) {
      out.append(i == middle ? lead : " ".repeat(Width.of(lead))).append(lines.get(i));
      out.append(i == middle && !note.isEmpty() ? "   " + note : "").append('\n');
    }
  }
}
