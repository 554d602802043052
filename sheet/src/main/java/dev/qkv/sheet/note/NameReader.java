package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.note.Assertion.Origin;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.notation.WorkingParser;
import dev.qkv.sheet.note.notation.formula.FormulaParser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a chain without numbers: names that are equal, a formula, or a name in passing. */
final class NameReader {
  private static final Pattern ROUNDED = Pattern.compile("\\d\\.\\d");

  private final LogicalLine line;

  NameReader(LogicalLine line) {
    this.line = line;
  }

  /** Reads a chain behind some words. */
  void read(Chain chain, String before, int start) {
    List<Side> sides = chain.sides();
    boolean pure = sides.stream().allMatch(s -> s.pure() && s.subject() != null);
    line.mentions(before);
    Side first = sides.getFirst();
    boolean equal = sides.size() > 1 && pure;
    if (equal) {
      same(sides, start);
    }
    boolean operand = sides.size() == 1 && SpokenReader.isOperand(before);
    if (!equal && line.clauseName == null && !operand) {
      line.clauseName = first.subject();
    }
    for (Side side : sides) {
      if (side.subject() != null && !operand) {
        line.context.mention(side.subject().quantity(), true);
        if (sides.size() > 1 && !side.subject().single().isEmpty()) {
          line.context.row = side.subject().single();
        }
        if (!side.subject().single().isEmpty() && side.subject().single().length() > 1) {
          line.draft.tokens.add(side.subject().single());
        }
        break;
      }
    }
    leftOpen(first, start);
    if (sides.size() > 1 && !pure) {
      formula(start, line.end(sides.getLast().to()));
    }
    if (first.subject() != null && !line.context.answer && line.asks()) {
      line.draft.asked.add(first.subject().quantity());
    }
  }

  /** Arithmetic that is not carried through, as (1·0 + ?)/√2 = ?, is kept for its result. */
  private void leftOpen(Side first, int start) {
    Subject subject = first.subject();
    int stop = line.text.indexOf('?', start);
    int newline = line.text.indexOf('\n', start);
    if (subject != null && !subject.isWhole() && stop >= 0 && (newline < 0 || stop < newline)) {
      int to = newline < 0 ? line.text.length() : newline;
      line.draft.open.put(subject, WorkingParser.of(line.text, start, to));
    }
  }

  /** A formula is a claim too. */
  private void formula(int from, int to) {
    if (ROUNDED.matcher(line.text).region(from, to).find()) {
      return; // worked with numbers, and so no formula
    }
    Optional<FormulaParser.Parsed> parsed = FormulaParser.formula(line.text, from, to);
    if (parsed.isPresent()) {
      line.asserts = true;
      for (FormulaParser.Side side : parsed.get().sides()) {
        line.draft.add(new Claim.Formula(side.readings(), line.number, side.text()));
      }
    }
  }

  private void same(List<Side> sides, int start) {
    Subject last = sides.getLast().subject();
    String written = line.text.substring(start, line.end(sides.getLast().to()));
    for (Side side : sides.subList(0, sides.size() - 1)) {
      if (side.subject() != null && last != null && side.subject().isWhole() && last.isWhole()) {
        line.draft.add(
            new Assertion(
                side.subject(),
                List.of(),
                last.quantity(),
                line.context.answer,
                true,
                "",
                line.number,
                written,
                null,
                Origin.NAME,
                line.context.stage,
                Working.NONE,
                List.of()));
      }
    }
  }
}
