package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.ElementScanner;
import dev.qkv.sheet.term.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A logical line while it is read: its elements, and how far its clauses have been read. */
final class LogicalLine {
  private static final Set<Quantity> COLLECTED =
      Set.of(Quantities.CONCAT, Quantities.O, Quantities.Y, Quantities.LAYER_NORM);

  private static final Pattern TOKEN =
      Pattern.compile(
          "[\\s>*•_-]*(?:position|token|word|query|位置|词元?|查询|第)\\s*(\\d)\\s*个?(?:词元?|位置|token|查询)?\\s*[*_]*[:：(（,，]",
          Pattern.CASE_INSENSITIVE);

  final String text;
  final Draft draft;
  final Context context;

  /** Where it starts and ends in the text. */
  final int from;

  final int to;

  /** Its number, as reports name it. */
  final int number;

  final List<Element> elements;

  /** Whether its words ask something; null until that is looked at. */
  private @Nullable Boolean asking;

  /** Where the words of the clause that is being read start. */
  int clause;

  /** The name that stands in this clause without a sign behind it; null if none does. */
  @Nullable Subject clauseName;

  /** Whether it has said that something is something. */
  boolean asserts;

  /** What was spoken of around the last numbers without a name, the nearest first. */
  List<Quantity> hints = List.of();

  LogicalLine(String text, Draft draft, Context context, int from, int to, int number) {
    this.text = text;
    this.draft = draft;
    this.context = context;
    this.from = from;
    this.to = to;
    this.number = number;
    this.elements = ElementScanner.of(text, from, to);
    this.clause = from;
  }

  String words() {
    return text.substring(from, to);
  }

  /** Whether its words ask something. */
  boolean asks() {
    if (asking == null) {
      asking =
          !elements.isEmpty()
              && Concepts.asks(
                  text.substring(elements.getFirst().start(), elements.getLast().end()));
    }
    return asking;
  }

  /** The token that a line is about, as in {@code Position 1: q = (2, 1), k = (0, 1)}. */
  OptionalInt token() {
    Matcher token = TOKEN.matcher(text).region(from, to);
    return token.lookingAt()
        ? OptionalInt.of(Integer.parseInt(token.group(1)))
        : OptionalInt.empty();
  }

  /** Where the element before another ends in the text. */
  int end(int next) {
    return elements.get(next - 1).end();
  }

  /** Ends a clause before its sign; the next starts behind it. */
  void endClause(Element sign) {
    mentions(text.substring(clause, sign.start()));
    clause = sign.end();
    clauseName = null;
  }

  /** Counts words up to an element as said: those behind them speak of what comes; the element. */
  int consume(int next) {
    clause = end(next);
    return next;
  }

  /** Part of the text as reports show it. */
  String shown(int from, int to) {
    return text.substring(from, to).replace("$", " ").replace("**", "").strip();
  }

  /** Takes note of what words speak of. */
  void mentions(String words) {
    Optional<Concepts.Mention> last = Concepts.last(words);
    if (last.isPresent()) {
      context.mention(last.get().quantity(), last.get().sure());
    } else {
      Concepts.input(words).ifPresent(m -> context.mention(m.quantity(), true));
    }
    Concepts.row(words).ifPresent(r -> context.row = String.valueOf(r));
    if (last.isPresent() && COLLECTED.contains(last.get().quantity())) {
      context.head = 0;
    }
  }
}
