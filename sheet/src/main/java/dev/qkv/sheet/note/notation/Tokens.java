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
          Map.entry("odot", "∘"));

  private static final String SAME = "⋅·∙•∗*" + "－−–" + "⊤" + "∥" + "≃≅" + "⇒➜⟶" + "ϵ";
  private static final String AS = "······" + "---" + "ᵀ" + "‖" + "≈≈" + "→→→" + "ε";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Tokens(String text, int from) {
    this.text = text;
    this.position = from;
  }

  /** The tokens of {@code text[from, to)}, ending with a STOP; positions count from 0 in text. */
  public static List<Token> of(String text, int from, int to) {
    Tokens cutter = new Tokens(text.substring(0, to), from);
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
    } else if (Character.isWhitespace(c) || c == '~' || c == '\u00a0' || c == '$') {
      position++;
      add(Kind.SPACE, " ", start, position);
    } else if (Character.getType(c) == Character.FORMAT) {
      position++;
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      number();
    } else if (isLetter(c)) {
      StringBuilder word = new StringBuilder();
      while (isLetter(peek(0))) {
        word.append(peek(0));
        position++;
      }
      add(Kind.WORD, word.toString(), start, position);
    } else {
      position++;
      boolean symbol = !Character.isLetter(c) || c == 'ᵀ';
      add(symbol ? Kind.SYMBOL : Kind.WORD, String.valueOf(c), start, position);
    }
  }

  private char peek(int ahead) {
    return position + ahead < text.length() ? plain(text.charAt(position + ahead)) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void number() {
    int start = position;
    StringBuilder digits = new StringBuilder();
    boolean point = false;
    while (position < text.length()) {
      char c = peek(0);
      if (c == '.' && !point && isDigit(peek(1))) {
        point = true;
      } else if (!isDigit(c)) {
        break;
      }
      digits.append(c);
      position++;
    }
    add(Kind.NUMBER, digits.toString(), start, position);
  }

  private void command() {
    int start = position++;
    int name = position;
    while (position < text.length() && isLetter(text.charAt(position))) {
      position++;
    }
    String command = text.substring(name, position);
    if (command.isEmpty()) {
      char c = position < text.length() ? text.charAt(position++) : ' ';
      switch (c) {
        case '\\' -> add(Kind.NEW_ROW, "\\", start, position);
        case '{', '}' -> add(Kind.SYMBOL, c == '{' ? "⦃" : "⦄", start, position);
        case '(', ')', '[', ']', ',', ';', ':', '!', ' ' -> add(Kind.SPACE, " ", start, position);
        case '|' -> add(Kind.SYMBOL, "‖", start, position);
        default -> add(Kind.SYMBOL, String.valueOf(c), start, position);
      }
    } else if (command.equals("begin") || command.equals("end")) {
      int close = text.indexOf('}', position);
      boolean named = close > 0 && position < text.length() && text.charAt(position) == '{';
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

  private void add(Kind kind, String spelled, int start, int end) {
    tokens.add(new Token(kind, spelled, start, end));
  }
}
