package dev.qkv.sheet.note.document.latex;

import org.jspecify.annotations.Nullable;

/**
 * A command that a document defines.
 *
 * @param arguments how many arguments it takes
 * @param standing what stands for the first argument where it is left out; null if it never is
 * @param body what it stands for
 */
record TexMacro(int arguments, @Nullable TexPiece standing, TexPiece body) {
  /** What {@code \begin} and {@code \end} of an environment stand for. */
  record Environment(TexMacro begin, TexPiece end) {}
}
