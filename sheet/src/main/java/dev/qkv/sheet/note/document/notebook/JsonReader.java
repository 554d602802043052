package dev.qkv.sheet.note.document.notebook;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON token by token, each with its place in the text. Written out because the places are
 * all that a notebook is read for, and because this also runs in a browser.
 */
final class JsonReader {
  /** What stands at a place. */
  enum Token {
    OBJECT,
    OBJECT_END,
    ARRAY,
    ARRAY_END,
    NAME,
    STRING,
    INTEGER,
    /** Another number, true, false or null. */
    OTHER,
    /** Nothing more. */
    END
  }

  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9]\\d*+)(\\.\\d++)?+([eE][-+]?+\\d++)?+");

  private static final Pattern ESCAPE = Pattern.compile("[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}");

  private final String text;
  private final Matcher number;
  private final Matcher escape;

  /** The brackets that are open. */
  private final StringBuilder open = new StringBuilder();

  private Token token = Token.END;
  private int place;
  private int at;
  private boolean began;

  /** Whether the next token is the value of a name. */
  private boolean named;

  /** Whether a value stands before, in the same brackets. */
  private boolean behind;

  JsonReader(String text) {
    this.text = text;
    this.number = NUMBER.matcher(text);
    this.escape = ESCAPE.matcher(text);
  }

  /** What stands at the current place. */
  Token token() {
    return token;
  }

  /** Where the current token starts; of a string this is its opening quote. */
  int place() {
    return place;
  }

  /** The current token as it is written; of a name also the colon. */
  String written() {
    return text.substring(place, at);
  }

  /**
   * Goes on to the next token.
   *
   * @return what it is
   * @throws SheetException with line and column, where no token can stand
   */
  Token next() {
    space();
    token = token(at);
    return token;
  }

  private Token token(int start) {
    place = start;
    if (named) {
      named = false;
      return value();
    }
    if (open.isEmpty()) {
      boolean first = !began;
      began = true;
      return first ? value() : Token.END;
    }
    boolean object = open.charAt(open.length() - 1) == '{';
    if (is(object ? '}' : ']')) {
      at++;
      open.setLength(open.length() - 1);
      behind = true;
      return object ? Token.OBJECT_END : Token.ARRAY_END;
    }
    if (behind) {
      expect(',');
      space();
      place = at;
    }
    return object ? name() : value();
  }

  private Token name() {
    string();
    space();
    expect(':');
    named = true;
    return Token.NAME;
  }

  private Token value() {
    behind = true;
    if (is('{') || is('[')) {
      char bracket = text.charAt(at);
      at++;
      open.append(bracket);
      behind = false;
      return bracket == '{' ? Token.OBJECT : Token.ARRAY;
    }
    if (is('"')) {
      string();
      return Token.STRING;
    }
    for (String word : new String[] {"true", "false", "null"}) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return Token.OTHER;
      }
    }
    if (!number.region(at, text.length()).lookingAt()) {
      throw error(at);
    }
    at = number.end();
    return number.group(1) == null && number.group(2) == null ? Token.INTEGER : Token.OTHER;
  }

  private void string() {
    expect('"');
    while (!is('"')) {
      if (at >= text.length() || text.charAt(at) < ' ') {
        throw error(at);
      }
      if (text.charAt(at) != '\\') {
        at++;
      } else if (escape.region(at + 1, text.length()).lookingAt()) {
        at = escape.end();
      } else {
        throw error(at + 1);
      }
    }
    at++;
  }

  /** Passes over what the current token opens. */
  void skip() {
    if (token == Token.OBJECT || token == Token.ARRAY) {
      int depth = open.length();
      while (open.length() >= depth) {
        next();
      }
    }
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private void expect(char c) {
    if (!is(c)) {
      throw error(at);
    }
    at++;
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private SheetException error(int where) {
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < where; i = text.indexOf('\n', start)) {
      line++;
      start = i + 1;
    }
    return new SheetException(Message.of("error.document.json", line, where - start + 1));
  }
}
