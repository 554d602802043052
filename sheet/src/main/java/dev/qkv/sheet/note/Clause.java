package dev.qkv.sheet.note;

import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.MatrixParser;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a note between two separators, cut at its relation signs: {@code s = 5/1.414 ≈ 3.54}
 * has three parts.
 */
final class Clause {
  private static final Set<String> RELATIONS = Set.of("=", "≈", "→");

  /** Words that relate when numbers follow. */
  private static final Set<String> RELATION_WORDS =
      Set.of(":", "为", "是", "得", "is", "are", "equals", "gives");

  private static final Set<String> SEPARATORS =
      Set.of(",", ";", "。", "、", "?", "!", "and", "with", "where", "vs", "且", "或", "与", "和", "及");

  /** A part between two relation signs. */
  record Part(int start, int end) {}

  private final String text;
  private final List<Part> parts;
  private final boolean equation;

  private Clause(String text, List<Part> parts, boolean equation) {
    this.text = text;
    this.parts = parts;
    this.equation = equation;
  }

  /** The clauses of {@code text[from, to)}. */
  static List<Clause> of(String text, int from, int to) {
    List<Token> tokens = Tokens.of(text, from, to);
    boolean[] aside = asides(text, tokens);
    List<Clause> clauses = new ArrayList<>();
    List<Token> signs = new ArrayList<>();
    int start = from;
    int depth = 0;
    for (int k = 0; k < tokens.size(); k++) {
      Token token = tokens.get(k);
      depth = Math.max(0, depth + (aside[k] ? 0 : turn(token)));
      boolean stop = token.kind() == Kind.STOP || token.is("。");
      if (stop || aside[k] || (depth == 0 && separates(tokens, k, signs))) {
        add(clauses, text, start, token.start(), signs);
        signs = new ArrayList<>();
        start = token.end();
        depth = stop ? 0 : depth;
      } else if (depth == 0 && relates(tokens, k)) {
        signs.add(token);
      }
    }
    return clauses;
  }

  private static boolean relates(List<Token> tokens, int k) {
    if (!RELATION_WORDS.contains(tokens.get(k).text())) {
      return RELATIONS.contains(tokens.get(k).text());
    }
    int next = k + 1;
    while (tokens.get(next).kind() == Kind.SPACE) {
      next++;
    }
    Token token = tokens.get(next);
    return token.kind() == Kind.NUMBER
        || token.kind() == Kind.BEGIN
        || token.is("[")
        || token.is("-")
        || token.is("√")
        || token.isWord("\\frac")
        || token.isWord("\\sqrt");
  }

  private static int turn(Token token) {
    if (token.kind() == Kind.BEGIN || token.is("[") || token.is("(") || token.is("{")) {
      return 1;
    }
    boolean closes = token.kind() == Kind.END || token.is("]") || token.is(")") || token.is("}");
    return closes ? -1 : 0;
  }

  /** Brackets around an equation of its own, and full-width ones, stand for commas. */
  private static boolean[] asides(String text, List<Token> tokens) {
    boolean[] aside = new boolean[tokens.size()];
    for (int k = 0; k < tokens.size(); k++) {
      Token token = tokens.get(k);
      if (token.kind() == Kind.SYMBOL && "（）".indexOf(text.charAt(token.start())) >= 0) {
        aside[k] = true;
      } else if (token.is("(") && k > 0 && tokens.get(k - 1).kind() == Kind.SPACE) {
        int depth = 1;
        boolean equation = false;
        for (int m = k + 1; m < tokens.size() && depth > 0; m++) {
          depth += tokens.get(m).is("(") ? 1 : tokens.get(m).is(")") ? -1 : 0;
          equation |= tokens.get(m).is("=");
          if (depth == 0 && equation) {
            aside[k] = true;
            aside[m] = true;
          }
        }
      }
    }
    return aside;
  }

  private static boolean separates(List<Token> tokens, int k, List<Token> signs) {
    Token token = tokens.get(k);
    if (SEPARATORS.contains(token.text()) && token.kind() != Kind.SPACE) {
      return true;
    }
    if (token.is(".")) {
      Kind next = tokens.get(k + 1).kind();
      return next == Kind.SPACE || next == Kind.STOP;
    }
    return token.is("→") && hasEquals(signs) && equalsFollows(tokens, k);
  }

  private static boolean hasEquals(List<Token> signs) {
    return signs.stream().anyMatch(s -> s.is("=") || s.is("≈"));
  }

  private static boolean equalsFollows(List<Token> tokens, int k) {
    for (int m = k + 1; m < tokens.size(); m++) {
      Token token = tokens.get(m);
      if (token.is("=") || token.is("≈")) {
        return true;
      }
      if (token.is("。") || token.is(";") || token.is(",")) {
        return false;
      }
    }
    return false;
  }

  private static void add(
      List<Clause> clauses, String text, int start, int end, List<Token> signs) {
    if (text.substring(start, end).isBlank()) {
      return;
    }
    List<Part> parts = new ArrayList<>();
    int from = start;
    for (Token sign : signs) {
      parts.add(new Part(from, sign.start()));
      from = sign.end();
    }
    parts.add(new Part(from, end));
    clauses.add(new Clause(text, parts, hasEquals(signs)));
  }

  int start() {
    return parts.getFirst().start();
  }

  String words() {
    return text.substring(parts.getFirst().start(), parts.getLast().end())
        .replace("$", " ")
        .strip();
  }

  String words(Part part) {
    return text.substring(part.start(), part.end());
  }

  /** Whether it has an equals sign. */
  boolean isEquation() {
    return equation;
  }

  /** Whether it has any relation sign. */
  boolean hasRelation() {
    return parts.size() > 1;
  }

  List<Part> parts() {
    return parts;
  }

  /** The name that a part is or ends with. */
  Optional<Names.Reference> reference(Part part) {
    String words = words(part);
    for (Token token : Tokens.of(words)) {
      if (token.kind() != Kind.SPACE && token.kind() != Kind.STOP) {
        Optional<Names.Reference> reference = Names.reference(words.substring(token.start()));
        if (reference.isPresent()) {
          return reference;
        }
      }
    }
    return Optional.empty();
  }

  /** The numbers of a part, if it is numbers up to trailing words. */
  @Nullable List<List<Numeral>> numbers(Part part) {
    try {
      MatrixParser.Read read = MatrixParser.prefix(text, part.start(), part.end());
      String rest = text.substring(read.end(), part.end()).replace("$", " ").strip();
      boolean words =
          rest.isEmpty()
              || Character.UnicodeScript.of(rest.codePointAt(0)) == Character.UnicodeScript.HAN
              || rest.matches("[.)\\]}>*_]+.*")
              || (rest.matches("[a-z]{3,}.*") && read.end() < part.end());
      return words ? read.numbers() : null;
    } catch (Unreadable e) {
      return null;
    }
  }

  /**
   * Names and the number that they equal.
   *
   * @param references the names, in order
   * @param expression the first part that is numbers, where there are several
   * @param value the last part that is numbers; null where there are none
   * @param before the words before the value
   */
  record Equation(
      List<Names.Reference> references,
      @Nullable List<List<Numeral>> expression,
      @Nullable List<List<Numeral>> value,
      String before) {}

  /**
   * The equations of the clause: one, unless words behind a number start another, as in {@code
   * d_model = 512, cut into heads of d_k = 64} without the comma.
   */
  List<Equation> equations() {
    List<Equation> equations = new ArrayList<>();
    List<Names.Reference> references = new ArrayList<>();
    List<List<Numeral>> expression = null;
    List<List<Numeral>> value = null;
    int from = start();
    int valueStart = from;
    for (int k = 0; k < parts.size(); k++) {
      Part part = parts.get(k);
      List<List<Numeral>> numbers = numbers(part);
      if (numbers == null) {
        reference(part).ifPresent(references::add);
        continue;
      }
      expression = expression == null ? numbers : expression;
      value = numbers;
      valueStart = part.start();
      Optional<Names.Reference> next =
          k == parts.size() - 1 || k == 0 ? Optional.empty() : reference(part);
      if (next.isPresent()) {
        equations.add(
            new Equation(references, expression, value, text.substring(from, valueStart)));
        references = new ArrayList<>(List.of(next.get()));
        expression = null;
        value = null;
        from = part.start();
      }
    }
    boolean stale = numbers(parts.getLast()) == null;
    equations.add(
        new Equation(
            references,
            expression,
            stale ? null : value,
            text.substring(from, Math.max(from, valueStart))));
    return equations;
  }

  /** Why a part that looks like a matrix cannot be read. */
  @Nullable Unreadable unreadable(Part part) {
    String words = words(part).replace("$", " ").strip();
    if (!words.startsWith("[") && !words.startsWith("\\begin")) {
      return null;
    }
    try {
      MatrixParser.prefix(text, part.start(), part.end());
      return null;
    } catch (Unreadable e) {
      return e;
    }
  }
}
