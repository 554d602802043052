package dev.qkv.app.terminal;

import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import java.util.ArrayList;
import java.util.List;

/** A matrix in aligned columns between tall brackets. */
final class MatrixText {
  private MatrixText() {}

  static List<String> lines(Matrix matrix, Notation notation) {
    if (matrix.rows() == 1 && matrix.columns() == 1) {
      return List.of(notation.number(matrix.scalar()));
    }
    List<Integer> widths = new ArrayList<>();
    for (int j = 0; j < matrix.columns(); j++) {
      widths.add(
          matrix.column(j).stream().mapToInt(v -> Width.of(notation.number(v))).max().orElse(0));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < matrix.rows(); i++) {
      StringBuilder line = new StringBuilder().append(bracket("[⎡⎢⎣", i, matrix.rows()));
      for (int j = 0; j < matrix.columns(); j++) {
        line.append(j == 0 ? "" : "  ");
        line.append(Width.padLeft(notation.number(matrix.at(i, j)), widths.get(j)));
      }
      lines.add(line.append(bracket("]⎤⎥⎦", i, matrix.rows())).toString());
    }
    return lines;
  }

  private static char bracket(String parts, int row, int rows) {
    if (rows == 1) {
      return parts.charAt(0);
    }
    return parts.charAt(row == 0 ? 1 : row == rows - 1 ? 3 : 2);
  }
}
