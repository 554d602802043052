package dev.qkv.app.terminal;

import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Issue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Audits for a terminal, in the manner of a test runner. */
public final class AuditText {
  /** More explanations than this explain nothing. */
  private static final int MOST_PAIRS = 6;

  private final Locale locale;
  private final Notation notation;
  private final Ink ink;

  /**
   * A writer.
   *
   * @param locale language of the words
   * @param digits decimals of rounded numbers
   * @param ink colour or none
   */
  public AuditText(Locale locale, int digits, Ink ink) {
    this.locale = locale;
    this.notation = new Notation(digits, Markup.PLAIN);
    this.ink = ink;
  }

  private String say(String key, Object... arguments) {
    return Message.of(key, arguments).in(locale);
  }

  /**
   * Writes one exercise's audit.
   *
   * @param file the worksheet's name, for errors
   * @param checked the audit
   * @return its text
   */
  public String write(String file, Checked checked) {
    StringBuilder out = new StringBuilder();
    out.append("  ").append(sign(checked)).append(' ');
    out.append(ink.bold(checked.exercise().id() + ". " + checked.exercise().title()));
    out.append('\n');
    for (Verdict verdict : checked.verdicts()) {
      verdict(out, verdict);
    }
    for (Issue issue : checked.issues()) {
      out.append(new IssueText(locale, ink).line(file, issue));
    }
    return out.toString();
  }

  private String sign(Checked checked) {
    if (checked.hasErrors()) {
      return ink.bad("!");
    }
    if (checked.count(Outcome.WRONG) > 0) {
      return ink.bad("✗");
    }
    return checked.count(Outcome.RIGHT) > 0 ? ink.good("✓") : ink.warn("?");
  }

  private void verdict(StringBuilder out, Verdict verdict) {
    if (verdict.formula().isPresent()) {
      out.append(new FormulaText(locale, notation, ink).write(verdict, verdict.formula().get()));
      return;
    }
    switch (verdict.outcome()) {
      case UNCHECKED -> {
        out.append("      ").append(ink.warn("? " + say("report.unchecked"))).append(' ');
        out.append(shortened(verdict.claim().text())).append(line(verdict)).append('\n');
      }
      case RIGHT -> right(out, verdict);
      case WRONG -> wrong(out, verdict);
    }
    for (Message note : verdict.notes()) {
      out.append("        ").append(ink.dim(note.in(locale))).append('\n');
    }
  }

  static String shortened(String text) {
    String flat = text.replaceAll("\\s+", " ").strip();
    return flat.length() <= 100 ? flat : flat.substring(0, 99) + "…";
  }

  private String line(Verdict verdict) {
    return ink.dim("  " + say("report.line", verdict.claim().line()));
  }

  private void right(StringBuilder out, Verdict verdict) {
    List<String> cells = new ArrayList<>();
    verdict.cells().forEach(c -> cells.add(c.claimed().text().strip()));
    out.append("      ").append(ink.good("✓")).append(' ').append(verdict.name());
    out.append(place(verdict)).append(" = ").append(String.join(", ", cells));
    out.append(line(verdict)).append('\n');
  }

  /** The one cell or row that a claim is for, if it is for one. */
  private static String place(Verdict verdict) {
    if (verdict.cells().size() == 1) {
      return index(verdict.cells().getFirst());
    }
    return verdict.claim() instanceof Claim.Numbers n && n.row().isPresent()
        ? "[" + n.row().getAsInt() + "]"
        : "";
  }

  private static String index(Verdict.Cell cell) {
    return cell.row().isEmpty()
        ? ""
        : "[" + cell.row().getAsInt() + ", " + cell.column().orElse(1) + "]";
  }

  private void wrong(StringBuilder out, Verdict verdict) {
    Set<List<String>> codes = new LinkedHashSet<>();
    for (Verdict.Cell cell : verdict.cells()) {
      String claimed = verdict.name() + index(cell) + " = " + cell.claimed().text().strip();
      if (cell.outcome() == Outcome.RIGHT) {
        out.append("      ").append(ink.good("✓")).append(' ').append(claimed).append('\n');
        continue;
      }
      out.append("      ").append(ink.bad("✗ " + claimed)).append("   ");
      out.append(ink.good(say("report.right.number", notation.number(cell.computed()))));
      out.append("   ").append(ink.dim(reach(cell))).append(line(verdict)).append('\n');
      cell.mistakes().forEach(m -> codes.add(m.codes()));
    }
    codes.stream().limit(MOST_PAIRS).forEach(together -> explanation(out, together));
    if (codes.size() > MOST_PAIRS) {
      String more = say("report.more", codes.size() - MOST_PAIRS);
      out.append("        ").append(ink.dim(more)).append('\n');
    }
    if (!verdict.follows().isEmpty()) {
      String earlier = String.join(", ", verdict.follows());
      out.append("        ").append(ink.warn(say("report.follows", earlier))).append('\n');
    } else if (codes.isEmpty()) {
      out.append("        ");
      out.append(
          verdict.tried() == 0
              ? say("report.no.mistake.known", verdict.name())
              : say("report.no.mistake", verdict.tried()));
      verdict
          .nearest()
          .ifPresent(
              n ->
                  out.append(
                      say(
                          "report.nearest",
                          n.code(),
                          Mistake.label(n.code()).in(locale),
                          notation.rounded(new Approximate(n.distance())))));
      out.append('\n');
    }
  }

  /** A mistake, or two that have to be made together. */
  private void explanation(StringBuilder out, List<String> together) {
    for (int k = 0; k < together.size(); k++) {
      String code = together.get(k);
      out.append("        ").append(ink.warn(k == 0 ? code : "+ " + code)).append("  ");
      out.append(Mistake.label(code).in(locale)).append(" — ");
      out.append(Mistake.hint(code).in(locale)).append('\n');
    }
  }

  private String reach(Verdict.Cell cell) {
    return cell.reach().map(r -> say("report.reach", shown(r.low()), shown(r.high()))).orElse("");
  }

  private String shown(BigDecimal bound) {
    return notation.rounded(Value.of(bound));
  }

  /**
   * The last line.
   *
   * @param right numbers and formulas that are right
   * @param wrong numbers and formulas that are wrong
   * @param unchecked statements not checked
   * @param errors exercises or files with errors
   * @return its text
   */
  public String totals(long right, long wrong, long unchecked, long errors) {
    String text = say("report.totals", right, wrong, unchecked);
    String all = errors == 0 ? text : text + say("report.totals.errors", errors);
    return (wrong + errors == 0 ? ink.good(all) : ink.bad(all)) + "\n";
  }
}
