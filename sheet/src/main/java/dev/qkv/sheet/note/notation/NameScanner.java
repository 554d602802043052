package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the name that starts at a token: a letter or word with what stands below and above it. */
final class NameScanner {
  private static final int LONGEST = 40;

  private final List<Token> tokens;
  private final List<Integer> ends = new ArrayList<>();

  private NameScanner(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * A name and the token behind it.
   *
   * @param reference what it refers to
   * @param next the token behind it
   */
  record Named(Reference reference, int next) {}

  /** The longest name that starts at a token, if any does. */
  static Optional<Named> at(List<Token> tokens, int start) {
    NameScanner scanner = new NameScanner(tokens);
    scanner.scan(start);
    for (int k = scanner.ends.size() - 1; k >= 0; k--) {
      int end = scanner.ends.get(k);
      Optional<Reference> reference = Names.side(Names.canonical(tokens.subList(start, end)));
      if (reference.isPresent()) {
        return Optional.of(new Named(reference.get(), end));
      }
    }
    return Optional.empty();
  }

  private Token token(int at) {
    return tokens.get(Math.min(at, tokens.size() - 1));
  }

  private void scan(int start) {
    int at = prefix(start);
    if (at < 0) {
      return;
    }
    at = base(at);
    if (at < 0) {
      return;
    }
    ends.add(at);
    while (at - start < LONGEST) {
      int next = script(at);
      if (next < 0) {
        break;
      }
      ends.add(next);
      at = next;
    }
    if (closing > 0) {
      int close = skipSpace(at);
      ends.clear();
      if (token(close).is(closer)) {
        ends.add(close + 1);
        int loss = skipSpace(close + 1);
        if (token(start).is("∇") && token(loss).isWord("L")) {
          ends.add(loss + 1);
        }
      }
    }
  }

  private int closing;
  private String closer = "";

  /** Skips what stands before the letter of a derivative or under a root; −1 if nothing fits. */
  private int prefix(int start) {
    Token token = token(start);
    if (token.text().endsWith("frac") && token.kind() == Kind.WORD) {
      return fraction(start + 1);
    }
    if (token.is("∂") || token.isWord("dL") || token.is("∇")) {
      return derivative(start);
    }
    if (token.is("√") || token.isWord("\\sqrt") || token.isWord("sqrt")) {
      int at = skipSpace(start + 1);
      if (token(at).is("{") || token(at).is("(")) {
        closing = 1;
        closer = token(at).is("{") ? "}" : ")";
        return skipSpace(at + 1);
      }
      return at;
    }
    return start;
  }

  /** {@code \frac{∂L}{∂}} before a name and a closing brace. */
  private int fraction(int at) {
    int open = skipSpace(at);
    if (!token(open).is("{") || !token(skipSpace(open + 1)).is("∂")) {
      return -1;
    }
    int close = open + 1;
    while (!token(close).is("}") || token(close - 1).is("{")) {
      if (close - open > 12 || token(close).kind() == Kind.STOP) {
        return -1;
      }
      close++;
    }
    if (token(skipSpace(close + 1)).is("}")) {
      close = skipSpace(close + 1);
    }
    int second = skipSpace(close + 1);
    int partial = skipSpace(second + 1);
    if (!token(second).is("{") || !token(partial).is("∂")) {
      return -1;
    }
    closing = 1;
    closer = "}";
    return skipSpace(partial + 1);
  }

  private int derivative(int start) {
    int at = skipSpace(start + 1);
    if (token(start).is("∇")) {
      if (token(at).is("_") && token(at + 1).is("{")) {
        closing = 1;
        closer = "}";
        return skipSpace(at + 2);
      }
      return token(at).is("_") ? at + 1 : at;
    }
    while (!token(at).is("/")) {
      if (at - start > 8 || token(at).kind() == Kind.STOP) {
        return -1;
      }
      at++;
    }
    at = skipSpace(at + 1);
    return token(at).is("∂") ? skipSpace(at + 1) : token(start).isWord("dL") ? at : -1;
  }

  private int skipSpace(int at) {
    while (token(at).kind() == Kind.SPACE && at < tokens.size() - 1) {
      at++;
    }
    return at;
  }

  private int base(int at) {
    Token token = token(at);
    boolean letter =
        token.kind() == Kind.WORD
            || (token.kind() == Kind.SYMBOL
                && token.text().length() == 1
                && Character.isLetter(token.text().charAt(0))
                && !token.is("ᵀ"));
    if (!letter || token.isHan()) {
      return -1;
    }
    if (Names.WRAPPERS.contains(token.text()) || token.text().matches("\\\\(hat|bar|tilde)")) {
      int open = skipSpace(at + 1);
      if (!token(open).is("{")) {
        return base(open);
      }
      int close = matching(open);
      boolean upright = close == open + 3 && token(open + 1).isWord("d");
      int next = upright ? base(skipSpace(close)) : -1;
      return next > 0 ? next : close;
    }
    boolean differential = token.isWord("d") && Names.WRAPPERS.contains(token(at + 1).text());
    return differential ? Math.max(at + 1, base(at + 1)) : at + 1;
  }

  /** The token behind the brace that closes one; −1 if that is far away. */
  private int matching(int open) {
    int depth = 0;
    for (int k = open; k < Math.min(tokens.size(), open + LONGEST); k++) {
      depth += token(k).is("{") ? 1 : token(k).is("}") ? -1 : 0;
      if (depth == 0) {
        return k + 1;
      }
    }
    return -1;
  }

  /** What follows a name directly and belongs to it; −1 if nothing does. */
  private int script(int at) {
    Token token = token(at);
    if (token.is("_") || token.is("^")) {
      return level(at);
    }
    boolean adjacent = at > 0 && token(at - 1).end() == token.start();
    if (token.kind() == Kind.NUMBER && adjacent && !token.text().contains(".")) {
      return at + 1;
    }
    if (token.is("'") && adjacent) {
      return at + 1;
    }
    if (token.is("[") && adjacent) {
      return index(at, "]");
    }
    if (token.is("(") && adjacent && token(at + 1).kind() == Kind.NUMBER && token(at + 2).is(")")) {
      return at + 3;
    }
    boolean called =
        token.is("(")
            && adjacent
            && token(at + 1).kind() == Kind.WORD
            && token(at + 1).text().length() > 1
            && !token(at + 1).text().startsWith("\\")
            && token(at + 2).is(")")
            && token(at - 1).text().length() == 1;
    if (called) {
      return at + 3;
    }
    return token.is(".") && adjacent && token(at + 1).isWord("grad") ? at + 2 : -1;
  }

  private int level(int at) {
    int next = skipSpace(at + 1);
    Token token = token(next);
    boolean transposes = token.is("ᵀ") || token.isWord("T") || token.isWord("\\mathsf");
    if (token(at).is("^") && transposes) {
      return -1;
    }
    if (token.is("{")) {
      Token inner = token(skipSpace(next + 1));
      boolean raised = token(at).is("^") && (inner.is("ᵀ") || inner.isWord("T"));
      return raised ? -1 : matching(next);
    }
    if (token.is("(") && token(next + 1).kind() == Kind.NUMBER && token(next + 2).is(")")) {
      return next + 3;
    }
    if (token.kind() == Kind.WORD && Names.WRAPPERS.contains(token.text())) {
      int open = skipSpace(next + 1);
      return token(open).is("{") ? matching(open) : -1;
    }
    if (token.kind() != Kind.WORD && token.kind() != Kind.NUMBER) {
      return -1;
    }
    return token.isHan() ? run(next) : next + 1;
  }

  /** The end of a run of characters of a script without spaces, as in q_猫. */
  private int run(int at) {
    int end = at;
    while (token(end).isHan()
        && end - at < 2
        && token(end).start() == token(at).start() + end - at) {
      end++;
    }
    return end;
  }

  private int index(int at, String close) {
    for (int k = at + 1; k < Math.min(tokens.size(), at + 8); k++) {
      Token token = token(k);
      if (token.is(close)) {
        return k > at + 1 ? k + 1 : -1;
      }
      if (token.kind() != Kind.NUMBER && !token.is(",") && token.kind() != Kind.SPACE) {
        return -1;
      }
    }
    return -1;
  }
}
