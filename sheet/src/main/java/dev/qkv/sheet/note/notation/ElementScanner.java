package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cuts text into numbers, names, signs and words. */
public final class ElementScanner {
  private static final Map<String, Kind> RELATIONS =
      Map.of(
          "=", Kind.EQUALS, "≈", Kind.EQUALS, "≡", Kind.EQUALS, "→", Kind.ARROW, ":", Kind.COLON);
  private static final Set<String> SEPARATORS =
      Set.of(",", ";", "。", "、", "?", "!", "…", "“", "”", "\"");
  private static final Set<String> JOINING = Set.of("and", "和", "与", "及", "且", "&", "or", "或");
  private static final Set<String> OPERATORS =
      Set.of(
          "+", "-", "·", "×", "/", "÷", "^", "ᵀ", "@", "‖", "(", ")", "[", "]", "{", "}", "√", "∑",
          "∘", "|", "_", "'");

  private static final Set<String> COUNTERS =
      Set.of(
          "第",
          "step",
          "row",
          "rows",
          "token",
          "tokens",
          "head",
          "query",
          "key",
          "position",
          "part",
          "problem",
          "question",
          "exercise",
          "example",
          "page",
          "chapter",
          "section",
          "table",
          "figure",
          "eq",
          "slide",
          "week",
          "头",
          "词元",
          "位",
          "置",
          "行",
          "题",
          "骤",
          "lecture",
          "no",
          "#",
          "points",
          "column");
  private static final Set<String> CHAPTERS =
      Set.of(
          "第",
          "section",
          "sec",
          "chapter",
          "figure",
          "fig",
          "table",
          "eq",
          "equation",
          "version",
          "§",
          "图",
          "表",
          "式",
          "节");

  private static final Set<String> LISTING = Set.of("and", "or", ",", "、", "和", "与", "及", "&");

  private static final Set<String> UNITS =
      Set.of(
          "个", "行", "列", "步", "分", "头", "题", "页", "年", "月", "日", "层", "位", "维", "种", "条", "次", "楼",
          "章", "节", "倍");

  private static final Set<String> FRACTIONS = Set.of("\\frac", "\\dfrac", "\\tfrac", "\\sqrt");

  private final String text;
  private final List<Token> tokens;
  private final AmbiguousNames ambiguous;
  private final List<Element> elements = new ArrayList<>();
  private int bareEnd;

  private ElementScanner(String text, int from, int to) {
    this.text = text;
    this.tokens = Tokens.of(text, from, to);
    this.ambiguous = new AmbiguousNames(text, tokens);
  }

  /** The elements of {@code text[from, to)}. */
  public static List<Element> of(String text, int from, int to) {
    ElementScanner scanner = new ElementScanner(text, from, to);
    int at = 0;
    while (scanner.tokens.get(at).kind() != Token.Kind.STOP) {
      at = scanner.next(at);
    }
    return scanner.elements;
  }

  private int next(int at) {
    Token token = tokens.get(at);
    if (token.kind() == Token.Kind.SPACE) {
      return at + 1;
    }
    if (token.kind() == Token.Kind.NEW_LINE) {
      return newLine(at);
    }
    if (token.kind() == Token.Kind.NUMBER && isOrdinal(at)) {
      elements.add(new Element.Word(token.text(), token.start(), token.end()));
      return at + 1;
    }
    if (startsNumbers(at)) {
      int next = numbers(at);
      if (next > at) {
        return next;
      }
    }
    Optional<NameScanner.Named> name = name(at);
    if (name.isPresent()) {
      int next = name.get().next();
      elements.add(
          new Element.Name(name.get().reference(), token.start(), tokens.get(next - 1).end()));
      return next;
    }
    return sign(at);
  }

  /** Whether a number only counts: row 1, 第 2 个. */
  private boolean isOrdinal(int at) {
    int back = at - 1;
    while (back >= 0 && tokens.get(back).kind() == Token.Kind.SPACE) {
      back--;
    }
    int after = at + 1;
    while (tokens.get(after).kind() == Token.Kind.SPACE) {
      after++;
    }
    String before = back < 0 ? "" : tokens.get(back).text().toLowerCase(Locale.ROOT);
    boolean whole = tokens.get(at).text().length() <= 3 && !tokens.get(at).text().contains(".");
    if (!whole) {
      return CHAPTERS.contains(before) && tokens.get(at).text().matches("\\d{1,2}\\.\\d{1,2}");
    }
    String behind = tokens.get(after).text();
    boolean counted =
        COUNTERS.contains(before)
            && (back < 1
                || !tokens.get(back).isHan()
                || !before.equals("头")
                || !tokens.get(back - 1).is("-"));
    boolean divides = behind.equals("分") && tokens.get(after + 1).isHan(); // 256 分成 4 份
    if (isListedOrdinal()) {
      return true;
    }
    boolean unit = tokens.get(after).isHan() && UNITS.contains(behind) && !divides;
    return (counted && !tokens.get(after).is("/")) || unit;
  }

  /** Whether a number goes on with a list of such: keys 1 and 3. */
  private boolean isListedOrdinal() {
    int size = elements.size();
    return size > 1
        && elements.get(size - 1) instanceof Element.Separator s
        && LISTING.contains(s.sign())
        && elements.get(size - 2) instanceof Element.Word word
        && word.text().matches("\\d{1,2}");
  }

  private int newLine(int at) {
    Token token = tokens.get(at);
    boolean open = !elements.isEmpty() && elements.getLast() instanceof Element.Relation;
    if (open && bareGrid(at)) {
      return bareEnd;
    }
    boolean listed =
        !elements.isEmpty()
            && elements.getLast() instanceof Element.Separator s
            && ",、".contains(s.sign());
    if (!open && !listed && !continues(at + 1)) {
      elements.add(new Element.Separator("\n", token.start(), token.end()));
    }
    return at + 1;
  }

  private boolean continues(int at) {
    int next = at;
    while (tokens.get(next).isBlank() || tokens.get(next).is("&")) {
      next++;
    }
    return tokens.get(next).is("=") || tokens.get(next).is("≈") || tokens.get(next).is("&");
  }

  /** Rows of numbers without brackets, behind a relation that ends its line. */
  private boolean bareGrid(int at) {
    List<List<Numeral>> rows = new ArrayList<>();
    int next = at;
    int end = at;
    while (tokens.get(next).kind() == Token.Kind.NEW_LINE) {
      next++;
      List<Numeral> row = new ArrayList<>();
      while (true) {
        while (tokens.get(next).kind() == Token.Kind.SPACE || tokens.get(next).is(",")) {
          next++;
        }
        Token token = tokens.get(next);
        if (token.kind() == Token.Kind.NEW_LINE
            || token.kind() == Token.Kind.STOP
            || token.is(";")) {
          next += token.is(";") ? 1 : 0;
          break;
        }
        try {
          ValueParser.Read read = ValueParser.cell(text, tokens, next);
          if (!read.grid().isNumber()) {
            return false;
          }
          row.add(read.grid().number());
          next = read.next();
        } catch (Unreadable e) {
          return false;
        }
      }
      if (row.isEmpty() || (!rows.isEmpty() && rows.getFirst().size() != row.size())) {
        break;
      }
      rows.add(row);
      end = next;
    }
    if (rows.isEmpty()) {
      return false;
    }
    bareEnd = end;
    elements.add(
        new Element.Numbers(
            new Grid(rows, false), tokens.get(at).end(), tokens.get(end - 1).end()));
    return true;
  }

  private boolean startsNumbers(int at) {
    Token token = tokens.get(at);
    if (token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.BEGIN) {
      return !gluedToWord(at);
    }
    if (token.kind() == Token.Kind.WORD) {
      return Set.of(
              "\\frac",
              "\\dfrac",
              "\\tfrac",
              "\\sqrt",
              "sqrt",
              "exp",
              "\\exp",
              "e",
              "array",
              "tensor",
              "np",
              "torch",
              "inf",
              "\\mathrm")
          .contains(token.text());
    }
    boolean bar =
        token.is("|")
            && !elements.isEmpty()
            && !(elements.getLast() instanceof Element.Relation)
            && !(elements.getLast() instanceof Element.Separator);
    return !bar
        && token.kind() == Token.Kind.SYMBOL
        && Set.of("[", "(", "-", "+", "√", "∞", "|", "{").contains(token.text())
        && !afterName(at);
  }

  /** A bracket right behind a name, or a sign behind a name, belongs to a formula. */
  private boolean afterName(int at) {
    if (elements.isEmpty()) {
      return false;
    }
    Element last = elements.getLast();
    boolean sign = tokens.get(at).is("-") || tokens.get(at).is("+");
    boolean operand =
        last instanceof Element.Name
            || (last instanceof Element.Operator o
                && Set.of(")", "ᵀ", "'", "}", "]").contains(o.sign()));
    return operand && (last.end() == tokens.get(at).start() || sign);
  }

  private boolean gluedToWord(int at) {
    return at > 0
        && tokens.get(at - 1).kind() == Token.Kind.WORD
        && !tokens.get(at - 1).isHan()
        && tokens.get(at - 1).end() == tokens.get(at).start();
  }

  private int numbers(int at) {
    try {
      ValueParser.Read read = ValueParser.prefix(text, tokens, at);
      Token token = tokens.get(at);
      boolean euler = token.isWord("e") && !read.grid().written();
      if (euler || (token.isWord("e") && read.next() == at + 1)) {
        return at;
      }
      if (read.grid().isNumber() && isPartOfName(read.next())) {
        return at;
      }
      elements.add(new Element.Numbers(read.grid(), token.start(), read.end()));
      return read.next();
    } catch (Unreadable e) {
      return at;
    }
  }

  /** A number glued to a letter behind it is none. */
  private boolean isPartOfName(int next) {
    Token token = tokens.get(next);
    return next > 0
        && token.kind() == Token.Kind.WORD
        && !token.isHan()
        && !token.text().startsWith("\\")
        && tokens.get(next - 1).end() == token.start()
        && token.text().length() > 1;
  }

  private static final Set<String> LONG_ARROWS =
      Set.of("\\xrightarrow", "\\xlongrightarrow", "\\xRightarrow");

  private Optional<NameScanner.Named> name(int at) {
    boolean below = at > 1 && tokens.get(at - 1).is("_") && tokens.get(at - 2).isWord("d");
    if (below) {
      return Optional.empty();
    }
    Optional<NameScanner.Named> name = NameScanner.at(tokens, at);
    if (name.isEmpty()) {
      return name;
    }
    int next = name.get().next();
    boolean word = next == at + 1 && ambiguous.isWord(at);
    return word ? Optional.empty() : name;
  }

  private int sign(int at) {
    Token token = tokens.get(at);
    boolean point = token.is(".") || token.is("^");
    if (point && tokens.get(at + 1).isWord("T") && tokens.get(at + 1).start() == token.end()) {
      elements.add(new Element.Operator("ᵀ", token.start(), tokens.get(at + 1).end()));
      return at + 2;
    }
    if (LONG_ARROWS.contains(token.text())) {
      return arrow(at);
    }
    Kind relation = RELATIONS.get(token.text());
    boolean clock =
        token.is(":")
            && at > 0
            && tokens.get(at - 1).kind() == Token.Kind.NUMBER
            && tokens.get(at + 1).kind() == Token.Kind.NUMBER;
    if (relation != null && token.kind() == Token.Kind.SYMBOL && !clock) {
      int next = at + 1;
      if (relation == Kind.COLON && tokens.get(next).is("=")) {
        relation = Kind.EQUALS;
        next++;
      } else if (relation == Kind.EQUALS && tokens.get(next).is("=")) {
        next++;
      }
      elements.add(new Element.Relation(relation, token.start(), tokens.get(next - 1).end()));
      return next;
    }
    if (token.kind() == Token.Kind.SYMBOL && token.is("-") && tokens.get(at + 1).is(">")) {
      elements.add(new Element.Relation(Kind.ARROW, token.start(), tokens.get(at + 1).end()));
      return at + 2;
    }
    if (token.isWord("has") || token.isWord("have") || token.isWord("with")) {
      int rows = at + 1;
      while (tokens.get(rows).kind() == Token.Kind.SPACE) {
        rows++;
      }
      if (tokens.get(rows).isWord("rows")) {
        elements.add(new Element.Relation(Kind.WORD, token.start(), tokens.get(rows).end()));
        return rows + 1;
      }
    }
    boolean score = token.isWord("得") && tokens.get(at + 1).isWord("分"); // 得分 is a noun
    if (token.kind() == Token.Kind.WORD
        && !score
        && Element.Relation.WORDS.contains(token.text())) {
      elements.add(new Element.Relation(Kind.WORD, token.start(), token.end()));
    } else if (SEPARATORS.contains(token.text()) || JOINING.contains(token.text()) || isPoint(at)) {
      elements.add(new Element.Separator(token.text(), token.start(), token.end()));
    } else if (token.kind() == Token.Kind.NEW_ROW && continues(at + 1)) {
      return at + 1;
    } else if (token.kind() == Token.Kind.NEW_ROW) {
      elements.add(new Element.Separator("\n", token.start(), token.end()));
    } else if (token.kind() == Token.Kind.SYMBOL && token.is("&")) {
      return at + 1;
    } else if ((token.kind() == Token.Kind.SYMBOL && OPERATORS.contains(token.text()))
        || FRACTIONS.contains(token.text())) {
      elements.add(new Element.Operator(token.text(), token.start(), token.end()));
    } else {
      elements.add(new Element.Word(token.text(), token.start(), token.end()));
    }
    return at + 1;
  }

  /** An arrow with words above and below it. */
  private int arrow(int at) {
    int next = at + 1;
    while (tokens.get(next).is("[") || tokens.get(next).is("{")) {
      int open = 0;
      do {
        Token token = tokens.get(next);
        open += token.is("{") || token.is("[") ? 1 : token.is("}") || token.is("]") ? -1 : 0;
        next++;
      } while (open > 0 && tokens.get(next).kind() != Token.Kind.STOP);
    }
    elements.add(
        new Element.Relation(Kind.ARROW, tokens.get(at).start(), tokens.get(next - 1).end()));
    return next;
  }

  private boolean isPoint(int at) {
    return tokens.get(at).is(".")
        && (tokens.get(at + 1).isBlank() || tokens.get(at + 1).kind() == Token.Kind.STOP);
  }
}
