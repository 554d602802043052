package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Block;

/**
 * A block, or a part of one, in its exercise.
 *
 * @param block the block
 * @param from where its words start
 * @param to where they end
 * @param answer whether it stands in an answer
 * @param label the part of the exercise that it begins; empty if none
 */
record Piece(Block block, int from, int to, boolean answer, String label) {
  /** Whether a line goes on with the sentence of the line above it. */
  boolean goesOnFrom(Piece above, String text) {
    boolean lines = above.block.kind() == Block.Kind.LINE && block.kind() == Block.Kind.LINE;
    if (!lines || !label.isEmpty() || above.answer != answer) {
      return false;
    }
    String between = text.substring(Math.min(above.to, from), from);
    return between.chars().filter(c -> c == '\n').count() == 1 && between.isBlank();
  }
}
