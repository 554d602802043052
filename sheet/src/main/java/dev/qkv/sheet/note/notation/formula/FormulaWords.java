package dev.qkv.sheet.note.notation.formula;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.notation.Cursor;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.note.notation.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the words of a formula: functions, and names that may stand together as in QKT. */
final class FormulaWords {
  private static final Set<String> WRAPPERS =
      Set.of(
          "\\text",
          "\\textbf",
          "\\textit",
          "\\mathrm",
          "\\mathbf",
          "\\mathit",
          "\\mathsf",
          "\\mathcal",
          "\\mathbb",
          "\\operatorname",
          "\\boldsymbol",
          "\\bm",
          "\\tilde",
          "\\hat",
          "\\bar",
          "\\rm",
          "\\bf");

  /** What decorates a letter rather than its type. */
  private static final Set<String> ACCENTS = Set.of("\\tilde", "\\hat");

  private static final Set<String> MODULES =
      Set.of("np", "torch", "F", "nn", "functional", "math", "tf", "jnp", "scipy", "special");

  /** Functions by the ways in which they are written. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("softmax", "softmax"),
          Map.entry("softmax_row", "softmax"),
          Map.entry("row_softmax", "softmax"),
          Map.entry("exp", "exp"),
          Map.entry("log", "log"),
          Map.entry("ln", "log"),
          Map.entry("sqrt", "sqrt"),
          Map.entry("tanh", "tanh"),
          Map.entry("erf", "erf"),
          Map.entry("sin", "sin"),
          Map.entry("cos", "cos"),
          Map.entry("relu", "relu"),
          Map.entry("gelu", "gelu"),
          Map.entry("layernorm", "layernorm"),
          Map.entry("layer_norm", "layernorm"),
          Map.entry("LN", "layernorm"),
          Map.entry("rmsnorm", "rmsnorm"),
          Map.entry("rms_norm", "rmsnorm"),
          Map.entry("attention", "attention"),
          Map.entry("attn", "attention"),
          Map.entry("multihead", "multihead"),
          Map.entry("multiheadattention", "multihead"),
          Map.entry("mha", "multihead"),
          Map.entry("ffn", "ffn"),
          Map.entry("feedforward", "ffn"),
          Map.entry("concat", "concat"),
          Map.entry("concatenate", "concat"),
          Map.entry("cat", "concat"),
          Map.entry("hstack", "concat"),
          Map.entry("matmul", "matmul"),
          Map.entry("mm", "matmul"),
          Map.entry("dot", "matmul"),
          Map.entry("transpose", "transpose"),
          Map.entry("sum", "sum"),
          Map.entry("rowsum", "rowsum"),
          Map.entry("row_sum", "rowsum"),
          Map.entry("rowmax", "rowmax"),
          Map.entry("row_max", "rowmax"),
          Map.entry("max", "max"),
          Map.entry("mean", "mean"),
          Map.entry("avg", "mean"),
          Map.entry("var", "var"),
          Map.entry("std", "std"));

  private static final Set<String> JOINED = Set.of("qk", "qkt", "av", "xw", "wx", "xwq", "xwk");

  private final FormulaSyntax syntax;
  private final FormulaOperands operands;
  private final FormulaScripts scripts;
  private final Cursor cursor;

  FormulaWords(
      FormulaSyntax syntax, FormulaOperands operands, FormulaScripts scripts, Cursor cursor) {
    this.syntax = syntax;
    this.operands = operands;
    this.scripts = scripts;
    this.cursor = cursor;
  }

  boolean isWrapper(String word) {
    return WRAPPERS.contains(word);
  }

  /** Whether a word calls a function. */
  static boolean isFunction(String word) {
    return !function(word).isEmpty();
  }

  private static String function(String word) {
    String bare = word.startsWith("\\") ? word.substring(1) : word;
    String exact = FUNCTIONS.getOrDefault(bare, "");
    return exact.isEmpty() && !bare.equals("Ln")
        ? FUNCTIONS.getOrDefault(bare.toLowerCase(Locale.ROOT), "")
        : exact;
  }

  Formula word() throws Unreadable {
    Token token = cursor.peek();
    if (WRAPPERS.contains(token.text())) {
      return wrapped();
    }
    if (MODULES.contains(token.text()) && cursor.peek(1).is(".")) {
      cursor.take();
      cursor.take();
      return word();
    }
    if (token.text().equals("dL") && cursor.peek(1).is("/")) {
      return operands.differential();
    }
    cursor.take();
    return word(token, token.text());
  }

  private Formula word(Token token, String word) throws Unreadable {
    String function = called(word);
    if (!function.isEmpty()) {
      return call(function, word);
    }
    return name(token, word);
  }

  /** A word that font commands stand around, or a group that they stand around. */
  private Formula wrapped() throws Unreadable {
    Token wrapper = cursor.take();
    String accent = ACCENTS.contains(wrapper.text()) ? wrapper.text() : "";
    if (cursor.peek().is("·")) {
      cursor.take(); // the star of \operatorname*
    }
    cursor.skipSpace();
    if (!cursor.peek().is("{")) {
      Formula of = operands.operand();
      return of instanceof Formula.Name(String base, String below, String above)
          ? new Formula.Name(accent + base, below, above)
          : of;
    }
    int mark = cursor.mark();
    cursor.take();
    StringBuilder joined = new StringBuilder();
    Token first = cursor.peek();
    while (cursor.peek().kind() == Kind.WORD
        || cursor.peek().kind() == Kind.SPACE
        || cursor.peek().is("-")) {
      Token part = cursor.take();
      joined.append(part.kind() == Kind.WORD ? part.text() : "");
    }
    if (!cursor.peek().is("}") || joined.isEmpty() || joined.indexOf("\\") >= 0) {
      cursor.back(mark);
      return operands.group();
    }
    cursor.take();
    String word = joined.toString();
    return word.length() > 1 && accent.isEmpty()
        ? word(first, word)
        : new Formula.Name(accent + word, "", "");
  }

  /** The function that a word is, with what stands below it, if something is applied to it. */
  private String called(String word) throws Unreadable {
    int mark = cursor.mark();
    String function = function(word);
    if (cursor.peek().is("_") && cursor.peek(1).kind() == Kind.WORD) {
      String longer = function(word + "_" + cursor.peek(1).text());
      if (!longer.isEmpty()) {
        cursor.take();
        cursor.take();
        function = longer;
      }
    }
    boolean index = false;
    while (cursor.peek().is("_") && !function.isEmpty()) {
      cursor.take();
      scripts.script("");
      index = true;
    }
    cursor.skipSpace();
    Token next = cursor.peek();
    boolean bare = Set.of("exp", "log", "sqrt", "tanh", "sin", "cos").contains(function);
    boolean total = function.equals("max") && index;
    boolean applied =
        next.is("(") || next.is("[") || (next.is("{") && (bare || word.startsWith("\\"))) || total;
    boolean longer = function.equals("softmax") && next.kind() == Kind.WORD;
    boolean found = !function.isEmpty() && (applied || bare || longer);
    cursor.back(mark);
    return found ? function : "";
  }

  private Formula call(String function, String word) throws Unreadable {
    if (function(word).isEmpty() || !function.equals(function(word))) {
      cursor.take();
      cursor.take();
    }
    String below = "";
    if (cursor.peek().is("_")) {
      cursor.take();
      below = scripts.script("");
    }
    cursor.skipSpace();
    Token open = cursor.peek();
    if (function.equals("max") && !below.isEmpty()) {
      return operands.total(true, below);
    }
    if (!open.is("(") && !open.is("[") && !open.is("{")) {
      return new Formula.Call(function, List.of(syntax.factor()), below);
    }
    cursor.take();
    String close = open.is("(") ? ")" : open.is("[") ? "]" : "}";
    syntax.list(true);
    Formula called = arguments(function, below, close);
    syntax.list(false);
    return called;
  }

  /** Arguments, and of those by name the direction. */
  private Formula arguments(String function, String below, String close) throws Unreadable {
    List<Formula> arguments = new ArrayList<>();
    String along = below;
    while (true) {
      cursor.skipSpace();
      if (cursor.peek().kind() == Kind.WORD && cursor.peek(1).is("=")) {
        String keyword = cursor.take().text();
        cursor.take();
        String value = keyword(close);
        along = Set.of("dim", "axis").contains(keyword) ? "axis" + value : along;
      } else {
        arguments.add(syntax.sum());
      }
      cursor.skipSpace();
      if (cursor.peek().is(close)) {
        cursor.take();
        return new Formula.Call(function, List.copyOf(arguments), along);
      }
      if (!Set.of(",", ";", "‖", "|").contains(cursor.peek().text())) {
        throw cursor.unexpected("expected.cell");
      }
      while (Set.of(",", ";", "‖", "|").contains(cursor.peek().text())) {
        cursor.take();
        cursor.skipSpace();
      }
    }
  }

  private String keyword(String close) {
    StringBuilder value = new StringBuilder();
    while (!cursor.atEnd() && !cursor.peek().is(",") && !cursor.peek().is(close)) {
      Token token = cursor.take();
      value.append(token.kind() == Kind.SPACE ? "" : token.text());
    }
    return value.toString();
  }

  /** A name, or the first of several that stand together. */
  private Formula name(Token token, String word) {
    String below = cursor.peek().is("_") ? cursor.peek(1).text() : "";
    int length = isKnown(word, below) ? word.length() : first(word, below);
    if (length == word.length()) {
      Token next = cursor.peek();
      boolean number = next.start() == token.end() && next.text().matches("[1-9]");
      return new Formula.Name(word, number ? cursor.take().text() : "", "");
    }
    cursor.back(cursor.mark() - 1);
    String rest = word.substring(length);
    Token left = new Token(Kind.WORD, rest, token.end() - rest.length(), token.end());
    boolean transposed = rest.startsWith("T") && "qkvaxQKVAXWZ".indexOf(word.charAt(0)) >= 0;
    cursor.replace(transposed ? new Token(Kind.SYMBOL, "ᵀ", left.start(), left.end()) : left);
    return new Formula.Name(word.substring(0, length), "", "");
  }

  private static boolean isKnown(String word, String below) {
    boolean alone =
        Letters.isKnown(word)
            || Names.reference(word).filter(r -> !r.quantity().equals(Quantities.DOT)).isPresent();
    return alone || word.length() == 1 || Names.reference(word + "_" + below).isPresent();
  }

  /** How many letters of a word are its first name: the most that are known. */
  private static int first(String word, String below) {
    boolean joined =
        !word.startsWith("\\")
            && (word.chars().anyMatch(Character::isUpperCase)
                || JOINED.contains(word.toLowerCase(Locale.ROOT)));
    if (!joined || word.length() > 6 || isKnown(word, below)) {
      return word.length();
    }
    for (int length = Math.min(2, word.length() - 1); length > 1; length--) {
      if (word.charAt(0) == 'd' && isKnown(word.substring(0, length), "")) {
        return length;
      }
    }
    return 1;
  }
}
