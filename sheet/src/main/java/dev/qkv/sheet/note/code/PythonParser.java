package dev.qkv.sheet.note.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses Python expressions; what it does not know it gives up on. */
public final class PythonParser {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?j?");
  private static final Pattern PREFIX = Pattern.compile("([fFrRbBuU]{0,2})(\"\"\"|'''|\"|')");

  /** Operators by how tightly they bind, the loosest first. */
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("or"),
          Set.of("and"),
          Set.of("==", "!=", "<=", ">=", "<", ">", "in", "is"),
          Set.of("|", "^", "&"),
          Set.of("+", "-"),
          Set.of("*", "/", "@", "//", "%"));

  private static final List<String> SIGNS =
      List.of(
          "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "@", "%", "<", ">", "|", "&",
          "^");
  private static final int DEEPEST = 60;

  private final String text;
  private int at;
  private int depth;

  private PythonParser(String text) {
    this.text = text;
  }

  /** The expression that a text is; nothing if it is none. */
  public static Optional<Python> expression(String text) {
    PythonParser parser = new PythonParser(text);
    try {
      Python python = parser.sequence();
      parser.blanks();
      return parser.at == text.length() ? Optional.of(python) : Optional.empty();
    } catch (NotPython e) {
      return Optional.empty();
    }
  }

  /** That a text is no Python expression. */
  private static final class NotPython extends Exception {
    private static final long serialVersionUID = 1;

    NotPython() {
      super(null, null, false, false);
    }
  }

  /** Expressions with commas between them: a tuple where there are several. */
  private Python sequence() throws NotPython {
    List<Python> elements = new ArrayList<>();
    boolean comma = false;
    do {
      blanks();
      if (at == text.length() || ")]".indexOf(text.charAt(at)) >= 0) {
        break;
      }
      elements.add(binary(0));
      comma |= peek(',');
    } while (take(","));
    if (elements.isEmpty()) {
      throw new NotPython();
    }
    return elements.size() == 1 && !comma ? elements.getFirst() : new Python.Sequence(elements);
  }

  private Python binary(int level) throws NotPython {
    if (level == LEVELS.size()) {
      return unary();
    }
    Python left = binary(level + 1);
    while (true) {
      String operator = operator();
      if (!LEVELS.get(level).contains(operator)) {
        return left;
      }
      at += operator.length();
      left = new Python.Binary(operator, left, binary(level + 1));
    }
  }

  /** The operator that comes next; empty if none does. */
  private String operator() {
    blanks();
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        return sign;
      }
    }
    Matcher word = NAME.matcher(text).region(at, text.length());
    return word.lookingAt() && Set.of("or", "and", "in", "is").contains(word.group())
        ? word.group()
        : "";
  }

  private Python unary() throws NotPython {
    blanks();
    if (++depth > DEEPEST) {
      throw new NotPython();
    }
    Python python;
    if (peek('-') || peek('+') || peek('~')) {
      String sign = text.substring(at, at + 1);
      at++;
      python = new Python.Unary(sign, unary());
    } else if (peek('*')) {
      throw new NotPython();
    } else {
      python = power();
    }
    depth--;
    return python;
  }

  private Python power() throws NotPython {
    Python base = postfix(atom());
    if (operator().equals("**")) {
      at += 2;
      return new Python.Binary("**", base, unary());
    }
    return base;
  }

  private Python postfix(Python atom) throws NotPython {
    Python python = atom;
    while (true) {
      blanks();
      if (take(".")) {
        python = new Python.Attribute(python, name());
      } else if (take("(")) {
        python = new Python.Call(python, arguments());
      } else if (take("[")) {
        python = new Python.Index(python, subscripts());
      } else {
        return python;
      }
    }
  }

  private String name() throws NotPython {
    blanks();
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt()) {
      throw new NotPython();
    }
    at = name.end();
    return name.group();
  }

  /** Arguments up to the bracket that closes; those with a keyword are left out. */
  private List<Python> arguments() throws NotPython {
    List<Python> arguments = new ArrayList<>();
    while (!take(")")) {
      blanks();
      Matcher keyword = NAME.matcher(text).region(at, text.length());
      boolean named = false;
      if (keyword.lookingAt()) {
        int behind = keyword.end();
        while (behind < text.length() && text.charAt(behind) == ' ') {
          behind++;
        }
        named = text.startsWith("=", behind) && !text.startsWith("==", behind);
        at = named ? behind + 1 : at;
      }
      Python value = binary(0);
      if (!named) {
        arguments.add(value);
      }
      blanks();
      if (!take(",") && !peek(')')) {
        throw new NotPython();
      }
    }
    return arguments;
  }

  /** What stands between square brackets: indices, or slices, which are literals here. */
  private List<Python> subscripts() throws NotPython {
    int from = at;
    int open = 1;
    while (at < text.length() && open > 0) {
      char c = text.charAt(at);
      open += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      at++;
    }
    if (open > 0) {
      throw new NotPython();
    }
    List<Python> at = new ArrayList<>();
    for (String part : text.substring(from, this.at - 1).split(",")) {
      at.add(new Python.Literal(part.strip()));
    }
    return at;
  }

  private Python atom() throws NotPython {
    blanks();
    if (at >= text.length()) {
      throw new NotPython();
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      at = number.end();
      return new Python.Literal(number.group());
    }
    Matcher quote = PREFIX.matcher(text).region(at, text.length());
    if (quote.lookingAt()) {
      at = quote.end();
      return string(
          quote.group(2), quote.group(1).toLowerCase(java.util.Locale.ROOT).contains("f"));
    }
    if (take("(") || take("[")) {
      char close = text.charAt(at - 1) == '(' ? ')' : ']';
      if (take(String.valueOf(close))) {
        return new Python.Sequence(List.of());
      }
      Python inner = sequence();
      if (!take(String.valueOf(close))) {
        throw new NotPython();
      }
      boolean list = close == ']' && !(inner instanceof Python.Sequence);
      return list ? new Python.Sequence(List.of(inner)) : inner;
    }
    return new Python.Name(name());
  }

  /** A string up to its closing quote; what it puts into braces if it is formatted. */
  private Python string(String quote, boolean formatted) throws NotPython {
    List<String> words = new ArrayList<>();
    List<Python> fields = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    while (!text.startsWith(quote, at)) {
      if (at >= text.length()) {
        throw new NotPython();
      }
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        word.append(text.charAt(at + 1) == 'n' ? '\n' : text.charAt(at + 1));
        at += 2;
      } else if (formatted && c == '{' && !text.startsWith("{{", at)) {
        int close = text.indexOf('}', at);
        if (close < 0) {
          throw new NotPython();
        }
        words.add(word.toString());
        word.setLength(0);
        fields.add(field(text.substring(at + 1, close)));
        at = close + 1;
      } else {
        word.append(c);
        at++;
      }
    }
    at += quote.length();
    words.add(word.toString());
    return new Python.Text(words, fields);
  }

  /** A field of a formatted string without its format. */
  private static Python field(String written) {
    String plain = written.replaceAll("![rsa]$", "").replaceAll("=$", "");
    Optional<Python> whole = expression(plain);
    for (int colon = plain.lastIndexOf(':'); whole.isEmpty() && colon > 0; ) {
      whole = expression(plain.substring(0, colon));
      colon = plain.lastIndexOf(':', colon - 1);
    }
    return whole.orElseGet(() -> new Python.Literal(written));
  }

  private boolean peek(char sign) {
    blanks();
    return at < text.length() && text.charAt(at) == sign;
  }

  private boolean take(String sign) {
    blanks();
    if (!text.startsWith(sign, at)) {
      return false;
    }
    at += sign.length();
    return true;
  }

  private void blanks() {
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\\')) {
      at++;
    }
  }
}
