package dev.qkv.sheet.note.document;

import java.util.List;

/**
 * A piece of a document: a heading, a logical line, a table or a piece of code.
 *
 * @param kind what it is
 * @param level of a heading, from 1; how far a line is indented
 * @param label the number or letter in front of a line, as 1, a or i; empty without one
 * @param style how the label is written, as in 1. and (a); empty without one
 * @param from where its words start in the text
 * @param to where they end
 * @param line its first line, from 1
 * @param rows the cells of a table, each its start and its end; its header first
 */
public record Block(
    Kind kind,
    int level,
    String label,
    String style,
    int from,
    int to,
    int line,
    List<List<Span>> rows) {
  /** What a block is. */
  public enum Kind {
    HEADING,
    LINE,
    TABLE,
    /** Source code. */
    CODE,
    /** What code printed. */
    OUTPUT,
    /** A line that only divides. */
    RULE
  }

  /**
   * A piece of the text.
   *
   * @param from where it starts
   * @param to where it ends
   */
  public record Span(int from, int to) {}

  public String words(String text) {
    return text.substring(from, to);
  }

  public boolean hasLabel() {
    return !label.isEmpty();
  }
}
