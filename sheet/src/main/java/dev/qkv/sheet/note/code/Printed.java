package dev.qkv.sheet.note.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What code prints, in order, to be found again in its output. */
public final class Printed {
  /**
   * A value that is printed.
   *
   * @param label the words that are printed right before it
   * @param meant what it is, if that is known
   */
  public record Slot(String label, Optional<Meaning.Meant> meant) {}

  /** More values than these no person prints and checks. */
  private static final int MOST = 1_000;

  private final List<Slot> slots = new ArrayList<>();

  /** What was printed since the last value. */
  private final StringBuilder label = new StringBuilder();

  private int next;

  /** Forgets what was printed before. */
  public void clear() {
    slots.clear();
    label.setLength(0);
    next = 0;
  }

  /** Starts again with the first of what was printed. */
  public void rewind() {
    next = 0;
  }

  /** Whether something is printed that has not been found yet. */
  public boolean isWaiting() {
    return next < slots.size();
  }

  /** Adds what an expression prints. */
  public void add(Python python, Meaning meaning) {
    boolean prints =
        python instanceof Python.Call call
            && call.function().functionName().matches("p?print|display");
    List<Python> values = prints ? ((Python.Call) python).arguments() : List.of(python);
    label.append(prints ? "\n" : "");
    for (Python value : values) {
      if (value instanceof Python.Text text) {
        for (int k = 0; k < text.words().size(); k++) {
          label.append(text.words().get(k));
          if (k < text.fields().size()) {
            slot(text.fields().get(k), meaning);
          }
        }
      } else if (value instanceof Python.Sequence sequence && !sequence.elements().isEmpty()) {
        sequence.elements().forEach(e -> slot(e, meaning));
      } else {
        slot(value, meaning);
      }
    }
  }

  private void slot(Python value, Meaning meaning) {
    if (slots.size() == MOST) {
      return;
    }
    slots.add(new Slot(plain(label.toString()), meaning.of(value)));
    label.setLength(0);
  }

  /** The printed value that comes next; nothing if all have been found. */
  public Optional<Slot> next() {
    return isWaiting() ? Optional.of(slots.get(next++)) : Optional.empty();
  }

  /** Whether some words are printed right before a value. */
  public boolean isLabel(String words) {
    String plain = plain(words);
    return slots.stream().anyMatch(s -> s.label().equals(plain));
  }

  /** Whether a line starts with words that are printed before a value, and goes on with them. */
  public boolean isInLabel(String before, String line) {
    String begun = plain(before);
    String all = plain(line);
    return slots.stream()
        .map(Slot::label)
        .anyMatch(l -> l.length() > begun.length() && l.startsWith(begun) && all.startsWith(l));
  }

  /** The printed value behind some words; without words, or where none has them, the next. */
  public Optional<Slot> behind(String words) {
    String label = plain(words);
    if (!label.isEmpty()) {
      for (int k = 0; k < slots.size(); k++) {
        int at = (next + k) % slots.size();
        if (slots.get(at).label().equals(label)) {
          next = at + 1;
          return Optional.of(slots.get(at));
        }
      }
    }
    boolean other = isWaiting() && !label.isEmpty() && !slots.get(next).label().isEmpty();
    return other ? Optional.empty() : next();
  }

  /** The last line of words, without signs and blanks. */
  private static String plain(String words) {
    String last = words.stripTrailing().replaceAll("(?s).*\\n", "");
    return last.replaceAll("[\\s=:：,，]+", "").toLowerCase(Locale.ROOT);
  }
}
