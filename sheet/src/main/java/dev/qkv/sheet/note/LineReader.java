package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.ChainReader.Chain;
import dev.qkv.sheet.note.ChainReader.Side;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Gradients;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.ElementScanner;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.note.notation.WorkingParser;
import dev.qkv.sheet.note.notation.formula.FormulaParser;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a logical line: what it says that quantities are, and what it asks. */
final class LineReader {
  /** Words that add nothing to what was mentioned before them. */
  private static final Pattern NEUTRAL =
      Pattern.compile(
          "第\\s*[一二三四五六七八九十\\d]+\\s*(?:行|个)?|行|词元|位置|查询|对于|对|的|处|里|中|这|该|同理|类似|所以|因此|故|于是|最终|最后|结果|答案|解答|答|解|其中|分别|依次|大?约|等于|得到|可得|即|则|有|它们|各|为|是|得|算出|代入|再|然后|最后|也就是|之后|后"
              + "|\\b(?:so|thus|therefore|hence|answer|answers|result|results|final|finally|then|which|gives?|this|that|it|they|approximately|about|and|we|have|get|obtain|equals?|are|is|with|all|both|the|a|an|my|i|got|ans|step|yields?|dividing|divide|by|in|of|for|to|solution|row|vector|values?|numbers?)\\b"
              + "|[\\p{P}\\p{S}\\s\\d]",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{1,5})\\s*(?:[×x*]|\\\\times|by)\\s*(\\d{1,5})(?!\\s*(?:[×x*]|\\\\times)\\s*\\d)");
  private static final Pattern SIZES =
      Pattern.compile("([\\d０-９]{1,5})\\s*(?:[×x]|\\\\times)\\s*([\\d０-９]{1,5})");
  private static final Pattern SHAPE_WORD =
      Pattern.compile(
          "拼接|形状|大小为|concat|\\bshapes?\\b|side by side|每头|each head|维度为", Pattern.CASE_INSENSITIVE);
  private static final Pattern EACH_HEAD =
      Pattern.compile("每\\s*个?头|each head|every head|per head", Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKEN_NAME =
      Pattern.compile("[“\"'「『]?([\\p{IsHan}]{1,4}|[A-Za-z]{1,12})[”\"'」』]?");

  private static final Pattern BEHIND =
      Pattern.compile(
          "^[\\s$]*(?:again\\s+)?(?:for|in|as)\\s+(?:the\\s+)?((?:first|second|third|fourth|(?:token|row|query|position)\\s*\\d)\\b)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern OPERAND =
      Pattern.compile("(?is).*(?:\\bby|除以|乘以|乘|\\bover)[\\s$\\\\(]*");
  private static final Pattern QUOTED =
      Pattern.compile("[“\"「『‘]([\\p{IsHan}]{1,4}|[A-Za-z]{1,12})[”\"」』’]");
  private static final Pattern LEADING_TOKEN =
      Pattern.compile("^[^\\p{L}]*([\\p{IsHan}]{1,4}|[A-Za-z]{1,12})[”\"'」』]?\\s*[:：]");

  /** Words shorter than this are lead-ins, not statements. */
  private static final int SHORTEST_STATEMENT = 8;

  private final String text;
  private final Draft draft;
  private final Context context;
  private List<Element> elements = List.of();
  private ChainReader chains;
  private int line;
  private boolean any;
  private boolean consumed;
  private boolean labelled;

  /** Words between a name and the numbers that it is said to have are few. */
  private static final int LONGEST_LINK = 12;

  /** Words between a colon and the clause before it that still lead to a matrix. */
  private static final int LONGEST_LEAD = 30;

  /** Words farther back than this belong to something else. */
  private static final int LONGEST_CLAUSE = 200;

  /** Where the words of the clause that is being read start. */
  private int clause;

  /** The name that stands in this clause without a sign behind it. */
  private @Nullable Subject clauseName;

  LineReader(String text, Draft draft, Context context) {
    this.text = text;
    this.draft = draft;
    this.context = context;
    this.chains = new ChainReader(text, elements);
  }

  /** Reads {@code text[from, to)}. */
  void read(int from, int to, int at, boolean labelled) {
    elements = ElementScanner.of(text, from, to);
    chains = new ChainReader(text, elements);
    line = at;
    lineEnd = to;
    clause = from;
    any = false;
    String words = text.substring(from, to);
    token(words);
    this.labelled = labelled;
    boolean first = labelled && context.answer;
    int i = 0;
    while (i < elements.size()) {
      i = next(i, first && !any);
    }
    mentions(words.substring(Math.min(words.length(), Math.max(0, clause - from))));
    settle(words);
  }

  /** The row that words behind numbers speak of, as in 0.67 and 0.33 for the first token. */
  private String rowBehind(int end) {
    Matcher behind = BEHIND.matcher(text.substring(end, Math.min(text.length(), end + 40)));
    if (!behind.find()) {
      return "";
    }
    OptionalInt row = Concepts.row(behind.group(1) + " token");
    return row.isPresent() ? String.valueOf(row.getAsInt()) : rowOf(behind.group(1));
  }

  /** A token at the start of a line, or in quotation marks where something is asked, is its row. */
  private void token(String words) {
    Matcher leading = LEADING_TOKEN.matcher(words);
    if (leading.find() && draft.isToken(leading.group(1))) {
      context.row = leading.group(1);
      return;
    }
    Matcher quoted = QUOTED.matcher(words);
    String found = "";
    while (quoted.find()) {
      if (draft.isToken(quoted.group(1))) {
        found = found.isEmpty() || found.equals(quoted.group(1)) ? quoted.group(1) : "?";
      }
    }
    if (!found.isEmpty() && !found.equals("?")) {
      context.row = found;
      context.token = true;
    }
  }

  /**
   * An equals sign behind a word, with nothing behind it that is known, is at least a statement.
   */
  private void open(Element.Relation relation) {
    int to = Math.min(lineEnd, relation.end() + 2);
    String left = text.substring(Math.max(0, relation.start() - 4), relation.start());
    if (context.answer
        && relation.kind() == Kind.EQUALS
        && relation.start() > clause
        && UNKNOWN.matcher(left).find()) {
      draft.add(
          new Claim.Words(line, shown(Math.max(clause, relation.start() - LONGEST_CLAUSE), to)));
    }
  }

  private static final Pattern UNKNOWN = Pattern.compile("\\p{IsHan}\\s*$");

  private int next(int at, boolean part) {
    Element e = elements.get(at);
    if (e instanceof Element.Separator s) {
      if (s.isStop() || !LISTS.contains(s.sign())) {
        mentions(text.substring(clause, e.start()));
        clause = e.end();
        clauseName = null;
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
      if (!chain.sides().getFirst().isNumbers()) {
        return at + 1;
      }
      return chain(chain, e.start(), part);
    }
    Optional<ChainReader.Respective> pairs = chains.respective(at);
    if (pairs.isPresent()) {
      return pairs(pairs.get(), at);
    }
    if (chains.startsAt(at)) {
      Chain chain = chains.read(at);
      for (int k = at; k < Math.min(elements.size(), chain.next() + 1); k++) {
        if (elements.get(k) instanceof Element.Relation relation) {
          broken(relation);
        }
      }
      return chain(chain, e.start(), part);
    }
    return at + 1;
  }

  /** Names with their numbers, in the same order. */
  private int pairs(ChainReader.Respective pairs, int at) {
    origin = Assertion.Origin.NAME;
    working = null;
    chainStart = elements.get(at).start();
    chainEnd = chainStart;
    for (int k = 0; k < pairs.names().size(); k++) {
      Element.Name name = pairs.names().get(k);
      Element.Numbers numbers = pairs.numbers().get(k);
      assertion(
          Subject.of(name.reference(), text.substring(name.start(), name.end())),
          numbers.grid(),
          true,
          numbers.start(),
          numbers.end());
    }
    clause = end(pairs.next());
    return pairs.next();
  }

  /** Says why what looks like a matrix behind an equals sign cannot be read. */
  private void broken(Element.Relation relation) {
    if (relation.kind() != Kind.EQUALS) {
      return;
    }
    int from = relation.end();
    while (from < text.length() && " $\t".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    int to = Math.min(text.length(), from + LONGEST_MATRIX);
    String matrix = text.substring(from, to);
    if (!MATRIX.matcher(matrix).lookingAt()) {
      return;
    }
    try {
      ValueParser.prefix(text, Tokens.of(text, from, Math.min(to, lineEnd)), 0);
    } catch (Unreadable e) {
      draft.issue(line, Issue.Kind.GUESS, e.reason());
    }
  }

  private static final int LONGEST_MATRIX = 2_000;
  private static final Pattern MATRIX =
      Pattern.compile("\\[\\s*\\[?\\s*[-−]?[\\d.]|\\\\begin\\{[bpv]?matrix\\}\\s*[-−]?\\d");

  /** Where the logical line ends. */
  private int lineEnd;

  private static final Set<Quantity> SETTINGS =
      Set.of(
          Quantities.TEMPERATURE,
          Quantities.SCALE,
          Quantities.CAP,
          Quantities.D_MODEL,
          Quantities.HEADS);

  private static final Set<Quantity> COLLECTED =
      Set.of(Quantities.CONCAT, Quantities.O, Quantities.Y, Quantities.LAYER_NORM);

  private static final String LISTS = "、";

  private void mentions(String words) {
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

  /** Reads a chain piece by piece; the element behind it. */
  private int chain(Chain whole, int start, boolean part) {
    int next = whole.next();
    int from = start;
    Subject before = null;
    for (Chain piece : ChainReader.pieces(whole)) {
      Side first = piece.sides().getFirst();
      if (before != null && first.isNumbers()) {
        next = goesOn(before, piece);
      } else {
        next = piece(piece, from, part);
      }
      before =
          piece.sides().stream()
              .map(Side::subject)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(before);
      from = end(piece.sides().getLast().to());
    }
    return next;
  }

  /** Numbers behind an arrow behind numbers: what comes next of the same. */
  private int goesOn(Subject subject, Chain piece) {
    Side end = piece.sides().getLast();
    ChainReader.Listed listed = chains.listed(end.to() - 1);
    origin = Assertion.Origin.CONTEXT;
    working = null;
    boolean cell = isCell(subject);
    assertion(
        subject,
        cell ? grid(end) : listed.grid(),
        false,
        elements.get(end.from()).start(),
        end(cell ? end.to() : listed.next()));
    return cell ? end.to() : listed.next();
  }

  private int piece(Chain chain, int start, boolean part) {
    String before =
        text.substring(Math.max(Math.min(clause, start), start - LONGEST_CLAUSE), start);
    consumed = false;
    chainStart = start;
    chainEnd = end(chain.sides().getLast().to());
    List<Side> sides = chain.sides();
    Side first = sides.getFirst();
    int last = lastNumbers(sides);
    int next = chain.next();
    if (last >= 0
        && last == sides.size() - 1
        && (sides.size() > 1 || chain.relation() != null || !first.pure())) {
      next = values(chain, last, before, part, start);
    } else if (last > 0) {
      next =
          values(
              new Chain(sides.subList(0, last + 1), chain.relation(), sides.get(last).to()),
              last,
              before,
              part,
              start);
    } else if (last < 0) {
      names(chain, before, start);
    }
    if (consumed) {
      clause = end(next);
    }
    return next;
  }

  private static int lastNumbers(List<Side> sides) {
    for (int k = sides.size() - 1; k >= 0; k--) {
      if (sides.get(k).isNumbers()) {
        return k;
      }
    }
    return -1;
  }

  /** A chain that ends with numbers. */
  private int values(Chain chain, int last, String before, boolean part, int start) {
    List<Side> sides = chain.sides();
    Side end = sides.get(last);
    working = working(sides);
    List<Side> named = sides.stream().filter(s -> s.subject() != null).toList();
    ChainReader.Listed listed = chains.listed(end.to() - 1);
    boolean related = chain.relation() != null;
    if (!named.isEmpty()) {
      return named(chain, named, listed, before, start);
    }
    arrow = chain.relation() == Kind.ARROW;
    hints = around(before).stream().map(q -> meant(q, listed.grid())).distinct().toList();
    if (isDivisor(sides, before) && isRootItself(sides)) {
      origin = Assertion.Origin.WORD;
      assertion(Subject.of(Quantities.ROOT_D_K), grid(end), true, start, end(end.to()));
      return end.to();
    }
    if (isDivisor(sides, before)) {
      before += text.substring(start, end(sides.getFirst().to()));
    }
    Subject spoken = spoken(before, related, part, listed, start);
    if (spoken != null
        && spoken.quantity().isScalar()
        && !listed.grid().isNumber()
        && spoken.quantity().columns() != Axis.CASE) {
      spoken = null;
    }
    if (spoken == null && !context.answer && listed.grid().isVector()) {
      spoken = unnamed(before, end(listed.next()));
    }
    if (spoken == null) {
      loose(chain, listed, before, start);
      return listed.next();
    }
    if (isShape(sides, end) && !spoken.quantity().isScalar()) {
      shape(spoken, grid(end), end(end.to()));
      return end.to();
    }
    boolean cell = !spoken.column().isEmpty();
    if (!context.answer && listed.grid().isVector() && origin == Assertion.Origin.WORD) {
      spoken = operand(spoken, before);
    }
    boolean each = plural && listed.next() > end.to() && grid(end).isNumber();
    assertion(
        spoken,
        cell ? grid(end) : each ? listed.grid().transposed() : listed.grid(),
        sure,
        start,
        end(cell ? end.to() : listed.next()));
    return cell ? end.to() : listed.next();
  }

  /** Numbers without a name: their values may tell what they are when all has been read. */
  private void loose(Chain chain, ChainReader.Listed listed, String before, int start) {
    List<Side> sides = chain.sides();
    int to = end(listed.next());
    List<Claim> otherwise = List.of();
    boolean unknown = false;
    if (sides.size() > 1) {
      otherwise = arithmetic(sides, start, end(sides.getLast().to()));
    } else if (chain.relation() == Kind.EQUALS) {
      String shown = shown(clause, to);
      unknown = !before.isBlank() && shown.length() <= LONGEST_SHOWN;
      otherwise = unknown && context.answer ? List.of(new Claim.Words(line, shown)) : List.of();
    }
    Grid grid = listed.grid();
    boolean telling =
        !grid.isNumber() || grid.number().decimals().orElse(0) > 0 || working != null || unknown;
    if (unknown && !context.answer) {
      draft.issue(line, Issue.Kind.GUESS, Message.of("guess.ignored", shown(clause, to)));
    }
    if (telling || !otherwise.isEmpty()) {
      any |= !otherwise.isEmpty();
      draft.add(
          new Loose(
              grid.rows(),
              hints,
              rowOf(before).isEmpty() ? context.row : rowOf(before),
              context.answer,
              line,
              shown(Math.min(clause, start), to),
              context.stage,
              otherwise));
    }
  }

  /** What is spoken of around numbers, as far as the numbers can be it; −∞ is in masked scores. */
  private List<Quantity> hints(String before, Grid grid) {
    Set<Quantity> found = new LinkedHashSet<>();
    around(before).forEach(q -> found.add(meant(q, grid)));
    Quantity scores = meant(Quantities.S, grid);
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
    if (clauseName != null) {
      found.add(clauseName.quantity());
    }
    Quantity asked = draft.parts.get(context.part);
    if (asked != null) {
      found.add(asked);
    }
    if (context.topic != null) {
      found.add(context.topic);
    }
    if (context.quantity != null) {
      found.add(context.quantity);
    }
    found.addAll(draft.asked);
    Concepts.in(draft.title + " " + draft.question).forEach(m -> found.add(m.quantity()));
    return List.copyOf(found);
  }

  private static final int LONGEST_SHOWN = 120;

  /** A root that something is divided by, as in {@code / √2 = 0.71, 1.41}. */
  private static boolean isDivisor(List<Side> sides, String before) {
    Grid grid = sides.getFirst().grid();
    return sides.size() > 1
        && grid != null
        && grid.isNumber()
        && before.strip().matches("(?s).*(?:[/÷]|除以|\\bby|divided)")
        && (grid.number().text().startsWith("√") || grid.number().text().contains("sqrt"));
  }

  /** Whether what follows a root is its value, as in {@code √64 = 8}. */
  private static boolean isRootItself(List<Side> sides) {
    Grid root = sides.getFirst().grid();
    Grid value = sides.getLast().grid();
    return root != null
        && value != null
        && value.isNumber()
        && Math.abs(root.number().value().toDouble() - value.number().value().toDouble()) < 0.01;
  }

  /** {@code 3 × 2} says how large something is. */
  private static boolean isShape(List<Side> sides, Side end) {
    Grid grid = end.grid();
    return sides.size() == 1
        && grid != null
        && grid.isNumber()
        && SIZES.matcher(grid.number().text()).matches();
  }

  private void shape(Subject subject, Grid grid, int to) {
    consumed = true;
    context.mention(subject.quantity(), true);
    Matcher sizes = SIZES.matcher(grid.number().text());
    if (context.answer && sizes.matches()) {
      any = true;
      add(
          new Claim.Shape(
              subject.quantity(),
              Integer.parseInt(sizes.group(1)),
              Integer.parseInt(sizes.group(2)),
              line,
              text.substring(clause, to).replace("$", " ").strip()));
    }
  }

  /** What something is done to in a question, where words name what is done: LayerNorm of it. */
  private static Subject operand(Subject spoken, String before) {
    if (spoken.quantity().equals(Quantities.LAYER_NORM)) {
      return Subject.of(Quantities.Y);
    }
    boolean softmax =
        spoken.quantity().sameConcept(Quantities.A)
            && before.toLowerCase(Locale.ROOT).contains("softmax");
    return softmax ? spoken.with(Quantities.S.head(spoken.quantity().head())) : spoken;
  }

  /** What a vector without a name is, by what is to be done with it. */
  private @Nullable Subject unnamed(String before, int end) {
    int stop = Math.min(text.length(), end + 24);
    String around = before + " " + text.substring(end, stop).replaceAll("[。\\n].*", "");
    for (Concepts.Mention mention : Concepts.in(around)) {
      if (mention.quantity().equals(Quantities.LAYER_NORM)) {
        return Subject.of(Quantities.Y);
      }
      if (around
          .substring(mention.start(), mention.end())
          .toLowerCase(Locale.ROOT)
          .contains("softmax")) {
        return Subject.of(Quantities.S);
      }
    }
    return null;
  }

  private static Grid grid(Side side) {
    Grid grid = side.grid();
    if (grid == null) {
      throw new IllegalStateException();
    }
    return grid;
  }

  private int end(int next) {
    return elements.get(next - 1).end();
  }

  private int named(
      Chain chain, List<Side> named, ChainReader.Listed listed, String before, int start) {
    origin = Assertion.Origin.NAME;
    Side end = chain.sides().getLast();
    List<Side> pure = named.stream().filter(Side::pure).toList();
    List<Side> subjects = pure.isEmpty() ? named.subList(0, 1) : pure;
    if (!pure.isEmpty()) {
      named.stream().filter(s -> !s.pure()).findFirst().ifPresent(s -> means(pure, s));
    }
    factored(chain, subjects);
    boolean cell = subjects.stream().anyMatch(s -> isCell(s.subject()));
    boolean list = listed.next() > end.to() && !cell;
    Grid grid = list ? listed.grid() : grid(end);
    int next = list ? listed.next() : end.to();
    OptionalInt row = Concepts.row(before);
    Set<Subject> done = new HashSet<>();
    for (Side side : subjects) {
      Subject subject = side.subject();
      if (subject == null || !done.add(subject)) {
        continue;
      }
      subject = side.pure() ? treated(subject, before) : subject;
      Subject clauseSubject = clauseName;
      if (chain.relation() == Kind.ARROW
          && clauseSubject != null
          && subjects.size() == 1
          && isKnown(subject.quantity())) {
        subject = clauseSubject;
      }
      if (isShape(List.of(end), end) && !subject.quantity().isScalar()) {
        int matrix = matrixBehind(next);
        if (matrix < 0) {
          shape(subject, grid, end(next));
          continue;
        }
        grid = ((Element.Numbers) elements.get(matrix)).grid();
        next = matrix + 1;
      }
      if (row.isPresent()
          && subject.isWhole()
          && !grid.isNumber()
          && grid.height() == 1
          && context.answer) {
        subject = subject.withRow(String.valueOf(row.getAsInt()));
      }
      boolean certain = side.pure() || !side.arrow();
      assertion(subject, grid, certain, start, end(next));
    }
    return next;
  }

  /** The mean of Y, where words say so right before its name. */
  private static Subject treated(Subject subject, String before) {
    Optional<Concepts.Mention> mention = Concepts.last(before);
    boolean close =
        mention.isPresent()
            && TREATMENTS.contains(mention.get().quantity())
            && NEUTRAL.matcher(before.substring(mention.get().end())).replaceAll("").isBlank();
    return close && TREATED.contains(subject.quantity()) && subject.isWhole()
        ? subject.with(mention.get().quantity())
        : subject;
  }

  private static final Set<Quantity> TREATED = Set.of(Quantities.Y, Quantities.X, Quantities.INPUT);
  private static final Set<Quantity> TREATMENTS =
      Set.of(
          Quantities.MEAN,
          Quantities.VARIANCE,
          Quantities.DEVIATION,
          Quantities.CENTERED,
          Quantities.LAYER_NORM);

  /** The matrix behind a factor, as in S = 1/√2 [8 3; 3 1] = …: scores before they are scaled. */
  private void factored(Chain chain, List<Side> subjects) {
    boolean scores =
        subjects.stream()
            .map(Side::subject)
            .anyMatch(s -> s != null && s.isWhole() && s.quantity().sameConcept(Quantities.S));
    for (Side side : chain.sides().subList(0, scores ? chain.sides().size() - 1 : 0)) {
      Grid product = side.grid();
      if (product == null || !product.written() || product.isNumber()) {
        continue;
      }
      int from = elements.get(side.from()).start();
      int to = end(side.to());
      int open = Math.max(text.lastIndexOf("\\begin{", to), text.lastIndexOf("[[", to));
      try {
        ValueParser.Read read = ValueParser.prefix(text, Tokens.of(text, Math.max(from, open), to), 0);
        if (open > from && !read.grid().written()) {
          origin = Assertion.Origin.CONTEXT;
          hints = List.of(Quantities.DOT);
          assertion(Subject.of(Quantities.DOT), read.grid(), false, open, to);
          origin = Assertion.Origin.NAME;
        }
      } catch (Unreadable e) {
        continue;
      }
    }
  }

  /** A name is what a note says that it is: S in S = QKᵀ is not scaled. */
  private void means(List<Side> names, Side formula) {
    Subject name = names.getFirst().subject();
    Subject made = formula.subject();
    if (names.size() == 1 && name != null && made != null) {
      draft.means(name.quantity(), made.quantity());
    }
  }

  /** Whether something that was given before gets other numbers: another setting. */
  private boolean resets(Subject subject, Grid grid) {
    Quantity quantity = subject.quantity();
    boolean setting = SETTINGS.contains(quantity);
    if (!subject.isWhole()
        || !Resolver.isGivenByNature(quantity)
        || quantity.equals(Quantities.D_K)) {
      return false;
    }
    boolean other =
        draft.assertions.stream()
            .anyMatch(
                a ->
                    a.stage() == context.stage
                        && a.subject().equals(subject)
                        && !a.numbers().isEmpty()
                        && !ExerciseBuilder.sameValues(a.numbers(), grid.rows()));
    return other && (setting || draft.hasResults(context.stage));
  }

  /** The matrix behind words for its size, as in a 2×2 matrix [[1, 0], [0, 1]]; −1 if none is. */
  private int matrixBehind(int at) {
    for (int k = at; k < Math.min(elements.size(), at + 6); k++) {
      Element e = elements.get(k);
      if (e instanceof Element.Numbers numbers) {
        return numbers.grid().isNumber() ? -1 : k;
      }
      if (e instanceof Element.Separator || e instanceof Element.Name) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isKnown(Quantity quantity) {
    return draft.assertions.stream()
        .anyMatch(a -> a.quantity().equals(quantity) && a.subject().isWhole());
  }

  private static boolean isCell(@Nullable Subject subject) {
    return subject != null && (!subject.column().isEmpty() || subject.quantity().isScalar());
  }

  private boolean sure;
  private boolean arrow;

  /** Whether several inputs are spoken of, each a number. */
  private boolean plural;

  private static final Pattern PLURAL =
      Pattern.compile("(?:queries|keys|values)$", Pattern.CASE_INSENSITIVE);
  private Assertion.Origin origin = Assertion.Origin.NAME;

  /** What the words before numbers speak of; null if of nothing that is known. */
  private @Nullable Subject spoken(
      String before, boolean related, boolean part, ChainReader.Listed listed, int start) {
    sure = true;
    plural = false;
    origin = arrow ? Assertion.Origin.CONTEXT : Assertion.Origin.WORD;
    if (isUnknownName(before, start) || (!related && OPERAND.matcher(before).matches())) {
      return null;
    }
    Optional<Quantity> gradient = Gradients.last(before);
    if (gradient.isPresent()) {
      return at(gradient.get(), rowOf(before), before);
    }
    Optional<Concepts.Mention> mention = Concepts.last(before);
    Optional<Concepts.Mention> input = Concepts.input(before);
    String row = rowOf(before);
    Grid grid = listed.grid();
    boolean close = input.isPresent() && before.length() - input.get().end() <= 3;
    if (input.isPresent()
        && (related
            || (close && (grid.isVector() || grid.width() > 1))
            || (close && input.get().quantity().isScalar() && grid.isNumber()))
        && (mention.isEmpty() || input.get().end() >= mention.get().end())
        && before.length() - input.get().end() <= 14
        && !isCount(grid, input.get().quantity())) {
      context.mention(input.get().quantity(), true);
      plural = PLURAL.matcher(before.substring(0, input.get().end())).find();
      return at(input.get().quantity(), row, before);
    }
    if (mention.isPresent()
        && arrow
        && context.topic != null
        && !mention.get().quantity().equals(context.topic)
        && grid.isVector()) {
      return at(context.topic, row, before);
    }
    if (mention.isPresent()) {
      boolean near = before.length() - mention.get().end() <= (related ? 60 : 20);
      boolean worth = related || !grid.isNumber() || hasDecimals(grid);
      context.mention(mention.get().quantity(), mention.get().sure());
      sure = mention.get().sure();
      return near && worth ? at(mention.get().quantity(), row, before) : null;
    }
    if (clauseName != null && before.length() <= LONGEST_LINK && related) {
      return clauseName.isWhole() && !row.isEmpty() ? clauseName.withRow(row) : clauseName;
    }
    origin = Assertion.Origin.CONTEXT;
    Quantity asked = part ? draft.parts.get(context.part) : null;
    if (asked != null && isNeutral(before)) {
      origin = Assertion.Origin.PART;
      context.mention(asked, true);
      return at(asked, row, before);
    }
    boolean named = grid.height() == 1 && isTokenName(before, start);
    boolean scalar = context.quantity != null && context.quantity.isScalar();
    if (working != null && grid.isNumber() && !related(start) && !scalar) {
      return null;
    }
    boolean worthy = related || !grid.isNumber() || hasDecimals(grid);
    if (context.topic != null && worthy && isNeutral(before)) {
      origin = Assertion.Origin.PART;
      return at(context.topic, row, before);
    }
    if (context.quantity != null
        && (related || !grid.isNumber() || hasDecimals(grid))
        && (isNeutral(before)
            || named
            || (related && grid.height() > 1 && before.length() <= LONGEST_LEAD))) {
      sure = context.sure && !context.quantity.name().startsWith("params");
      return at(context.quantity, named ? tokenName(before) : row, before);
    }
    return null;
  }

  /** Whether a letter or word that is no known name stands right before an equals sign. */
  private boolean isUnknownName(String before, int start) {
    String words = before.stripTrailing();
    boolean latin =
        !words.isEmpty()
            && words.charAt(words.length() - 1) < 128
            && Character.isLetter(words.charAt(words.length() - 1));
    boolean equals = start < text.length() && text.charAt(start) == '=';
    Optional<Concepts.Mention> mention = Concepts.last(words).or(() -> Concepts.input(words));
    return latin && equals && (mention.isEmpty() || mention.get().end() < words.length());
  }

  /** Whether a chain starts with its relation: it goes on with what was spoken of. */
  private boolean related(int start) {
    return elements.stream().anyMatch(e -> e.start() == start && e instanceof Element.Relation);
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

  private static boolean isNeutral(String words) {
    return NEUTRAL.matcher(words).replaceAll("").length() <= 1;
  }

  /** Whether a line starts with a word that names a token, as in {@code "cat": 2, 1}. */
  private boolean isTokenName(String before, int start) {
    String word = before.strip();
    char sign = start < text.length() ? text.charAt(start) : ' ';
    Matcher name = TOKEN_NAME.matcher(word);
    return name.matches()
        && ("：:".indexOf(sign) >= 0
            || ("-→⇒=\\".indexOf(sign) >= 0 && draft.isToken(name.group(1))));
  }

  private static String tokenName(String before) {
    Matcher name = TOKEN_NAME.matcher(before.strip());
    return name.matches() ? name.group(1) : "";
  }

  private String rowOf(String before) {
    OptionalInt row = Concepts.row(before);
    return row.isPresent() ? String.valueOf(row.getAsInt()) : "";
  }

  private Subject at(Quantity quantity, String row, String before) {
    OptionalInt head = Concepts.head(before);
    Quantity meant =
        head.isPresent() && Quantities.isOfHeads(quantity) && !quantity.isScalar()
            ? quantity.head(head.getAsInt())
            : quantity;
    Subject subject = Subject.of(meant);
    OptionalInt key = Concepts.key(before);
    if (key.isPresent()) {
      subject = subject.withColumn(String.valueOf(key.getAsInt()));
    }
    return row.isEmpty() ? subject : subject.withRow(row);
  }

  /** Q₁ in the part of head 1 is that head's. */
  private Subject ownHead(Subject subject) {
    boolean own =
        context.head > 0
            && subject.single().equals(String.valueOf(context.head))
            && Quantities.isOfHeads(subject.quantity())
            && subject.capital();
    return own ? Subject.of(subject.quantity().head(context.head)) : subject;
  }

  private void assertion(Subject named, Grid grid, boolean certain, int from, int to) {
    Subject subject = named;
    if (subject.quantity().equals(Quantities.HEADS) && grid.isVector()) {
      subject = Subject.of(Quantities.Y);
    }
    any = true;
    consumed = true;
    OptionalInt stage = context.answer ? draft.stageOf(subject, grid.rows()) : OptionalInt.empty();
    context.stage = stage.orElse(context.stage);
    boolean said = origin == Assertion.Origin.NAME || origin == Assertion.Origin.WORD;
    if (!context.answer && said && resets(subject, grid)) {
      context.stage++;
    }
    if (!subject.row().isEmpty() && !Resolver.isGivenByNature(subject.quantity())) {
      context.row = subject.row();
    }
    subject = ownHead(subject);
    subject = origin == Assertion.Origin.NAME ? draft.meant(subject) : subject;
    String behind = subject.isWhole() ? rowBehind(to) : "";
    Quantity quantity = ofHead(meant(subject.quantity(), grid));
    context.mention(quantity, certain);
    draft.add(
        new Assertion(
            (behind.isEmpty() ? subject : subject.withRow(behind)).with(quantity),
            grid.rows(),
            null,
            context.answer,
            certain,
            context.row,
            line,
            shown(Math.min(clause, from), to),
            working,
            origin,
            context.stage,
            work(subject),
            hints));
  }

  /** The written-out arithmetic of this chain, or of one that was left open before. */
  private Working work(Subject subject) {
    Working open = draft.open.remove(subject);
    Working own = WorkingParser.of(text, chainStart, chainEnd);
    return own.links().size() > 1 || open == null ? own : open;
  }

  private int chainStart;
  private int chainEnd;

  private @Nullable Numeral working;
  private List<Quantity> hints = List.of();

  /** The arithmetic that a chain of numbers starts with. */
  private static @Nullable Numeral working(List<Side> sides) {
    for (int k = 0; k < sides.size(); k++) {
      Grid grid = sides.get(k).grid();
      if (grid != null) {
        boolean goesOn = k < sides.size() - 1;
        return goesOn && grid.isNumber() && grid.written() ? grid.number() : null;
      }
    }
    return null;
  }

  private String shown(int from, int to) {
    return text.substring(from, to).replace("$", " ").replace("**", "").strip();
  }

  /** In the part of a head its quantities are meant. */
  private Quantity ofHead(Quantity quantity) {
    boolean each =
        context.head > 0
            && quantity.head() == 0
            && Quantities.isOfHeads(quantity)
            && !quantity.isScalar();
    return each ? quantity.head(context.head) : quantity;
  }

  /** What a quantity with these numbers is: with −∞ in it, scores are masked. */
  static Quantity meant(Quantity quantity, Grid grid) {
    boolean infinite = grid.cells().stream().anyMatch(c -> c.value() == NegativeInfinity.INSTANCE);
    boolean scores =
        quantity.sameConcept(Quantities.DOT)
            || quantity.sameConcept(Quantities.S)
            || quantity.sameConcept(Quantities.A);
    if (infinite && scores) {
      return Quantities.MASKED.head(quantity.head());
    }
    if (quantity.equals(Quantities.MEAN) && grid.width() > 1) {
      return Quantities.CENTERED;
    }
    return quantity.equals(Quantities.VARIANCE) && grid.width() > 1
        ? Quantities.LAYER_NORM
        : quantity;
  }

  /** A chain without numbers: names that are equal, a formula, or a name in passing. */
  private void names(Chain chain, String before, int start) {
    List<Side> sides = chain.sides();
    boolean pure = sides.stream().allMatch(s -> s.pure() && s.subject() != null);
    mentions(before);
    Side first = sides.getFirst();
    if (sides.size() > 1 && pure) {
      same(sides, start);
    }
    boolean operand = sides.size() == 1 && OPERAND.matcher(before).matches();
    if (sides.size() == 1 && clauseName == null && !operand) {
      clauseName = first.subject();
    }
    for (Side side : sides) {
      if (side.subject() != null && !operand) {
        context.mention(side.subject().quantity(), true);
        if (!side.subject().single().isEmpty() && side.subject().single().length() > 1) {
          draft.tokens.add(side.subject().single());
        }
        break;
      }
    }
    leftOpen(first, start);
    if (sides.size() > 1 && !pure) {
      formula(start, end(sides.getLast().to()));
    }
    if (first.subject() != null && !context.answer && Concepts.asks(lineWords())) {
      draft.asked.add(first.subject().quantity());
    }
  }

  /** Arithmetic that is not carried through, as (1·0 + ?)/√2 = ?, is kept for its result. */
  private void leftOpen(Side first, int start) {
    Subject subject = first.subject();
    int stop = text.indexOf('?', start);
    int line = text.indexOf('\n', start);
    if (subject != null && !subject.isWhole() && stop >= 0 && (line < 0 || stop < line)) {
      int to = line < 0 ? text.length() : line;
      draft.open.put(subject, WorkingParser.of(text, start, to));
    }
  }

  /** A formula is a claim too. */
  private void formula(int from, int to) {
    Optional<FormulaParser.Parsed> parsed = FormulaParser.formula(text, from, to);
    if (parsed.isPresent()) {
      any = true;
      for (FormulaParser.Side side : parsed.get().sides()) {
        draft.add(new Claim.Formula(side.readings(), line, side.text()));
      }
    }
  }

  private String lineWords() {
    return elements.isEmpty()
        ? ""
        : text.substring(elements.getFirst().start(), elements.getLast().end());
  }

  private void same(List<Side> sides, int start) {
    Subject last = sides.getLast().subject();
    String written = text.substring(start, end(sides.getLast().to()));
    for (Side side : sides.subList(0, sides.size() - 1)) {
      if (side.subject() != null && last != null && side.subject().isWhole() && last.isWhole()) {
        draft.add(
            new Assertion(
                side.subject(),
                List.of(),
                last.quantity(),
                context.answer,
                true,
                "",
                line,
                written,
                null,
                Assertion.Origin.NAME,
                context.stage,
                Working.NONE,
                List.of()));
      }
    }
  }

  /** Numbers equated with numbers: arithmetic that needs nothing from the problem. */
  private List<Claim> arithmetic(List<Side> sides, int from, int to) {
    List<Numeral> links = new ArrayList<>();
    boolean written = false;
    for (Side side : sides) {
      Grid grid = side.grid();
      if (grid == null || !grid.isNumber()) {
        return List.of();
      }
      written |= grid.written();
      links.add(grid.number());
    }
    return written ? List.copyOf(Claim.Arithmetic.chain(links, line, shown(from, to))) : List.of();
  }

  /** What remains of a line when its equations are read: shapes, and in answers a statement. */
  private void settle(String words) {
    if (context.answer && SHAPE_WORD.matcher(words).find()) {
      shapes(words);
    }
    boolean asking = Concepts.asks(words) || (labelled && !any);
    if (!context.answer && Concepts.asks(words)) {
      draft.rows.addAll(Concepts.rows(words));
    }
    if (!context.answer && asking) {
      int head = Concepts.head(words).orElse(0);
      Gradients.in(words).forEach(q -> asked(q, 0));
      for (Concepts.Mention mention :
          labelled && !any ? Concepts.in(words) : Concepts.asked(words)) {
        asked(mention.quantity(), head);
      }
      askedNames();
    }
    if (context.answer && !any) {
      String bare = words.replaceAll("[\\s>*_#`$-]+", "");
      if (bare.length() >= SHORTEST_STATEMENT && !bare.matches(".*[→:：]$")) {
        draft.add(new Claim.Words(line, words.replace("$", " ").strip()));
      }
    }
  }

  private void asked(Quantity quantity, int head) {
    Quantity meant =
        Quantities.isOfHeads(quantity) && !quantity.isScalar() ? quantity.head(head) : quantity;
    draft.asked.add(meant);
    if (!context.part.isEmpty()) {
      draft.parts.putIfAbsent(context.part, meant);
    }
  }

  private void askedNames() {
    for (Element e : elements) {
      if (e instanceof Element.Name name && !context.part.isEmpty()) {
        boolean given =
            draft.assertions.stream()
                .anyMatch(a -> a.quantity().equals(name.reference().quantity()));
        if (!given) {
          draft.parts.put(context.part, name.reference().quantity());
        }
      }
    }
  }

  private void add(Claim.Shape shape) {
    boolean said =
        draft.statements.stream()
            .anyMatch(
                c ->
                    c instanceof Claim.Shape other
                        && other.line() == shape.line()
                        && other.quantity().equals(shape.quantity())
                        && other.rows() == shape.rows()
                        && other.columns() == shape.columns());
    if (!said) {
      draft.add(shape);
    }
  }

  private void shapes(String words) {
    Matcher shape = SHAPE.matcher(words);
    int from = 0;
    while (shape.find()) {
      String before = words.substring(from, shape.start());
      from = shape.end();
      Quantity quantity =
          EACH_HEAD.matcher(before).find()
              ? Quantities.Z.head(1)
              : Concepts.last(before).map(Concepts.Mention::quantity).orElse(null);
      if (quantity != null && !quantity.isScalar()) {
        any = true;
        add(
            new Claim.Shape(
                quantity,
                Integer.parseInt(shape.group(1)),
                Integer.parseInt(shape.group(2)),
                line,
                words.replace("$", " ").strip()));
      }
    }
  }
}
