package dev.qkv.sheet.note;

import dev.qkv.sheet.note.Assertion.Origin;
import dev.qkv.sheet.note.AssertionWriter.Source;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.value.Numeral;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A chain that ends with numbers.
 *
 * @param sides from left to right; the last has the numbers
 * @param relation the first relation; null without one
 * @param before the words of the clause before it
 * @param between the signs and words right before its last numbers, behind what is before them
 * @param start where it starts in the text
 * @param end where it ends, with what is written behind its numbers
 * @param first whether nothing was read before it in a labelled answer
 */
record Equation(
    List<Side> sides,
    @Nullable Kind relation,
    String before,
    String between,
    int start,
    int end,
    boolean first) {
  Side last() {
    return sides.getLast();
  }

  boolean isRelated() {
    return relation != null;
  }

  boolean hasArrow() {
    return relation == Kind.ARROW;
  }

  /** The row that words between a name or sign and the numbers speak of. */
  OptionalInt rowBetween() {
    return Concepts.row(between);
  }

  /** The sides that name something. */
  List<Side> named() {
    return sides.stream().filter(s -> s.subject() != null).toList();
  }

  Equation with(String words) {
    return new Equation(sides, relation, words, between, start, end, first);
  }

  /** Where its numbers come from, by how it is known what they are. */
  Source source(Origin origin) {
    return new Source(origin, start, end, working());
  }

  /** The arithmetic that it starts with; null if it starts with none. */
  @Nullable Numeral working() {
    for (int k = 0; k < sides.size(); k++) {
      Grid grid = sides.get(k).grid();
      if (grid != null) {
        boolean goesOn = k < sides.size() - 1;
        return goesOn && grid.isNumber() && grid.written() ? grid.number() : null;
      }
    }
    return null;
  }
}
