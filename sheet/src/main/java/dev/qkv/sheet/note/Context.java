package dev.qkv.sheet.note;

import dev.qkv.sheet.term.Quantity;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the lines read so far speak of. */
final class Context {
  /** The quantity that was mentioned last; null before the first. */
  @Nullable Quantity quantity;

  /** The last one that is no single number; null before the first. */
  @Nullable Quantity matrix;

  /** Whether it was mentioned in words that can mean nothing else. */
  boolean sure = true;

  /** The row, token or query that was mentioned last; empty before the first. */
  String row = "";

  /** Whether the row was said by its token. */
  boolean token;

  /** The head that was mentioned last; 0 before the first. */
  int head;

  /** The label of the part of a question or answer that the line belongs to. */
  String part = "";

  /** Whether something was mentioned since that part began. */
  boolean spoken;

  /** What the heading above is about; null if it does not say. */
  @Nullable Quantity topic;

  /** How often the setting has changed: another mask, other numbers. */
  int stage;

  /** Whether the line belongs to an answer. */
  boolean answer;

  /** What was spoken of last, and what the heading is about. */
  List<Quantity> hints() {
    return Stream.of(quantity, topic).filter(Objects::nonNull).distinct().toList();
  }

  void mention(Quantity mentioned, boolean certain) {
    quantity = mentioned;
    matrix = mentioned.isScalar() ? matrix : mentioned;
    sure = certain;
    spoken = true;
  }
}
