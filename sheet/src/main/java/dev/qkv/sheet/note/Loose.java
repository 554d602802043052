package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.List;

/**
 * Numbers of which the words around them do not say clearly what they are.
 *
 * @param numbers row by row
 * @param hints what was spoken of nearby, the nearest first
 * @param nearRow the row that the words around speak of; empty if none
 * @param answer whether they stand in an answer
 * @param line where
 * @param text how they were written
 * @param stage how often the setting had changed before
 * @param otherwise what they say if they are nothing that follows from the givens
 */
record Loose(
    List<List<Numeral>> numbers,
    List<Quantity> hints,
    String nearRow,
    boolean answer,
    int line,
    String text,
    int stage,
    List<Claim> otherwise) {
  Loose at(int otherStage) {
    return new Loose(numbers, hints, nearRow, answer, line, text, otherStage, otherwise);
  }
}
