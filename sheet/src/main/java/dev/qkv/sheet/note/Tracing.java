package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Doubt;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Issue;
import java.util.List;

/** Puts lines and places of numbers where they are in the user's own document. */
final class Tracing {
  /** A number that takes much more room in the source than in the text is not one piece there. */
  private static final int MOST_ROOM = 8;

  private final Traced traced;
  private final Lines lines;
  private final Lines source;

  Tracing(Traced traced) {
    this.traced = traced;
    this.lines = new Lines(traced.text());
    this.source = new Lines(traced.source());
  }

  Exercise exercise(Exercise e) {
    return new Exercise(
        e.id(),
        e.title(),
        line(e.line()),
        e.prose(),
        e.givens().stream().map(this::given).toList(),
        e.choices(),
        e.tokens(),
        e.goals(),
        e.claims().stream().map(this::claim).toList(),
        e.doubts().stream().map(this::doubt).toList(),
        e.issues().stream().map(i -> new Issue(line(i.line()), i.kind(), i.message())).toList(),
        e.read());
  }

  private int line(int line) {
    int start = lines.start(line);
    int end = lines.end(line);
    while (start < end && Character.isWhitespace(traced.text().charAt(start))) {
      start++;
    }
    return source.of(Math.min(traced.origin(start), traced.source().length()));
  }

  private Given given(Given given) {
    return new Given(given.quantity(), numbers(given.numbers()), line(given.line()));
  }

  private Doubt doubt(Doubt doubt) {
    return new Doubt(doubt.claim().map(this::claim), doubt.reason());
  }

  private Claim claim(Claim claim) {
    int line = line(claim.line());
    return switch (claim) {
      case Claim.Numbers n ->
          new Claim.Numbers(n.quantity(), numbers(n.numbers()), n.row(), n.column(), line, n.text())
              .with(n.working());
      case Claim.Shape s -> new Claim.Shape(s.quantity(), s.rows(), s.columns(), line, s.text());
      case Claim.Arithmetic a ->
          new Claim.Arithmetic(a.expression(), a.computed(), number(a.claimed()), line, a.text());
      case Claim.Formula f -> new Claim.Formula(f.readings(), line, f.text());
      case Claim.Words w -> new Claim.Words(line, w.text());
    };
  }

  private List<List<Numeral>> numbers(List<List<Numeral>> numbers) {
    return numbers.stream().map(row -> row.stream().map(this::number).toList()).toList();
  }

  private Numeral number(Numeral numeral) {
    int length = numeral.text().length();
    if (numeral.at() < 0 || length == 0) {
      return numeral;
    }
    int from = traced.origin(numeral.at());
    int to = traced.origin(numeral.at() + length - 1) + 1;
    boolean whole = to > from && to - from <= length + MOST_ROOM && to <= traced.source().length();
    return whole
        ? new Numeral(
            traced.source().substring(from, to), from, numeral.value(), numeral.decimals())
        : new Numeral(numeral.text(), -1, numeral.value(), numeral.decimals());
  }
}
