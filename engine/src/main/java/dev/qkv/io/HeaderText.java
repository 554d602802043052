package dev.qkv.io;

/** A file's header as text that is read from its beginning, sign by sign. */
abstract class HeaderText {
  final String where;
  final String text;

  /** The next sign. */
  int at;

  HeaderText(String where, String text) {
    this.where = where;
    this.text = text;
  }

  /** What is wrong at this place. */
  abstract InvalidFile bad();

  final void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Goes on behind a sign, and white space before it, if it is there. */
  final boolean accept(char wanted) {
    space();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  final void expect(char wanted) throws InvalidFile {
    if (!accept(wanted)) {
      throw bad();
    }
  }
}
