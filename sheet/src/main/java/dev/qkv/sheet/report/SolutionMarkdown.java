package dev.qkv.sheet.report;

import dev.qkv.sheet.Step;
import dev.qkv.sheet.Verification;
import dev.qkv.sheet.commentary.ChoiceWords;
import dev.qkv.sheet.commentary.Reasons;
import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Solved;
import java.util.List;
import java.util.Locale;

/**
 * Worked solutions as Markdown with TeX.
 *
 * {@snippet file="dev/qkv/sheet/SheetSnippetsTest.java" region="solve"}
 */
public final class SolutionMarkdown {
  private final Locale locale;
  private final Detail detail;
  private final Notation notation;
  private final Pen pen;

  /**
   * A writer.
   *
   * @param locale language of the words
   * @param detail how much is written
   */
  public SolutionMarkdown(Locale locale, Detail detail) {
    this.detail = detail;
    this.locale = locale;
    this.notation = new Notation(detail.digits(), Markup.TEX);
    this.pen = new Pen(notation);
  }

  /**
   * Writes solutions.
   *
   * @param solutions in order
   * @return Markdown
   */
  public String write(List<Solved> solutions) {
    StringBuilder out = new StringBuilder();
    solutions.forEach(s -> solution(out, s));
    return out.toString();
  }

  private void solution(StringBuilder out, Solved solved) {
    out.append("## ").append(solved.exercise().id()).append(". ");
    out.append(solved.exercise().title()).append("\n\n");
    for (Given given : solved.exercise().givens()) {
      out.append("- ").append(given.quantity().describe(given.matrix(), locale)).append(": $");
      out.append(given.quantity().tex()).append(" = ");
      out.append(notation.matrix(given.matrix())).append("$\n");
    }
    for (Message choice : ChoiceWords.of(solved.exercise().choices())) {
      out.append("- ").append(choice.in(locale)).append('\n');
    }
    out.append('\n');
    int number = 0;
    for (Step step : solved.derivation().steps()) {
      step(out, ++number, step);
      Step noted = solved.asNoted().get(step.formula().output());
      if (noted != null && !detail.brief()) {
        out.append('*').append(Message.of("report.noted").in(locale)).append("*\n\n");
        cells(out, noted);
      }
    }
    if (detail.verify()) {
      for (Verification v : Verification.of(solved.derivation())) {
        out.append("- ").append(v.in(locale)).append('\n');
      }
      out.append('\n');
    }
    for (Issue issue : solved.issues()) {
      out.append("> ").append(label(issue)).append(": ");
      out.append(issue.message().in(locale)).append("\n\n");
    }
  }

  private String label(Issue issue) {
    return Message.of("report.issue." + issue.kind(), issue.line()).in(locale);
  }

  private void step(StringBuilder out, int number, Step step) {
    Matrix result = step.result();
    out.append("### ").append(number).append(". ");
    out.append(step.formula().output().describe(result, locale)).append("\n\n$$");
    out.append(step.formula().heading(Markup.TEX)).append("$$\n\n");
    if (!detail.brief()) {
      why(out, step);
    }
    boolean single = result.rows() * result.columns() == 1;
    if (!step.isConstant() && (single || !detail.brief())) {
      cells(out, step);
    }
    if (!single) {
      out.append("$$").append(step.formula().output().tex()).append(" = ");
      out.append(notation.matrix(result)).append("$$\n\n");
    }
  }

  private void why(StringBuilder out, Step step) {
    out.append('*').append(Reasons.of(step.formula()).in(locale)).append("*\n\n");
  }

  private void cells(StringBuilder out, Step step) {
    Matrix result = step.result();
    Step.Cells cells = step.cells();
    for (int i = 0; i < result.rows(); i++) {
      for (int j = 0; j < result.columns(); j++) {
        String cell = step.formula().output().cell(i + 1, j + 1, result).tex();
        out.append("$$").append(cell).append(" = ");
        out.append(pen.equation(cells.at(i, j), result.at(i, j))).append("$$\n");
      }
    }
    out.append('\n');
  }
}
