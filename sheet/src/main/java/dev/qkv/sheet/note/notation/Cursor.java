package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.List;

/** A position in the tokens of a piece of text. */
public final class Cursor {
  private final String text;
  private final List<Token> tokens;
  private int position;

  /** The beginning of {@code text[from, to)}. */
  public Cursor(String text, int from, int to) {
    this(text, Tokens.of(text, from, to), 0);
  }

  /**
   * A position in tokens that end with a STOP.
   *
   * @param text what they were cut from
   * @param tokens the tokens
   * @param position the first one to read
   */
  Cursor(String text, List<Token> tokens, int position) {
    this.text = text;
    this.tokens = tokens;
    this.position = position;
  }

  public Token peek() {
    return tokens.get(position);
  }

  /** A token further on; the last one, STOP, beyond the end. */
  public Token peek(int ahead) {
    return tokens.get(Math.min(position + ahead, tokens.size() - 1));
  }

  /** The last token that is not space before the current one; STOP at the beginning. */
  public Token before() {
    for (int i = position - 1; i >= 0; i--) {
      if (!tokens.get(i).isBlank()) {
        return tokens.get(i);
      }
    }
    return tokens.getLast();
  }

  /** Takes a token; at the end STOP, again and again. */
  public Token take() {
    Token token = tokens.get(position);
    position = Math.min(position + 1, tokens.size() - 1);
    return token;
  }

  public int mark() {
    return position;
  }

  public void back(int mark) {
    position = mark;
  }

  public void replace(Token token) {
    tokens.set(position, token);
  }

  /** Puts a token before the current one. */
  public void insert(Token token) {
    tokens.add(position, token);
  }

  /** Skips space and line ends. */
  public boolean skipSpace() {
    boolean any = false;
    while (peek().isBlank()) {
      position++;
      any = true;
    }
    return any;
  }

  /** Takes a symbol, with the space around it, if it comes next. */
  public boolean taken(String symbol) {
    int mark = position;
    skipSpace();
    if (!peek().is(symbol)) {
      position = mark;
      return false;
    }
    position++;
    skipSpace();
    return true;
  }

  public boolean atEnd() {
    return peek().kind() == Kind.STOP;
  }

  public String between(int start, int end) {
    return text.substring(start, end);
  }

  public void require(String symbol) throws Unreadable {
    skipSpace();
    if (!peek().is(symbol)) {
      throw new Unreadable(Message.of("expected.symbol", symbol, spelled()), peek().start());
    }
    take();
  }

  public Unreadable unexpected(String rule) {
    return new Unreadable(Message.of(rule, spelled()), peek().start());
  }

  private Object spelled() {
    return atEnd()
        ? Message.of("expected.got.end")
        : "“" + text.substring(peek().start(), peek().end()) + "”";
  }
}
