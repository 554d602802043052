package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Token.Kind;
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
  private static final Set<String> RELATIONS =
      Set.of("=", "≈", "→", ":", "为", "是", "得", "is", "are", "equals", "gives");
  private static final Set<String> SEPARATORS =
      Set.of(",", ";", "。", "、", "?", "!", "and", "with", "where", "且", "vs", "或");

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
      } else if (depth == 0 && RELATIONS.contains(token.text())) {
        signs.add(token);
      }
    }
    return clauses;
  }

  private static int turn(Token token) {
    if (token.kind() == Kind.BEGIN || token.is("[") || token.is("(") || token.is("{")) {
      return 1;
    }
    boolean closes =
        token.kind() == Kind.END || token.is("]") || token.is(")") || token.is("}");
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
    return text.substring(parts.getFirst().start(), parts.getLast().end()).replace("$", " ").strip();
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
