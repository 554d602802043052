package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a quantity has some numbers, or equals another one: given or claimed, which is settled when
 * the whole exercise has been read.
 *
 * @param subject what has them
 * @param numbers row by row; none where it equals another quantity
 * @param same the quantity that it equals
 * @param answer whether it stands in an answer
 * @param sure whether the words can mean nothing else
 * @param nearRow the row that the words around speak of; empty if none
 * @param line where
 * @param text how it was written
 * @param working the arithmetic that a single number was worked out from; null without any
 * @param origin how it is known what it is about
 * @param stage how often the setting had changed before
 * @param work the arithmetic that is written out for it
 * @param hints what else was spoken of nearby, the nearest first
 */
record Assertion(
    Subject subject,
    List<List<Numeral>> numbers,
    @Nullable Quantity same,
    boolean answer,
    boolean sure,
    String nearRow,
    int line,
    String text,
    @Nullable Numeral working,
    Origin origin,
    int stage,
    Working work,
    List<Quantity> hints) {
  /** How it is known what an assertion is about. */
  enum Origin {
    /** By its symbol. */
    NAME,
    /** By a word right before its numbers. */
    WORD,
    /** By the part of the question, or the heading, that it stands under. */
    PART,
    /** By what was spoken of before. */
    CONTEXT
  }

  Quantity quantity() {
    return subject.quantity();
  }

  boolean isNumber() {
    return numbers.size() == 1 && numbers.getFirst().size() == 1;
  }

  boolean isVector() {
    return !isNumber()
        && !numbers.isEmpty()
        && (numbers.size() == 1 || numbers.getFirst().size() == 1);
  }

  /** How many numbers a vector has. */
  int length() {
    return numbers.size() * (numbers.isEmpty() ? 0 : numbers.getFirst().size());
  }

  Optional<Quantity> twin() {
    return Optional.ofNullable(same);
  }

  /** Its numbers, row by row. */
  List<Numeral> cells() {
    return numbers.stream().flatMap(List::stream).toList();
  }

  Assertion with(Subject other) {
    return new Assertion(
        other, numbers, same, answer, sure, nearRow, line, text, working, origin, stage, work,
        hints);
  }

  Assertion with(List<List<Numeral>> other) {
    return new Assertion(
        subject, other, same, answer, sure, nearRow, line, text, working, origin, stage, work,
        hints);
  }

  Assertion at(int otherStage) {
    return new Assertion(
        subject,
        numbers,
        same,
        answer,
        sure,
        nearRow,
        line,
        text,
        working,
        origin,
        otherStage,
        work,
        hints);
  }
}
