package dev.qkv.sheet.note;

import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.Grid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sides, each related to the next.
 *
 * @param sides from left to right
 * @param relation the first relation; null without one
 * @param next the element behind
 */
record Chain(List<Side> sides, @Nullable Kind relation, int next) {
  /**
   * One side of a relation.
   *
   * @param from its first element
   * @param to the element behind its last
   * @param grid its numbers; null if it has none
   * @param subject what it names; null if it names nothing that is known
   * @param pure whether it is a name and nothing else
   * @param arrow whether an arrow leads to it
   * @param made whether a word like gives leads to it
   */
  record Side(
      int from,
      int to,
      @Nullable Grid grid,
      @Nullable Subject subject,
      boolean pure,
      boolean arrow,
      boolean made) {
    boolean isNumbers() {
      return grid != null;
    }

    /** The numbers of a side that has some. */
    Grid numbers() {
      if (grid == null) {
        throw new IllegalStateException();
      }
      return grid;
    }
  }

  /** The last side with numbers; −1 if none has any. */
  int lastNumbers() {
    for (int k = sides.size() - 1; k >= 0; k--) {
      if (sides.get(k).isNumbers()) {
        return k;
      }
    }
    return -1;
  }

  /** It in pieces: a name behind numbers starts another, an arrow goes on from a result. */
  List<Chain> pieces() {
    List<Chain> pieces = new ArrayList<>();
    List<Side> piece = new ArrayList<>();
    boolean named = false;
    for (Side side : sides) {
      Side before = piece.isEmpty() ? null : piece.getLast();
      Grid grid = before == null ? null : before.grid();
      named |= before != null && before.subject() != null;
      boolean starts = grid != null && side.pure();
      boolean goesOn = grid != null && !grid.written() && side.arrow() && named && side.isNumbers();
      boolean divides =
          (side.arrow() || side.made()) && piece.size() > 1 && !named && side.isNumbers();
      if (starts || goesOn || divides) {
        pieces.add(new Chain(piece, relation, side.from() - 1));
        piece = new ArrayList<>();
        named = false;
      }
      piece.add(side);
    }
    pieces.add(new Chain(piece, relation, next));
    return pieces;
  }
}
