package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.List;

/** A position in the tokens of a piece of text. */
public final class Cursor {
  private final String text;
  private final List<Token> tokens;
  private int position;

  public Cursor(String text, int from, int to) {
    this.text = text;
    this.tokens = Tokens.of(text, from, to);
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
      if (tokens.get(i).kind() != Kind.SPACE) {
        return tokens.get(i);
      }
    }
    return tokens.getLast();
  }

  public Token take() {
    return tokens.get(position++);
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

  public boolean skipSpace() {
    boolean any = false;
    while (peek().kind() == Kind.SPACE) {
      position++;
      any = true;
    }
    return any;
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
    position++;
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
