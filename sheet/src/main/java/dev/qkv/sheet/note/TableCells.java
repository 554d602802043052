package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Span;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cells of a table: the words, numbers and names in them, and what they assert. */
final class TableCells {
  private static final Pattern TOTAL =
      Pattern.compile("(?i).*(?:合计|总和|求和|之和|\\bsum\\b|\\btotal\\b|行和).*");
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)\\b(?:on|to|for|of)\\s+(?:key|token|position|word)?\\s*\\$?k?_?(\\d)\\$?\\s*$|(?:对|给|键|k_?)\\s*\\$?k?_?(\\d)\\$?\\s*的");
  private static final Pattern OF_HEAD =
      Pattern.compile(
          "(?i)(\\S.{0,24}?)[\\s,，]*[(（]?\\s*(?:\\b(?:of )?head|头)\\s*(\\d)\\s*[)）]?|(?:head|头)\\s*(\\d)\\s*[:：,，]?\\s*(\\S.{0,24})");
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?i)(\\S.{0,20}?)[\\s,，]*(?:第\\s*(?=\\d\\s*列)|col(?:umn)?\\.?\\s*)(\\d)\\s*列?");

  /** What is added, as in x + output. */
  private static final Pattern SUM = Pattern.compile("([^+＋]{1,24})[+＋]([^+＋]{1,24})");

  /** A name behind words for what has it, as in 上游梯度 dZ. */
  private static final Pattern CALLED =
      Pattern.compile("\\p{L}[^|]{1,40}(?:[\\s,，:：]+|(?<=的))\\$?(d[A-Z](?:_\\w)?|[QKVSAZ])\\$?");

  private static final Pattern DIVISOR = Pattern.compile("/√?\\(?\\d+(?:\\.\\d+)?\\)?");

  private static final Pattern LISTED = Pattern.compile("[^,，、]+");
  private static final Pattern SPACED = Pattern.compile("\\S+");
  private static final int LONGEST_CAPTION = 20;

  private final String text;
  private final Draft draft;
  private final Context context;
  private final Block table;
  private @Nullable List<@Nullable Subject> header;

  TableCells(String text, Draft draft, Context context, Block table) {
    this.text = text;
    this.draft = draft;
    this.context = context;
    this.table = table;
  }

  /** The rows, the header first. */
  List<List<Span>> rows() {
    return table.rows();
  }

  /** What the line above is the name of, if it is nothing but a name; null for any other. */
  @Nullable Subject caption() {
    int end = table.from();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    String line = text.substring(text.lastIndexOf('\n', Math.max(0, end - 1)) + 1, end);
    if (line.length() > LONGEST_CAPTION) {
      return null;
    }
    String name = line.replaceAll("[*_#>$:：\\s]", "");
    return name.isEmpty()
        ? null
        : Names.side(Names.canonical(name)).map(r -> Subject.of(r, name)).orElse(null);
  }

  /** What the cells of the first row speak of; null for any of no quantity. */
  List<@Nullable Subject> header() {
    List<@Nullable Subject> known = header;
    if (known == null) {
      known = new ArrayList<>();
      for (Span cell : rows().getFirst()) {
        known.add(subject(words(cell)));
      }
      header = known;
    }
    return known;
  }

  /** Whether a cell is one number. */
  boolean isNumber(Span cell) {
    Grid grid = list(cell);
    return grid != null && grid.isNumber();
  }

  /** The line on which the table starts. */
  int line() {
    return table.line();
  }

  String words(Span span) {
    return text.substring(span.from(), span.to()).replace("**", "  ").strip();
  }

  /** The numbers that are all of a cell; null where something else stands there. */
  @Nullable Grid grid(Span span) {
    String words = text.substring(span.from(), span.to());
    if (words.isBlank()) {
      return null;
    }
    try {
      int equals = Math.max(words.lastIndexOf('='), words.lastIndexOf('≈'));
      boolean delimited = equals < 0 && words.strip().matches("(?s)\\\\\\(.*\\\\\\)");
      int from = span.from() + (delimited ? words.indexOf("\\(") + 2 : equals + 1);
      int to = delimited ? span.from() + words.lastIndexOf("\\)") : span.to();
      ValueParser.Read read = ValueParser.prefix(text, Tokens.of(text, from, to), 0);
      String rest = text.substring(read.end(), to).replaceAll("[\\s$*`]+", "");
      return rest.isEmpty() ? read.grid() : null;
    } catch (Unreadable e) {
      return null;
    }
  }

  /** Numbers in a cell, with brackets or only with commas between them. */
  @Nullable Grid list(Span cell) {
    Grid grid = grid(cell);
    if (grid != null) {
      return grid;
    }
    List<List<Numeral>> rows = new ArrayList<>();
    int from = cell.from();
    for (String row : text.substring(cell.from(), cell.to()).split("[;；\\n]", -1)) {
      List<Numeral> numbers = numbers(from, row);
      if (numbers.isEmpty()
          || numbers.size() != (rows.isEmpty() ? numbers : rows.getFirst()).size()) {
        return null;
      }
      rows.add(numbers);
      from += row.length() + 1;
    }
    return new Grid(rows, false);
  }

  /** Numbers with commas between them, or with blanks; none where something else stands there. */
  private List<Numeral> numbers(int start, String row) {
    List<Numeral> numbers = new ArrayList<>();
    boolean commas = row.matches("(?s).*[,，、].*");
    Matcher part = (commas ? LISTED : SPACED).matcher(row);
    while (part.find()) {
      Grid one = grid(new Span(start + part.start(), start + part.end()));
      if (one == null || !one.isNumber()) {
        return List.of();
      }
      numbers.add(one.number());
    }
    return numbers;
  }

  /** What a name or words in a cell speak of; null if of no quantity. */
  @Nullable Subject subject(String words) {
    String plain = words.replaceAll("[（(][^）)]*[）)]\\s*$", "").strip();
    String left = plain.replaceAll("\\s*[=＝].*", "");
    Matcher sum = SUM.matcher(plain);
    if (sum.matches() && isInput(sum.group(1)) && isOutput(sum.group(2))) {
      return Subject.of(Quantities.Y);
    }
    for (String name : List.of(words, plain, left, plain.replaceAll("_\\{?[ij]{1,2}\\}?", ""))) {
      String canonical = Names.canonical(name);
      Optional<Reference> reference =
          Names.side(canonical)
              .or(() -> Names.side(DIVISOR.matcher(canonical).replaceAll("/√d_k")));
      if (reference.isPresent()) {
        return Subject.of(reference.get(), name);
      }
    }
    Matcher head = OF_HEAD.matcher(plain);
    if (head.matches()) {
      Subject whole = subject(head.group(1) == null ? head.group(4) : head.group(1));
      int number = Integer.parseInt(head.group(1) == null ? head.group(3) : head.group(2));
      return whole == null ? null : whole.with(Quantities.inHead(whole.quantity().head(0), number));
    }
    Matcher column = COLUMN.matcher(plain);
    if (column.matches()) {
      Subject whole = subject(column.group(1));
      return whole != null && whole.isWhole() ? whole.withColumn(column.group(2)) : null;
    }
    Matcher called = CALLED.matcher(plain);
    if (called.matches()) {
      return subject(called.group(1));
    }
    Optional<Concepts.Mention> mention = Concepts.last(plain);
    if (mention.isPresent()) {
      Quantity spoken = mention.get().quantity();
      Subject subject = Subject.of(Quantities.inHead(spoken, Concepts.head(plain).orElse(0)));
      Matcher key = KEY.matcher(plain);
      return subject.quantity().columns() == Axis.KEY && key.find()
          ? subject.withColumn(key.group(1) == null ? key.group(2) : key.group(1))
          : subject;
    }
    return plain.length() <= 24
        ? Concepts.input(plain).map(m -> Subject.of(m.quantity())).orElse(null)
        : null;
  }

  private boolean isInput(String words) {
    Subject subject = subject(words);
    return subject != null
        && subject.isWhole()
        && (subject.quantity().equals(Quantities.X) || subject.quantity().equals(Quantities.INPUT));
  }

  private boolean isOutput(String words) {
    Subject subject = subject(words);
    return subject != null
        && (subject.quantity().equals(Quantities.Z) || subject.quantity().equals(Quantities.O));
  }

  void assertion(Subject named, List<List<Numeral>> numbers, String written) {
    assertion(named, numbers, written, Assertion.Origin.NAME, context.hints());
  }

  /** Numbers of which nothing but their values and place tells what they are. */
  void loose(List<Numeral> numbers, String written) {
    draft.add(
        new Loose(
            List.of(numbers),
            List.of(Quantities.TEMPERED, Quantities.S, Quantities.DOT, Quantities.A),
            context.row,
            context.answer,
            table.line(),
            written,
            context.stage,
            List.of()));
  }

  /** Numbers of which only what was spoken of before, and their values, tell what they are. */
  void spoken(Quantity quantity, List<List<Numeral>> numbers, String written) {
    assertion(
        Subject.of(quantity),
        numbers,
        written,
        Assertion.Origin.CONTEXT,
        List.of(quantity, Quantities.A, Quantities.S, Quantities.DOT, Quantities.MASKED));
  }

  private void assertion(
      Subject named,
      List<List<Numeral>> numbers,
      String written,
      Assertion.Origin origin,
      List<Quantity> hints) {
    Grid grid = new Grid(numbers, false);
    Quantity quantity = AssertionWriter.output(named.quantity(), grid, context.answer);
    Subject subject = named.with(AssertionWriter.meant(quantity, grid));
    context.mention(subject.quantity(), true);
    draft.add(
        new Assertion(
            subject,
            numbers,
            null,
            context.answer,
            true,
            context.row,
            table.line(),
            written,
            null,
            origin,
            context.stage,
            Working.NONE,
            hints));
  }

  /** Whether a label says that its numbers are sums of the others. */
  static boolean isTotal(String label) {
    return TOTAL.matcher(label).matches();
  }

  /** Whether a quantity has a vector for each token. */
  static boolean isVector(Quantity quantity) {
    return quantity.sameConcept(Quantities.Q)
        || quantity.sameConcept(Quantities.K)
        || quantity.sameConcept(Quantities.V);
  }
}
