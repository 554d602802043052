package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.note.Assertion.Origin;
import dev.qkv.sheet.note.AssertionWriter.Source;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.NumberLists.Listed;
import dev.qkv.sheet.note.NumberLists.Respective;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.worksheet.Issue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the clauses of a logical line, chain by chain. */
final class ClauseReader {
  private static final Pattern UNKNOWN = Pattern.compile("\\p{IsHan}\\s*$");
  private static final Pattern MATRIX =
      Pattern.compile(
          "\\[\\s*\\[?\\s*[-−]?(?:[\\d.]|(?i:nan\\b))|\\\\begin\\{[bpv]?matrix\\}\\s*[-−]?\\d|[/⎡┌⎛]\\s*[-−]?\\d");

  /** What looks like a matrix is not tried beyond this. */
  private static final int LONGEST_MATRIX = 2_000;

  /** Words farther back than this belong to something else. */
  private static final int LONGEST_CLAUSE = 200;

  /** Signs that do not end a clause. */
  private static final String LISTS = "、";

  private final LogicalLine line;
  private final boolean labelled;
  private final ChainReader chains;
  private final NumberLists lists;
  private final AssertionWriter writer;
  private final NamedEquations named;
  private final UnnamedEquations unnamed;
  private final NameReader names;

  ClauseReader(LogicalLine line, Sizes sizes, boolean labelled) {
    this.line = line;
    this.labelled = labelled;
    this.chains = new ChainReader(line.text, line.elements);
    this.lists = new NumberLists(line.elements);
    this.writer = new AssertionWriter(line);
    this.named = new NamedEquations(line, writer, sizes);
    this.unnamed = new UnnamedEquations(line, writer, sizes);
    this.names = new NameReader(line);
  }

  /** Reads all clauses. */
  void read() {
    int at = 0;
    while (at < line.elements.size()) {
      at = next(at);
    }
    line.mentions(
        line.text.substring(Math.min(line.to, Math.max(line.from, line.clause)), line.to));
  }

  private int next(int at) {
    Element e = line.elements.get(at);
    if (e instanceof Element.Separator s) {
      if (s.isStop() || !LISTS.contains(s.sign())) {
        line.endClause(s);
      }
      return at + 1;
    }
    if (e instanceof Element.Relation relation) {
      broken(relation);
      Chain chain = chains.afterRelation(at);
      if (chain.sides().isEmpty()) {
        open(relation);
        return at + 1;
      }
      return chain.sides().getFirst().isNumbers() ? chain(chain, e.start()) : at + 1;
    }
    Optional<Respective> pairs = lists.respective(at);
    if (pairs.isPresent()) {
      return pairs(pairs.get(), at);
    }
    if (chains.startsAt(at)) {
      Chain chain = chains.read(at);
      for (int k = at; k < Math.min(line.elements.size(), chain.next() + 1); k++) {
        if (line.elements.get(k) instanceof Element.Relation relation) {
          broken(relation);
        }
      }
      return chain(chain, e.start());
    }
    return at + 1;
  }

  /**
   * An equals sign behind a word, with nothing behind it that is known, is at least a statement.
   */
  private void open(Element.Relation relation) {
    int to = Math.min(line.to, relation.end() + 2);
    String left = line.text.substring(Math.max(0, relation.start() - 4), relation.start());
    if (line.context.answer
        && relation.kind() == Kind.EQUALS
        && relation.start() > line.clause
        && UNKNOWN.matcher(left).find()) {
      line.draft.add(
          new Claim.Words(
              line.number,
              line.shown(Math.max(line.clause, relation.start() - LONGEST_CLAUSE), to)));
    }
  }

  /** Says why what looks like a matrix behind an equals sign cannot be read. */
  private void broken(Element.Relation relation) {
    if (relation.kind() != Kind.EQUALS) {
      return;
    }
    int from = relation.end();
    while (from < line.text.length() && " $\t".indexOf(line.text.charAt(from)) >= 0) {
      from++;
    }
    int to = Math.min(line.text.length(), from + LONGEST_MATRIX);
    String matrix = line.text.substring(from, to);
    if (!MATRIX.matcher(matrix).lookingAt()) {
      return;
    }
    try {
      ValueParser.prefix(line.text, Tokens.of(line.text, from, Math.min(to, line.to)), 0);
    } catch (Unreadable e) {
      line.draft.issue(line.number, Issue.Kind.GUESS, e.reason());
    }
  }

  /** Names with their numbers, in the same order. */
  private int pairs(Respective pairs, int at) {
    int start = line.elements.get(at).start();
    Source source = new Source(Origin.NAME, start, start, null);
    for (int k = 0; k < pairs.names().size(); k++) {
      Element.Name name = pairs.names().get(k);
      Element.Numbers numbers = pairs.numbers().get(k);
      writer.add(
          Subject.of(name.reference(), line.text.substring(name.start(), name.end())),
          numbers.grid(),
          true,
          source,
          numbers.start(),
          numbers.end());
    }
    return line.consume(pairs.next());
  }

  /** Reads a chain piece by piece; the element behind it. */
  private int chain(Chain whole, int start) {
    boolean first = labelled && line.context.answer && !line.asserts;
    int next = whole.next();
    int from = start;
    Subject before = null;
    Source source = new Source(Origin.CONTEXT, start, start, null);
    for (Chain piece : whole.pieces()) {
      int end = line.end(piece.sides().getLast().to());
      if (before != null && piece.sides().getFirst().isNumbers()) {
        next = goesOn(before, piece, source);
      } else {
        next = piece(piece, from, end, first);
        source = new Source(Origin.CONTEXT, from, end, null);
      }
      before =
          piece.sides().stream()
              .map(Side::subject)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(before);
      from = end;
    }
    return next;
  }

  /** Numbers behind an arrow behind numbers: what comes next of the same. */
  private int goesOn(Subject subject, Chain piece, Source source) {
    Side end = piece.sides().getLast();
    Listed listed = lists.listed(end.to() - 1);
    boolean cell = NamedEquations.isCell(subject);
    int next = cell ? end.to() : listed.next();
    writer.add(
        subject,
        cell ? end.numbers() : listed.grid(),
        false,
        source,
        line.elements.get(end.from()).start(),
        line.end(next));
    return next;
  }

  /** Reads a piece of a chain with the words before it; the element behind it. */
  private int piece(Chain chain, int start, int end, boolean first) {
    String before =
        line.text.substring(Math.max(Math.min(line.clause, start), start - LONGEST_CLAUSE), start);
    List<Side> sides = chain.sides();
    int last = chain.lastNumbers();
    if (last < 0) {
      names.read(chain, before, start);
      return chain.next();
    }
    if (last == 0 && sides.size() > 1) {
      return chain.next();
    }
    int numbers = line.elements.get(sides.get(last).from()).start();
    int words = last > 0 ? line.end(sides.get(last - 1).to()) : Math.min(start, numbers);
    Equation equation =
        new Equation(
            sides.subList(0, last + 1),
            chain.relation(),
            before,
            line.text.substring(words, numbers),
            start,
            end,
            first);
    Listed listed = lists.listed(equation.last().to() - 1);
    if (isOperand(equation)) {
      return unnamed.read(equation.with(before + line.text.substring(start, words)), listed);
    }
    return equation.named().isEmpty()
        ? unnamed.read(equation, listed)
        : named.read(equation, listed);
  }

  /** Whether something is done with what is named, and the numbers are what comes of it. */
  private boolean isOperand(Equation equation) {
    Side first = equation.sides().getFirst();
    Subject subject = first.subject();
    return equation.sides().size() == 2
        && first.pure()
        && subject != null
        && Nature.isInput(subject.quantity())
        && (equation.last().arrow() || equation.last().made() || line.context.answer)
        && SpokenReader.isOperand(equation.before());
  }
}
