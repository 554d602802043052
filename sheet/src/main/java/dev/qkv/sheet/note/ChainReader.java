package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads sides and the relations between them: {@code s_1 = q·k_1/√2 = 1/1.414 ≈ 0.71}. */
final class ChainReader {
  /** Words that may stand between a relation and its numbers. */
  private static final Set<String> GLUE =
      Set.of(
          "约",
          "大",
          "分",
          "别",
          "依",
          "次",
          "等",
          "变",
          "为",
          "就",
          "则",
          "都",
          "也",
          "均",
          "得",
          "到",
          "于",
          "about",
          "approximately",
          "roughly",
          "then",
          "thus",
          "now",
          "equal",
          "to",
          "both",
          "each",
          "respectively",
          "the",
          "vector",
          "matrix",
          "矩",
          "阵",
          "向",
          "量",
          "just",
          "simply",
          "therefore",
          "again",
          "exactly",
          "近",
          "似",
          "numbers",
          "number",
          "following",
          "scalars",
          "simple",
          "plain",
          "标",
          "行",
          "列",
          "result",
          "coming",
          "数",
          "字",
          "四",
          "三",
          "两",
          "个",
          "值",
          "out",
          "as",
          "come",
          "came",
          "all",
          "共",
          "应",
          "该",
          "会",
          "正",
          "好",
          "刚",
          "恰",
          "只",
          "有",
          "only");

  private static final int LONGEST_SIDE = 200;
  private static final Set<String> LISTING = Set.of(",", "、", "and", "和", "与", "及", "&", "or", "/");

  private static final Pattern DIVISOR = Pattern.compile("/√?\\(?\\d+(?:\\.\\d+)?\\)?");

  /** One side of a relation. */
  record Side(
      int from,
      int to,
      @Nullable Grid grid,
      @Nullable Subject subject,
      boolean pure,
      boolean arrow) {
    boolean isNumbers() {
      return grid != null;
    }
  }

  /**
   * Sides, each related to the next.
   *
   * @param sides from left to right
   * @param relation the first relation; null without one
   * @param next the element behind
   */
  record Chain(List<Side> sides, @Nullable Kind relation, int next) {}

  private final String text;
  private final List<Element> elements;

  ChainReader(String text, List<Element> elements) {
    this.text = text;
    this.elements = elements;
  }

  /** A chain in pieces: a name behind numbers starts another, an arrow goes on from a result. */
  static List<Chain> pieces(Chain chain) {
    List<Chain> pieces = new ArrayList<>();
    List<Side> piece = new ArrayList<>();
    boolean named = false;
    for (Side side : chain.sides()) {
      Side before = piece.isEmpty() ? null : piece.getLast();
      Grid grid = before == null ? null : before.grid();
      named |= before != null && before.subject() != null;
      boolean starts = grid != null && side.pure();
      boolean goesOn = grid != null && !grid.written() && side.arrow() && named && side.isNumbers();
      boolean divides = side.arrow() && piece.size() > 1 && !named && side.isNumbers();
      if (starts || goesOn || divides) {
        pieces.add(new Chain(piece, chain.relation(), side.from() - 1));
        piece = new ArrayList<>();
        named = false;
      }
      piece.add(side);
    }
    pieces.add(new Chain(piece, chain.relation(), chain.next()));
    return pieces;
  }

  /** Whether a side of a chain can start at an element. */
  boolean startsAt(int at) {
    Element e = elements.get(at);
    return e instanceof Element.Numbers
        || e instanceof Element.Name
        || (e instanceof Element.Operator o
            && ("[-√{∑".contains(o.sign())
                || o.sign().startsWith("\\")
                || (o.sign().equals("(") && closes(at))));
  }

  /** Whether a parenthesis is closed among names, numbers and signs. */
  private boolean closes(int at) {
    int depth = 0;
    for (int k = at; k < Math.min(elements.size(), at + LONGEST_SIDE); k++) {
      Element e = elements.get(k);
      if (e instanceof Element.Word || e instanceof Element.Relation) {
        return false;
      }
      if (e instanceof Element.Operator o) {
        depth += o.sign().equals("(") ? 1 : o.sign().equals(")") ? -1 : 0;
        if (depth == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The chain that starts at an element with its first side. */
  Chain read(int at) {
    List<Side> sides = new ArrayList<>();
    Side first = side(at);
    sides.add(first);
    return rest(sides, first.to(), null);
  }

  /** The chain whose first side is missing, from the relation on. */
  Chain afterRelation(int at) {
    return rest(new ArrayList<>(), at, null);
  }

  private Chain rest(List<Side> sides, int from, @Nullable Kind first) {
    int at = from;
    Kind relation = first;
    while (true) {
      int next = related(at, sides);
      if (next < 0) {
        return new Chain(sides, relation, at);
      }
      if (relation == null) {
        relation = kind(at, next);
      }
      Side side = side(next);
      sides.add(side);
      at = side.to();
    }
  }

  private Kind kind(int from, int to) {
    Kind kind = Kind.WORD;
    for (int k = from; k < to; k++) {
      if (elements.get(k) instanceof Element.Relation r && r.kind() != Kind.WORD) {
        kind = r.kind();
      }
    }
    return kind;
  }

  /** Where the side behind a relation starts; −1 if there is no relation or no side. */
  private int related(int at, List<Side> sides) {
    boolean relation = false;
    boolean sign = false;
    boolean colon = false;
    int k = at;
    for (; k < elements.size() && k < at + 10; k++) {
      Element e = elements.get(k);
      if (e instanceof Element.Relation r) {
        relation = true;
        sign |= r.kind() != Kind.WORD;
        colon |= r.kind() == Kind.COLON;
        boolean list = r.kind() == Kind.COLON && !sides.isEmpty() && sides.getLast().isNumbers();
        if (list) {
          return -1;
        }
      } else if (!(e instanceof Element.Word w && GLUE.contains(w.text()))) {
        break;
      }
    }
    if (!relation || k >= elements.size() || !startsAt(k)) {
      return -1;
    }
    boolean numbers = elements.get(k) instanceof Element.Numbers;
    if (colon && !numbers && !sides.isEmpty()) {
      return -1;
    }
    boolean spoken = !sign && !numbers;
    return spoken ? -1 : k;
  }

  private Side side(int from) {
    int to = from;
    int depth = 0;
    while (to < elements.size()) {
      Element e = elements.get(to);
      boolean operator = e instanceof Element.Operator;
      boolean part = operator || e instanceof Element.Numbers || e instanceof Element.Name;
      boolean opens =
          to > from
              && depth == 0
              && e instanceof Element.Operator o
              && o.sign().equals("(")
              && !closes(to);
      if (opens) {
        break;
      }
      boolean inside = depth > 0 && e instanceof Element.Separator s && !s.isStop();
      if (!(part || inside) || (to > from && startsAnother(from, to))) {
        break;
      }
      if (e instanceof Element.Operator o) {
        depth += "([{".contains(o.sign()) ? 1 : ")]}".contains(o.sign()) ? -1 : 0;
        if (depth < 0) {
          break;
        }
      }
      to++;
    }
    to = Math.max(to, from + 1);
    return made(from, to);
  }

  /** Whether a name behind numbers begins the next equation, as in {@code Q=[1, 0] K=[0, 1]}. */
  private boolean startsAnother(int from, int at) {
    if (!(elements.get(at) instanceof Element.Name name)
        || !(elements.get(at - 1) instanceof Element.Numbers before)) {
      return false;
    }
    boolean gap = before.end() < name.start();
    boolean equated = at + 1 < elements.size() && elements.get(at + 1) instanceof Element.Relation;
    boolean weighted =
        before.grid().isNumber()
            && before.grid().number().decimals().orElse(0) > 0
            && name.reference().quantity().sameConcept(Quantities.V);
    return gap && equated && !weighted && at - 1 == from;
  }

  private Side made(int from, int to) {
    boolean arrow =
        from > 0 && elements.get(from - 1) instanceof Element.Relation r && r.kind() == Kind.ARROW;
    boolean factor =
        from > 1
            && elements.get(from - 1) instanceof Element.Operator o
            && "·×@/".contains(o.sign())
            && elements.get(from - 2) instanceof Element.Word;
    if (factor && elements.get(from) instanceof Element.Name) {
      return new Side(from, to, null, null, false, arrow);
    }
    if (to == from + 1) {
      if (elements.get(from) instanceof Element.Numbers numbers) {
        return new Side(from, to, numbers.grid(), null, false, arrow);
      }
      if (elements.get(from) instanceof Element.Name name) {
        Subject subject = Subject.of(name.reference(), text.substring(name.start(), name.end()));
        return new Side(from, to, null, subject, true, arrow);
      }
    }
    Subject product = product(from, to);
    if (product == null) {
      product = alias(from, to);
    }
    return new Side(from, to, null, product, false, arrow);
  }

  /** The whole side as a name, such as {@code QKᵀ/√d_k} or {@code softmax(S)}. */
  private @Nullable Subject alias(int from, int to) {
    String written = text.substring(elements.get(from).start(), elements.get(to - 1).end());
    String canonical = Names.canonical(written);
    Optional<Reference> reference =
        Names.side(canonical).or(() -> Names.side(DIVISOR.matcher(canonical).replaceAll("/√d_k")));
    if (reference.isPresent()) {
      return Subject.of(reference.get(), written);
    }
    Optional<Quantity> made = Structure.of(elements, from, to, written);
    if (made.isPresent()) {
      return Subject.of(made.get());
    }
    return elements.get(from) instanceof Element.Name name
            && name.reference().isWhole()
            && name.reference().quantity().sameConcept(Quantities.A)
            && written.toLowerCase(java.util.Locale.ROOT).contains("softmax")
        ? Subject.of(Quantities.A)
        : null;
  }

  /** {@code q_i·k_j}, over √d_k or not: a cell of the scores. */
  private @Nullable Subject product(int from, int to) {
    Reference query = null;
    Reference key = null;
    boolean scaled = false;
    for (int k = from; k < to; k++) {
      Element e = elements.get(k);
      if (e instanceof Element.Name name) {
        Role role = role(name.reference());
        if (role == Role.QUERY && query == null) {
          query = name.reference();
        } else if (role == Role.KEY && key == null) {
          key = name.reference();
        } else if (!name.reference().quantity().equals(Quantities.ROOT_D_K)) {
          return null;
        }
      } else if (e instanceof Element.Operator o) {
        scaled |= o.sign().equals("/") || o.sign().endsWith("frac");
        if (!"·×@ᵀ/()T^{}√".contains(o.sign()) && !o.sign().startsWith("\\")) {
          return null;
        }
      } else if (!scaled && !isRootBehind(k)) {
        return null;
      }
    }
    if (query == null || key == null) {
      return null;
    }
    return new Subject(
        (scaled ? Quantities.S : Quantities.DOT).head(query.quantity().head()),
        index(query),
        index(key),
        "",
        true);
  }

  private boolean isRootBehind(int at) {
    return elements.get(at) instanceof Element.Numbers
        && at > 0
        && elements.get(at - 1) instanceof Element.Operator o
        && o.sign().equals("/");
  }

  private enum Role {
    QUERY,
    KEY,
    OTHER
  }

  private static Role role(Reference reference) {
    return reference.quantity().sameConcept(Quantities.Q)
        ? Role.QUERY
        : reference.quantity().sameConcept(Quantities.K) ? Role.KEY : Role.OTHER;
  }

  private static String index(Reference reference) {
    return reference.label().isPresent()
        ? reference.label().get()
        : reference.number().isPresent()
            ? String.valueOf(reference.number().getAsInt())
            : reference.row().isPresent() ? String.valueOf(reference.row().getAsInt()) : "";
  }

  /**
   * Numbers that stand in a list behind others.
   *
   * @param grid all of them, as a row or as rows
   * @param next the element behind the last
   */
  record Listed(Grid grid, int next) {}

  /** The numbers at an element with those that follow it in a list, as in 0.67 and 0.33. */
  Listed listed(int at) {
    Grid first = ((Element.Numbers) elements.get(at)).grid();
    List<List<Numeral>> rows = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    List<Integer> ends = new ArrayList<>(List.of(at + 1));
    rows.add(first.cells());
    int next = at + 1;
    while (next < elements.size()) {
      int k = next;
      while (k < elements.size() && isListing(elements.get(k))) {
        k++;
      }
      boolean separated = k > next;
      if (!separated
          || k >= elements.size()
          || !(elements.get(k) instanceof Element.Numbers more)
          || !alike(first, more.grid())
          || goesOn(k + 1)) {
        break;
      }
      if (k > next
          && elements.get(k - 1) instanceof Element.Separator s
          && !",、".contains(s.sign())) {
        groups.add(rows.size());
      }
      rows.add(more.grid().cells());
      ends.add(k + 1);
      next = k + 1;
    }
    if (rows.size() == 1) {
      return new Listed(first, next);
    }
    if (first.isNumber() && !groups.isEmpty()) {
      return grouped(rows, groups, ends, next);
    }
    if (first.isNumber()) {
      return new Listed(new Grid(List.of(rows.stream().map(List::getFirst).toList()), false), next);
    }
    return new Listed(new Grid(rows, false), next);
  }

  /**
   * Names and as many numbers behind them, each with its own: W_Q, W_K are [1 0], [0 1].
   *
   * @param names elements that are names
   * @param numbers elements that are numbers
   */
  record Respective(List<Element.Name> names, List<Element.Numbers> numbers, int next) {}

  /** The list of names at an element with its list of numbers; nothing if there is none. */
  Optional<Respective> respective(int at) {
    List<Element.Name> names = new ArrayList<>();
    int k = at;
    while (k < elements.size() && elements.get(k) instanceof Element.Name name) {
      names.add(name);
      k = behindListing(k + 1);
    }
    int stop = k + LONGEST_LINK;
    boolean related = false;
    while (k < Math.min(stop, elements.size())
        && (elements.get(k) instanceof Element.Relation
            || elements.get(k) instanceof Element.Word)) {
      related |= elements.get(k) instanceof Element.Relation;
      k++;
    }
    List<Element.Numbers> numbers = new ArrayList<>();
    int next = k;
    while (k < elements.size() && elements.get(k) instanceof Element.Numbers grid) {
      numbers.add(grid);
      next = k + 1;
      k = behindListing(k + 1);
    }
    boolean paired = names.size() > 1 && related && numbers.size() == names.size();
    return paired ? Optional.of(new Respective(names, numbers, next)) : Optional.empty();
  }

  private static final int LONGEST_LINK = 8;

  private int behindListing(int at) {
    int k = at;
    while (k < elements.size() && isListing(elements.get(k))) {
      k++;
    }
    return k;
  }

  private static boolean isListing(Element element) {
    return switch (element) {
      case Element.Separator s -> LISTING.contains(s.sign()) || s.sign().equals(";");
      case Element.Operator o -> o.sign().equals("/");
      case Element.Word w -> w.text().equals("以");
      default -> false;
    };
  }

  /** Numbers in groups of one size are rows: 0.97, 0.03 and 0.80, 0.20. */
  private Listed grouped(
      List<List<Numeral>> cells, List<Integer> groups, List<Integer> ends, int next) {
    List<Numeral> flat = cells.stream().map(List::getFirst).toList();
    int width = groups.getFirst();
    if (width == 1 && groups.size() + 1 == flat.size()) {
      return new Listed(new Grid(List.of(flat), false), next);
    }
    boolean even =
        width > 1 && flat.size() % width == 0 && flat.size() / width == groups.size() + 1;
    for (int g = 0; even && g < groups.size(); g++) {
      even = groups.get(g) == (g + 1) * width;
    }
    if (even) {
      List<List<Numeral>> rows = new ArrayList<>();
      for (int i = 0; i < flat.size(); i += width) {
        rows.add(flat.subList(i, i + width));
      }
      return new Listed(new Grid(rows, false), next);
    }
    int semicolon = 0;
    while (semicolon < groups.size() && !isSemicolon(ends.get(groups.get(semicolon) - 1))) {
      semicolon++;
    }
    int count = semicolon < groups.size() ? groups.get(semicolon) : flat.size();
    return new Listed(new Grid(List.of(flat.subList(0, count)), false), ends.get(count - 1));
  }

  private boolean isSemicolon(int at) {
    return elements.get(at) instanceof Element.Separator s && s.sign().equals(";");
  }

  private static boolean alike(Grid first, Grid more) {
    return first.isNumber()
        ? more.isNumber()
        : more.isVector() && more.cells().size() == first.cells().size();
  }

  private boolean goesOn(int at) {
    return at < elements.size()
        && elements.get(at) instanceof Element.Relation r
        && (r.kind() == Kind.EQUALS || r.kind() == Kind.COLON);
  }
}
