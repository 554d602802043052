package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.Assertion.Origin;
import dev.qkv.sheet.note.NumberLists.Listed;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Gradients;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Quantity;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what the words before numbers speak of. */
final class SpokenReader {
  /** Words that add nothing to what was mentioned before them. */
  private static final Pattern NEUTRAL =
      Pattern.compile(
          "第\\s*[一二三四五六七八九十\\d]+\\s*(?:行|个)?|行|词元|位置|查询|对于|对|的|处|里|中|这|该|同理|类似|所以|因此|故|于是|最终|最后|结果|答案|解答|答|解|其中|分别|依次|大?约|等于|得到|可得|即|则|有|它们|各|为|是|得|算出|代入|再|然后|最后|也就是|之后|后"
              + "|\\b(?:so|thus|therefore|hence|answer|answers|result|results|final|finally|then|which|gives?|this|that|it|they|approximately|about|and|we|have|get|obtain|equals?|are|is|with|all|both|the|a|an|my|i|got|ans|step|yields?|dividing|divide|by|in|of|for|to|solution|row|vector|values?|numbers?)\\b"
              + "|[\\p{P}\\p{S}\\s\\d]",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TOKEN_NAME =
      Pattern.compile("[“\"'「『]?([\\p{IsHan}]{1,4}|[A-Za-z]{1,12})[”\"'」』]?");

  private static final Pattern OPERAND =
      Pattern.compile("(?is).*(?:\\bby|除以|乘以|乘|\\bover|\\btimes)[\\s$\\\\(]*");

  /** Words that go on with a quantity, as in the weights of the second token = …. */
  private static final Pattern ENGLISH =
      Pattern.compile("(?i)\\s+(?:of|for|in|on|to)\\s+[a-z][a-z\\s\\d-]*");

  /** Words between a quantity and whose it is, as in the scores of a query. */
  private static final Pattern OF =
      Pattern.compile(
          "\\s+(?:of|for)(?:\\s+(?:a|an|the|one|this|that|each|our|its|single))*\\s+",
          Pattern.CASE_INSENSITIVE);

  /** Words for what two numbers make: neither of them has it. */
  private static final Pattern COMPARED =
      Pattern.compile(
          "(?i)每一?行[^，,。；;]{0,6}和[^，,。；;]{0,6}$|\\b(?:each|every) row\\b[^,.;]{0,16}\\bsums?\\b[^,.;]{0,8}$|(?:加起来|add(?:s)? up to|sums? (?:up )?to|之差|之比|差值|比值|差距|相差)[^，,。；;]{0,6}$|\\b(?:difference|gap|ratio)s?\\b[^,.;]{0,40}$");

  private static final Pattern NUMBERED = Pattern.compile("\\s*#?\\d{1,2}\\s*[:：=]?\\s*");

  private static final Pattern PLURAL =
      Pattern.compile("(?:queries|keys|values)$", Pattern.CASE_INSENSITIVE);

  /** Words between a name and the numbers that it is said to have are few. */
  private static final int LONGEST_LINK = 12;

  /** Words between a colon and the clause before it that still lead to a matrix. */
  private static final int LONGEST_LEAD = 30;

  private final LogicalLine line;

  SpokenReader(LogicalLine line) {
    this.line = line;
  }

  /** What the words before the numbers of a chain speak of; one number has no vector. */
  Spoken of(Equation equation, Listed numbers) {
    Spoken spoken = named(equation, numbers);
    Subject subject = spoken.subject();
    boolean fits = subject == null || !subject.quantity().isScalar() || numbers.grid().isNumber();
    return fits ? spoken : Spoken.nothing(spoken.origin());
  }

  private Spoken named(Equation equation, Listed numbers) {
    String before = equation.before();
    boolean related = equation.isRelated();
    Origin origin = equation.hasArrow() ? Origin.CONTEXT : Origin.WORD;
    if (isUnknownName(before, equation.start())
        || (!related && isOperand(before))
        || COMPARED.matcher(before).find()) {
      return Spoken.nothing(origin);
    }
    String row = rowOf(equation);
    Optional<Quantity> gradient = Gradients.last(before);
    if (gradient.isPresent()) {
      return Spoken.of(at(gradient.get(), row, before), origin);
    }
    Grid grid = numbers.grid();
    Optional<Concepts.Mention> mention = Concepts.last(before);
    Optional<Concepts.Mention> input = Concepts.input(before);
    if (input.isPresent() && isNumbered(input.get(), equation, grid)) {
      return Spoken.nothing(origin);
    }
    if (input.isPresent() && isRowOfResult(input.get(), before)) {
      input = Optional.empty();
    }
    if (input.isPresent()
        && (mention.isEmpty() || isLast(input.get(), mention.get(), before))
        && isOf(input.get(), before, related, grid)) {
      line.context.mention(input.get().quantity(), true);
      boolean plural = PLURAL.matcher(before.substring(0, input.get().end())).find();
      return new Spoken(at(input.get().quantity(), row, before), origin, true, plural);
    }
    if (mention.isPresent()) {
      return mentioned(mention.get(), equation, grid, origin);
    }
    Subject name = line.clauseName;
    int colon = Math.max(before.lastIndexOf(':'), before.lastIndexOf('：'));
    boolean listed = colon > 0 && isNeutral(before.substring(colon));
    if (name != null && ((before.length() <= LONGEST_LINK && related) || listed)) {
      return Spoken.of(name.isWhole() && !row.isEmpty() ? name.withRow(row) : name, origin);
    }
    return fromContext(equation, grid);
  }

  /** Whether an input is spoken of last, and not as that which another quantity is of. */
  private static boolean isLast(Concepts.Mention input, Concepts.Mention other, String before) {
    return input.end() >= other.end()
        && (input.start() < other.end()
            || !OF.matcher(before.substring(other.end(), input.start())).matches());
  }

  /** Whether numbers are those of an input that was mentioned. */
  private static boolean isOf(Concepts.Mention input, String before, boolean related, Grid grid) {
    int distance = before.length() - input.end();
    boolean close = distance <= 6 && telling(before.substring(input.end())).isEmpty();
    return (related
            || (close && (grid.isVector() || grid.width() > 1))
            || (close && input.quantity().isScalar() && grid.isNumber()))
        && distance <= 14
        && !isCount(grid, input.quantity());
  }

  /** Whether a query that is given already only says whose results follow. */
  private boolean isRowOfResult(Concepts.Mention input, String before) {
    return line.context.answer
        && input.quantity().equals(Quantities.Q)
        && NUMBERED.matcher(before.substring(input.end())).matches()
        && line.draft.assertions.stream().anyMatch(a -> a.quantity().equals(Quantities.Q));
  }

  /** Whether numbers say which queries or keys are meant, as in keys 2 and 3. */
  private boolean isNumbered(Concepts.Mention input, Equation equation, Grid grid) {
    boolean bare =
        equation.start() < line.text.length()
            && Character.isDigit(line.text.charAt(equation.start()));
    return bare
        && !equation.isRelated()
        && (input.quantity().equals(Quantities.Q) || input.quantity().equals(Quantities.K))
        && equation.before().substring(input.end()).isBlank()
        && !hasDecimals(grid);
  }

  /** What numbers are behind a word for a quantity. */
  private Spoken mentioned(Concepts.Mention mention, Equation equation, Grid grid, Origin origin) {
    String before = equation.before();
    String row = rowOf(equation);
    Quantity topic = line.context.topic;
    if (equation.hasArrow()
        && topic != null
        && !mention.quantity().equals(topic)
        && grid.isVector()) {
      return Spoken.of(at(topic, row, before), origin);
    }
    boolean related = equation.isRelated();
    boolean near = before.length() - mention.end() <= (related ? 60 : 20);
    boolean worth = related || !grid.isNumber() || hasDecimals(grid);
    line.context.mention(mention.quantity(), mention.sure());
    Subject subject = near && worth ? at(mention.quantity(), row, before) : null;
    return new Spoken(subject, origin, mention.sure(), false);
  }

  /** What numbers are by what was spoken of earlier, as the words before them say nothing. */
  private Spoken fromContext(Equation equation, Grid grid) {
    Context context = line.context;
    String before = equation.before();
    String row = rowOf(equation);
    Quantity asked =
        equation.first() && !context.spoken ? line.draft.parts.get(context.part) : null;
    if (asked != null && isNeutral(before)) {
      context.mention(asked, true);
      return Spoken.of(at(asked, row, before), Origin.PART);
    }
    boolean scalar = context.quantity != null && context.quantity.isScalar();
    if (equation.working() != null && grid.isNumber() && !isRelation(equation.start()) && !scalar) {
      return Spoken.nothing(Origin.CONTEXT);
    }
    boolean related = equation.isRelated();
    boolean worthy = related || !grid.isNumber() || hasDecimals(grid);
    if (context.topic != null && worthy && isNeutral(before)) {
      return Spoken.of(at(context.topic, row, before), Origin.PART);
    }
    boolean named = grid.height() == 1 && isTokenName(before, equation.start());
    boolean leads =
        isNeutral(before)
            || named
            || (related && grid.height() > 1 && before.length() <= LONGEST_LEAD);
    Quantity quantity = context.quantity;
    if (quantity == null || (scalar && grid.height() > 1) || !worthy || !leads) {
      return Spoken.nothing(Origin.CONTEXT);
    }
    boolean sure = context.sure && !quantity.name().startsWith("params");
    Subject subject = at(quantity, named ? tokenName(before) : row, before);
    return new Spoken(subject, Origin.CONTEXT, sure, false);
  }

  /** Whether a letter or word that is no known name stands right before an equals sign. */
  private boolean isUnknownName(String before, int start) {
    String words = before.stripTrailing();
    boolean latin =
        !words.isEmpty()
            && words.charAt(words.length() - 1) < 128
            && Character.isLetter(words.charAt(words.length() - 1));
    boolean equals = start < line.text.length() && line.text.charAt(start) == '=';
    Optional<Concepts.Mention> mention = Concepts.last(words).or(() -> Concepts.input(words));
    boolean behind =
        mention.isPresent() && ENGLISH.matcher(words.substring(mention.get().end())).matches();
    return latin
        && equals
        && !behind
        && (mention.isEmpty() || mention.get().end() < words.length());
  }

  /** Whether a chain starts with its relation: it goes on with what was spoken of. */
  private boolean isRelation(int start) {
    return line.elements.stream()
        .anyMatch(e -> e.start() == start && e instanceof Element.Relation);
  }

  /** A count is no matrix: 3 keys. */
  private static boolean isCount(Grid grid, Quantity quantity) {
    return grid.isNumber() && !quantity.isScalar() && grid.number().decimals().orElse(1) == 0;
  }

  private static boolean hasDecimals(Grid grid) {
    return grid.cells().stream()
        .anyMatch(
            c -> c.value().isFinite() && (c.decimals().isEmpty() || c.decimals().getAsInt() > 0));
  }

  /** What words say beyond those that add nothing. */
  static String telling(String words) {
    return NEUTRAL.matcher(words).replaceAll("");
  }

  /** Whether something is done with what follows: divided by it. */
  static boolean isOperand(String before) {
    return OPERAND.matcher(before).matches();
  }

  private static boolean isNeutral(String words) {
    return telling(words).length() <= 1;
  }

  /** Whether a line starts with a word that names a token, as in {@code "cat": 2, 1}. */
  private boolean isTokenName(String before, int start) {
    String word = before.strip();
    char sign = start < line.text.length() ? line.text.charAt(start) : ' ';
    Matcher name = TOKEN_NAME.matcher(word);
    return name.matches()
        && ("：:".indexOf(sign) >= 0
            || ("-→⇒=\\".indexOf(sign) >= 0 && line.draft.isToken(name.group(1))));
  }

  private static String tokenName(String before) {
    Matcher name = TOKEN_NAME.matcher(before.strip());
    return name.matches() ? name.group(1) : "";
  }

  /** The row that words before or right before numbers speak of; empty if none. */
  private String rowOf(Equation equation) {
    OptionalInt between = equation.rowBetween();
    String row =
        between.isPresent() ? String.valueOf(between.getAsInt()) : rowOf(equation.before());
    OptionalInt token = row.isEmpty() ? line.token() : OptionalInt.empty();
    return token.isPresent() ? String.valueOf(token.getAsInt()) : row;
  }

  /** The row that words speak of; empty if none. */
  static String rowOf(String before) {
    OptionalInt row = Concepts.row(before);
    return row.isPresent() ? String.valueOf(row.getAsInt()) : "";
  }

  private static Subject at(Quantity quantity, String row, String before) {
    OptionalInt head = Concepts.head(before);
    Subject subject =
        Subject.of(head.isPresent() ? Quantities.inHead(quantity, head.getAsInt()) : quantity);
    OptionalInt key = Concepts.key(before);
    if (key.isPresent()) {
      subject = subject.withColumn(String.valueOf(key.getAsInt()));
    }
    return row.isEmpty() ? subject : subject.withRow(row);
  }
}
