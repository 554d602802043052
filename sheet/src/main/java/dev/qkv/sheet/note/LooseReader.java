package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.NumberLists.Listed;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Gradients;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads numbers without a name: their values may tell what they are when all has been read. */
final class LooseReader {
  private static final int LONGEST_SHOWN = 120;

  private final LogicalLine line;

  LooseReader(LogicalLine line) {
    this.line = line;
  }

  /** Reads numbers of which words do not say what they are. */
  void read(Equation equation, Listed listed) {
    List<Side> sides = equation.sides();
    int to = line.end(listed.next());
    List<Claim> otherwise = List.of();
    boolean unknown = false;
    if (sides.size() > 1) {
      otherwise = arithmetic(sides, equation.start(), line.end(sides.getLast().to()));
    } else if (equation.relation() == Kind.EQUALS) {
      String shown = line.shown(line.clause, to);
      unknown = !equation.before().isBlank() && shown.length() <= LONGEST_SHOWN;
      otherwise =
          unknown && line.context.answer ? List.of(new Claim.Words(line.number, shown)) : List.of();
    }
    String row = SpokenReader.rowOf(equation.before());
    Grid grid = listed.grid();
    boolean telling =
        !grid.isNumber()
            || grid.number().decimals().orElse(0) > 0
            || equation.working() != null
            || unknown;
    if (unknown && grid.isNumber() && !line.context.answer) {
      line.draft.issue(
          line.number, Issue.Kind.GUESS, Message.of("guess.ignored", line.shown(line.clause, to)));
    }
    if (telling || !otherwise.isEmpty()) {
      line.asserts |= !otherwise.isEmpty();
      line.draft.add(
          new Loose(
              grid.rows(),
              line.hints,
              row.isEmpty() ? line.context.row : row,
              line.context.answer,
              line.number,
              line.shown(Math.min(line.clause, equation.start()), to),
              line.context.stage,
              otherwise));
    }
  }

  /** What is spoken of around numbers, as far as the numbers can be it; −∞ is in masked scores. */
  List<Quantity> hints(String before, Grid grid) {
    Set<Quantity> found = new LinkedHashSet<>();
    for (Quantity quantity : around(before)) {
      found.add(AssertionWriter.meant(quantity, grid));
      Quantity treated = Claims.TREATED.get(quantity);
      if (treated != null && grid.width() > 1) {
        found.add(treated);
      }
    }
    Quantity scores = AssertionWriter.meant(Quantities.S, grid);
    if (!scores.equals(Quantities.S)) {
      found.add(scores);
    }
    return List.copyOf(found);
  }

  /** What is spoken of around numbers, the nearest first. */
  private List<Quantity> around(String before) {
    Set<Quantity> found = new LinkedHashSet<>();
    Gradients.last(before).ifPresent(found::add);
    Concepts.in(before).reversed().forEach(m -> found.add(m.quantity()));
    if (line.clauseName != null) {
      found.add(line.clauseName.quantity());
    }
    Quantity asked = line.draft.parts.get(line.context.part);
    if (asked != null) {
      found.add(asked);
    }
    if (line.context.topic != null) {
      found.add(line.context.topic);
    }
    if (line.context.quantity != null) {
      found.add(line.context.quantity);
    }
    found.addAll(line.draft.asked);
    found.addAll(line.draft.mentioned);
    return List.copyOf(found);
  }

  /** Numbers equated with numbers: arithmetic that needs nothing from the problem. */
  private List<Claim> arithmetic(List<Side> sides, int from, int to) {
    List<Claim> claims = new ArrayList<>();
    List<Numeral> links = new ArrayList<>();
    boolean written = false;
    for (Side side : sides) {
      Grid grid = side.grid();
      if (grid == null || !grid.isNumber()) {
        return List.of();
      }
      if (side.arrow() && !links.isEmpty()) {
        claims.addAll(links(links, written, from, to));
        links.clear();
        written = false;
      }
      written |= grid.written();
      links.add(grid.number());
    }
    claims.addAll(links(links, written, from, to));
    return List.copyOf(claims);
  }

  private List<Claim> links(List<Numeral> links, boolean written, int from, int to) {
    return written && links.size() > 1
        ? Claim.Arithmetic.chain(links, line.number, line.shown(from, to))
        : List.of();
  }
}
