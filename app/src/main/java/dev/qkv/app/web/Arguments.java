package dev.qkv.app.web;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Notes;
import java.util.List;
import java.util.Locale;

/**
 * The strings that a page sends with a call.
 *
 * @param method what is called
 * @param strings in order
 */
record Arguments(String method, List<String> strings) {
  private static final int LARGEST = 1 << 20;

  /** The rule that there are so many and no more. */
  Arguments exactly(int number) {
    if (strings.size() != number) {
      throw new SheetException(Message.of("error.call.arguments", method, number, strings.size()));
    }
    return this;
  }

  String text(int place) {
    if (place >= strings.size()) {
      throw new SheetException(
          Message.of("error.call.arguments", method, place + 1, strings.size()));
    }
    return strings.get(place);
  }

  /** A place, from 0. */
  int number(int place) {
    String text = text(place);
    if (!text.matches("\\d{1,7}") || Integer.parseInt(text) > LARGEST) {
      throw new SheetException(Message.of("error.call.number", method, text));
    }
    return Integer.parseInt(text);
  }

  /** What is left behind the usual ones. */
  List<String> from(int place) {
    text(place);
    return strings.subList(place, strings.size());
  }

  /** The language asked for, else that of a note. */
  Locale locale(String note) {
    return switch (text(0)) {
      case "zh" -> Locale.CHINESE;
      case "en" -> Locale.ENGLISH;
      default -> Notes.language(note);
    };
  }
}
