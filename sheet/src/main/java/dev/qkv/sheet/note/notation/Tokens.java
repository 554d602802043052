package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cuts text into tokens; reads TeX and plain characters alike. */
public final class Tokens {
  /** Commands that only change size or spacing. */
  private static final Set<String> SILENT =
      Set.of(
          "left",
          "right",
          "big",
          "bigl",
          "bigr",
          "Big",
          "Bigl",
          "Bigr",
          "bigg",
          "biggl",
          "biggr",
          "displaystyle",
          "textstyle",
          "limits",
          "mathstrut",
          "nobreak");

  private static final int LONGEST_NAME = 40;

  private static final Set<String> SPACING = Set.of("quad", "qquad", "enspace", "thinspace");

  /** Commands that stand for one character. */
  private static final Map<String, String> CHARACTERS =
      Map.ofEntries(
          Map.entry("cdot", "·"),
          Map.entry("times", "×"),
          Map.entry("div", "÷"),
          Map.entry("top", "ᵀ"),
          Map.entry("intercal", "ᵀ"),
          Map.entry("infty", "∞"),
          Map.entry("approx", "≈"),
          Map.entry("to", "→"),
          Map.entry("rightarrow", "→"),
          Map.entry("Rightarrow", "→"),
          Map.entry("partial", "∂"),
          Map.entry("nabla", "∇"),
          Map.entry("Vert", "‖"),
          Map.entry("lbrack", "["),
          Map.entry("rbrack", "]"),
          Map.entry("in", "∈"),
          Map.entry("sum", "∑"),
          Map.entry("le", "≤"),
          Map.entry("leq", "≤"),
          Map.entry("ge", "≥"),
          Map.entry("geq", "≥"),
          Map.entry("ne", "≠"),
          Map.entry("alpha", "α"),
          Map.entry("beta", "β"),
          Map.entry("gamma", "γ"),
          Map.entry("mu", "μ"),
          Map.entry("sigma", "σ"),
          Map.entry("epsilon", "ε"),
          Map.entry("varepsilon", "ε"),
          Map.entry("circ", "∘"),
          Map.entry("odot", "∘"),
          Map.entry("parallel", "‖"),
          Map.entry("mid", "|"),
          Map.entry("tau", "τ"),
          Map.entry("eta", "η"),
          Map.entry("lambda", "λ"),
          Map.entry("implies", "→"),
          Map.entry("Longrightarrow", "→"),
          Map.entry("longrightarrow", "→"),
          Map.entry("mapsto", "→"),
          Map.entry("simeq", "≈"),
          Map.entry("sim", "≈"),
          Map.entry("cong", "≈"),
          Map.entry("coloneqq", "="),
          Map.entry("ast", "·"),
          Map.entry("bullet", "·"),
          Map.entry("colon", ":"),
          Map.entry("prime", "'"));

  private static final String SAME = "⋅·∙•∗*" + "－−–" + "⊤" + "∥" + "≃≅" + "⇒➜⟶➡⟹↦" + "ϵ" + "′’";
  private static final String AS = "······" + "---" + "ᵀ" + "‖" + "≈≈" + "→→→→→→" + "ε" + "''";

  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String LOW_LETTERS = "ₖₙₘᵢⱼₒₐₑₓₕₗₛₜᵥ";
  private static final String LETTERS_BELOW = "knmijoaexhlstv";

  private final String text;
  private final int end;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  /** Brackets open around the next character: digits with commas in them are lists there. */
  private int depth;

  private Tokens(String text, int from, int to) {
    this.text = text;
    this.position = from;
    this.end = to;
  }

  /** The tokens of {@code text[from, to)}, ending with a STOP; positions count from 0 in text. */
  public static List<Token> of(String text, int from, int to) {
    Tokens cutter = new Tokens(text, from, to);
    while (cutter.position < to) {
      cutter.next();
    }
    cutter.add(Kind.STOP, "", to, to);
    return cutter.tokens;
  }

  public static List<Token> of(String text) {
    return of(text, 0, text.length());
  }

  /** One character for each way of writing it. */
  public static char plain(char c) {
    if (c >= '！' && c <= '～') {
      c = (char) (c - '！' + '!');
    }
    int same = SAME.indexOf(c);
    return same >= 0 ? AS.charAt(same) : c;
  }

  private void next() {
    int start = position;
    char c = plain(text.charAt(position));
    if (c == '\\') {
      command();
    } else if (c == '\n') {
      position++;
      add(Kind.NEW_LINE, "\n", start, position);
    } else if (c == '~' && neighbour(-1) == ' ' && neighbour(1) == ' ') {
      position++;
      add(Kind.SYMBOL, "≈", start, position);
    } else if (Character.isWhitespace(c)
        || c == '~'
        || c == '\u00a0'
        || c == '$'
        || c == '`'
        || c == '#'
        || text.charAt(position) == '†'
        || text.charAt(position) == '＿'
        || (c == '_' && (neighbour(1) == '_' || neighbour(-1) == '_' || isSlanted()))
        || isEmphasis(c)) {
      position++;
      add(Kind.SPACE, " ", start, position);
    } else if (Character.getType(c) == Character.FORMAT) {
      position++;
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      number();
    } else if (isLetter(c)) {
      StringBuilder word = new StringBuilder();
      boolean below = !tokens.isEmpty() && tokens.getLast().is("_") && peek(0) >= 'a';
      while (isLetter(peek(0))) {
        if (below && !word.isEmpty() && peek(0) <= 'Z') {
          break; // Q_iK_j is Q_i times K_j
        }
        word.append(peek(0));
        position++;
      }
      add(Kind.WORD, word.toString(), start, position);
    } else if (!script(SUBSCRIPTS, "_") && !script(SUPERSCRIPTS, "^") && !letterBelow(c)) {
      position++;
      boolean symbol = !Character.isLetter(c) || c == 'ᵀ';
      add(symbol ? Kind.SYMBOL : Kind.WORD, String.valueOf(c), start, position);
    }
  }

  /** A star or two at the edge of a word make it bold; between spaces or digits they multiply. */
  private boolean isEmphasis(char c) {
    if (c != '·' || text.charAt(position) != '*') {
      return false;
    }
    boolean pair = neighbour(-1) == '*' || neighbour(1) == '*';
    char before = neighbour(pair && neighbour(-1) == '*' ? -2 : -1);
    char after = neighbour(pair && neighbour(1) == '*' ? 2 : 1);
    boolean opens = isEdge(before) && !isEdge(after);
    boolean closes = !isEdge(before) && isEdge(after);
    return pair
        ? !(isWordOrDigit(before) && isWordOrDigit(after))
        : (opens || closes) && !(Character.isDigit(before) || Character.isDigit(after));
  }

  /** An underscore at the edge of words makes them slanted; behind a letter it is a script's. */
  private boolean isSlanted() {
    char before = neighbour(-1);
    char after = neighbour(1);
    boolean opens = Character.isWhitespace(before) && Character.isLetter(after);
    boolean closes =
        (Character.isWhitespace(after) || "。，；".indexOf(after) >= 0)
            && neighbour(2) != '{'
            && "])）}。.%".indexOf(before) >= 0;
    return opens || closes;
  }

  private char neighbour(int offset) {
    int at = position + offset;
    return at >= 0 && at < text.length() ? text.charAt(at) : ' ';
  }

  private static boolean isEdge(char c) {
    return Character.isWhitespace(c) || ".,:;!?()（）：，。；、“”\"'".indexOf(c) >= 0;
  }

  private static boolean isWordOrDigit(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  /** Small digits become an underscore or a caret and a number. */
  private boolean script(String digits, String sign) {
    if (digits.indexOf(text.charAt(position)) < 0) {
      return false;
    }
    int start = position;
    StringBuilder number = new StringBuilder();
    while (position < end && digits.indexOf(text.charAt(position)) >= 0) {
      number.append((char) ('0' + digits.indexOf(text.charAt(position++))));
    }
    add(Kind.SYMBOL, sign, start, start);
    add(Kind.NUMBER, number.toString(), start, position);
    return true;
  }

  private boolean letterBelow(char c) {
    int letter = LOW_LETTERS.indexOf(c);
    if (letter < 0) {
      return false;
    }
    add(Kind.SYMBOL, "_", position, position);
    add(Kind.WORD, String.valueOf(LETTERS_BELOW.charAt(letter)), position, position + 1);
    position++;
    return true;
  }

  private char peek(int ahead) {
    return position + ahead < end ? plain(text.charAt(position + ahead)) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void number() {
    int start = position;
    if (isDigit(peek(0)) && takesOneDigit()) {
      position++;
      add(Kind.NUMBER, String.valueOf(peek(-1)), start, position);
      return;
    }
    StringBuilder digits = new StringBuilder();
    int points = 0;
    while (position < end) {
      char c = peek(0);
      if (c == '.' && isDigit(peek(1))) {
        points++;
      } else if (isThousand()) {
        position++;
        continue;
      } else if (!isDigit(c)) {
        break;
      }
      digits.append(c);
      position++;
    }
    add(points > 1 ? Kind.WORD : Kind.NUMBER, digits.toString(), start, position);
  }

  /** TeX takes one digit where braces are left out: {@code \\frac12} is a half. */
  private boolean takesOneDigit() {
    int last = tokens.size() - 1;
    while (last >= 0 && tokens.get(last).kind() == Kind.SPACE) {
      last--;
    }
    boolean second = last > 0 && tokens.get(last).kind() == Kind.NUMBER;
    return isFraction(last)
        || (second && tokens.get(last).text().length() == 1 && isFraction(last - 1));
  }

  private boolean isFraction(int at) {
    return at >= 0 && tokens.get(at).kind() == Kind.WORD && tokens.get(at).text().endsWith("frac");
  }

  /** A comma before three digits and after at most three, outside brackets. */
  private boolean isThousand() {
    if (text.charAt(position) != ',' || depth > 0 || !threeDigits(position + 1)) {
      return false;
    }
    int from = position;
    while (from > 0 && isDigit(text.charAt(from - 1))) {
      from--;
    }
    int length = position - from;
    boolean first = from == 0 || text.charAt(from - 1) != ',';
    return first
        ? length >= 1 && length <= 3 && text.charAt(from) != '0' && !isPoint(from - 1)
        : length == 3;
  }

  private boolean isPoint(int at) {
    return at >= 0 && text.charAt(at) == '.';
  }

  private boolean threeDigits(int from) {
    return from + 3 <= end
        && isDigit(text.charAt(from))
        && isDigit(text.charAt(from + 1))
        && isDigit(text.charAt(from + 2))
        && (from + 3 == end || !isDigit(text.charAt(from + 3)));
  }

  private void command() {
    int start = position++;
    int name = position;
    while (position < end && isLetter(text.charAt(position))) {
      position++;
    }
    String command = text.substring(name, position);
    if (command.isEmpty()) {
      char c = position < end ? text.charAt(position++) : ' ';
      switch (c) {
        case '\\' -> add(Kind.NEW_ROW, "\\", start, position);
        case '{', '}' -> add(Kind.SYMBOL, c == '{' ? "⦃" : "⦄", start, position);
        case '(', ')', '[', ']', ',', ';', ':', '!', ' ' -> add(Kind.SPACE, " ", start, position);
        case '|' -> add(Kind.SYMBOL, "‖", start, position);
        case '\n' -> add(Kind.NEW_LINE, "\n", start, position);
        default -> add(Kind.SYMBOL, String.valueOf(c), start, position);
      }
    } else if (command.equals("begin") || command.equals("end")) {
      int close = closeOfName();
      boolean named = close > 0;
      String environment = named ? text.substring(position + 1, close) : "";
      position = named ? close + 1 : position;
      add(command.equals("begin") ? Kind.BEGIN : Kind.END, environment, start, position);
    } else if (SILENT.contains(command)) {
      return;
    } else if (SPACING.contains(command)) {
      add(Kind.SPACE, " ", start, position);
    } else if (CHARACTERS.containsKey(command)) {
      add(Kind.SYMBOL, CHARACTERS.getOrDefault(command, ""), start, position);
    } else {
      add(Kind.WORD, "\\" + command, start, position);
    }
  }

  /** Where the name of an environment ends; −1 where there is none of sensible length. */
  private int closeOfName() {
    if (position >= end || text.charAt(position) != '{') {
      return -1;
    }
    for (int i = position; i < Math.min(end, position + LONGEST_NAME); i++) {
      if (text.charAt(i) == '}') {
        return i;
      }
    }
    return -1;
  }

  private void add(Kind kind, String spelled, int start, int end) {
    Token token = new Token(kind, spelled, start, end);
    boolean brace = spelled.equals("{") || spelled.equals("}");
    depth = brace ? depth : Math.max(0, depth + (token.opens() ? 1 : token.closes() ? -1 : 0));
    tokens.add(token);
  }
}
