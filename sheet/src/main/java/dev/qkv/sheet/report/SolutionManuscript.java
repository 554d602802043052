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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Worked solutions as a manuscript: Markdown or LaTeX, formulas in TeX.
 *
 * {@snippet file="dev/qkv/sheet/SheetSnippetsTest.java" region="solve"}
 */
public final class SolutionManuscript {
  private final Manuscript form;
  private final Locale locale;
  private final Detail detail;
  private final Notation notation;
  private final Pen pen;

  /**
   * A writer.
   *
   * @param form what is written
   * @param locale language of the words
   * @param detail how much is written
   */
  public SolutionManuscript(Manuscript form, Locale locale, Detail detail) {
    this.form = form;
    this.detail = detail;
    this.locale = locale;
    this.notation = new Notation(detail.digits(), Markup.TEX);
    this.pen = new Pen(notation);
  }

  /**
   * Writes solutions.
   *
   * @param solutions in order
   * @return the manuscript; for LaTeX its body
   */
  public String write(List<Solved> solutions) {
    StringBuilder out = new StringBuilder();
    solutions.forEach(s -> solution(out, s));
    return out.toString();
  }

  private void solution(StringBuilder out, Solved solved) {
    out.append(form.heading(form.words(solved.exercise().id() + ". " + solved.exercise().title())));
    List<String> items = new ArrayList<>();
    for (Given given : solved.exercise().givens()) {
      items.add(
          form.words(given.quantity().describe(given.matrix(), locale))
              + ": $"
              + given.quantity().tex()
              + " = "
              + notation.matrix(given.matrix())
              + "$");
    }
    for (Message choice : ChoiceWords.of(solved.exercise().choices())) {
      items.add(form.words(choice.in(locale)));
    }
    out.append(form.items(items));
    int number = 0;
    for (Step step : solved.derivation().steps()) {
      step(out, ++number, step);
      Step noted = solved.asNoted().get(step.formula().output());
      if (noted != null && !detail.brief()) {
        out.append(form.emphasis(form.words(Message.of("report.noted").in(locale))));
        cells(out, noted);
      }
    }
    if (detail.verify()) {
      out.append(
          form.items(
              Verification.of(solved.derivation()).stream()
                  .map(v -> form.words(v.in(locale)))
                  .toList()));
    }
    for (Issue issue : solved.issues()) {
      out.append(form.remark(form.words(label(issue) + ": " + issue.message().in(locale))));
    }
  }

  private String label(Issue issue) {
    return Message.of("report.issue." + issue.kind(), issue.line()).in(locale);
  }

  private void step(StringBuilder out, int number, Step step) {
    Matrix result = step.result();
    String words = number + ". " + step.formula().output().describe(result, locale);
    out.append(form.subheading(form.words(words)));
    out.append(form.display(step.formula().heading(Markup.TEX))).append('\n');
    if (!detail.brief()) {
      out.append(form.emphasis(form.words(Reasons.of(step.formula()).in(locale))));
    }
    boolean single = result.rows() * result.columns() == 1;
    if (!step.isConstant() && (single || !detail.brief())) {
      cells(out, step);
    }
    if (!single) {
      String all = step.formula().output().tex() + " = " + notation.matrix(result);
      out.append(form.display(all)).append('\n');
    }
  }

  private void cells(StringBuilder out, Step step) {
    Matrix result = step.result();
    Step.Cells cells = step.cells();
    for (int i = 0; i < result.rows(); i++) {
      for (int j = 0; j < result.columns(); j++) {
        String cell = step.formula().output().cell(i + 1, j + 1, result).tex();
        out.append(form.display(cell + " = " + pen.equation(cells.at(i, j), result.at(i, j))));
      }
    }
    out.append('\n');
  }
}
