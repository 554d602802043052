package dev.qkv.app.terminal;

import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.List;

/** A matrix in aligned columns between tall brackets. */
final class MatrixText {
  private MatrixText() {}

  static List<String> lines(Matrix matrix, Pen pen) {
    if (matrix.rows() == 1 && matrix.columns() == 1) {
      return List.of(pen.number(matrix.scalar()));
    }
    int[] widths = new int[matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < widths.length; j++) {
        widths[j] = Math.max(widths[j], Width.of(pen.number(matrix.at(i, j))));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < matrix.rows(); i++) {
      StringBuilder line = new StringBuilder().append(bracket("[⎡⎢⎣", i, matrix.rows()));
      for (int j = 0; j < matrix.columns(); j++) {
        line.append(j == 0 ? "" : "  ");
        line.append(Width.padLeft(pen.number(matrix.at(i, j)), widths[j]));
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
