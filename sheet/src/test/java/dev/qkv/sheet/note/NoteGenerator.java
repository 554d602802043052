package dev.qkv.sheet.note;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Writes notes about attention in many ways, with the truth computed in plain doubles: numbers,
 * names, order, punctuation and layout vary.
 */
final class NoteGenerator {
  /** Ways of writing. */
  enum Way {
    PLAIN,
    CHINESE,
    DOLLARS,
    LATEX,
    LISTS,
    TABLES,
    PARTS,
    AT_END,
    NUMPY,
    DOUBLED
  }

  /**
   * A note and the numbers in its answers.
   *
   * @param text the note
   * @param claims how many numbers it claims
   * @param planted how many of them are wrong
   */
  record Note(String text, int claims, int planted) {}

  private final Random random;
  private final boolean chinese;
  private int claims;
  private int planted;

  NoteGenerator(long seed) {
    this.random = new Random(seed);
    this.chinese = random.nextBoolean();
  }

  private int n;
  private int m;
  private int width;
  private double[][] q = {};
  private double[][] k = {};
  private double[][] v = {};
  private boolean causal;
  private boolean unscaled;
  private double[][] s = {};
  private double[][] a = {};
  private double[][] z = {};

  Note write(Way way) {
    StringBuilder note = new StringBuilder();
    StringBuilder end = new StringBuilder();
    int exercises = 1 + random.nextInt(3);
    for (int e = 1; e <= exercises; e++) {
      draw();
      question(way, note, e);
      StringBuilder answer = new StringBuilder();
      answer(way, answer);
      if (way == Way.AT_END) {
        end.append(e)
            .append(". ")
            .append(answer.toString().strip().replace("\n", "; "))
            .append("\n");
      } else {
        note.append(word("\n**解答**\n\n", "\n**Solution.**\n\n", way)).append(answer).append('\n');
      }
    }
    if (way == Way.AT_END) {
      note.append(chinese ? "\n## 参考答案\n\n" : "\n## Answers\n\n").append(end);
    }
    String text = note.toString();
    return new Note(
        way == Way.LATEX
            ? "\\documentclass{article}\n\\begin{document}\n" + text + "\\end{document}\n"
            : text,
        claims,
        planted);
  }

  private String word(String zh, String en, Way way) {
    String chosen = chinese ? zh : en;
    return way == Way.LATEX ? chosen.replaceAll("\\*\\*(.*?)\\*\\*", "\\\\textbf{$1}") : chosen;
  }

  private void draw() {
    n = 1 + random.nextInt(3);
    m = n == 1 ? 2 + random.nextInt(2) : n;
    width = 1 + random.nextInt(3);
    q = matrix(n, width);
    k = matrix(m, width);
    v = matrix(m, 1 + random.nextInt(2));
    causal = n > 1 && random.nextInt(3) == 0;
    unscaled = random.nextInt(3) == 0;
    compute();
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextInt(5) - 1;
      }
    }
    return matrix;
  }

  private void compute() {
    s = new double[n][m];
    a = new double[n][m];
    z = new double[n][v[0].length];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < m; j++) {
        for (int c = 0; c < width; c++) {
          s[i][j] += q[i][c] * k[j][c];
        }
        s[i][j] /= unscaled ? 1 : Math.sqrt(width);
        a[i][j] = causal && j > i ? 0 : Math.exp(s[i][j]);
        sum += a[i][j];
      }
      for (int j = 0; j < m; j++) {
        a[i][j] /= sum;
        for (int c = 0; c < z[i].length; c++) {
          z[i][c] += a[i][j] * v[j][c];
        }
      }
    }
  }

  private void question(Way way, StringBuilder note, int number) {
    String given = chinese ? "给定" : "Let";
    String mask = causal ? (chinese ? "使用因果掩码。" : "Use a causal mask. ") : "";
    String scale = unscaled ? (chinese ? "不缩放。" : "Do not scale the scores. ") : "";
    String ask = chinese ? "求打分、权重和输出。" : "Compute the scores, the weights and the output.";
    String head =
        switch (way) {
          case LATEX -> "\\section*{" + (chinese ? "题 " : "Problem ") + number + "}\n";
          case PARTS -> (chinese ? "第 " + number + " 题\n" : "Problem " + number + " (8 points)\n");
          case AT_END -> number + ". ";
          case LISTS -> "**" + (chinese ? "例 " : "Example ") + number + ".** ";
          default ->
              (random.nextBoolean() ? "### " : "## ")
                  + (chinese ? "题 " : "Exercise ")
                  + number
                  + "\n\n";
        };
    note.append(head);
    switch (way) {
      case LISTS -> {
        note.append(mask).append(scale).append(ask).append('\n');
        rows(note, "q", "Query", "查询", q);
        rows(note, "k", "Keys", "键", k);
        rows(note, "v", "Values", "值", v);
      }
      case TABLES -> table(note, mask + scale + ask);
      case NUMPY -> {
        note.append("```python\nimport numpy as np\n");
        note.append("Q = np.array(").append(nested(q)).append(")\n");
        note.append("K = np.array(").append(nested(k)).append(")\n");
        note.append("V = np.array(").append(nested(v)).append(")\n```\n");
        note.append(mask).append(scale).append(ask).append('\n');
      }
      default -> {
        note.append(given).append(' ').append(assigned(way, "Q", q)).append(comma());
        note.append(assigned(way, "K", k)).append(comma()).append(assigned(way, "V", v));
        note.append(chinese ? "。" : ". ").append(mask).append(scale).append(ask).append("\n");
        if (way == Way.PARTS) {
          note.append(
              chinese
                  ? "(1) 打分矩阵\n(2) 注意力权重\n(3) 输出\n"
                  : "(a) the scores\n(b) the attention weights\n(c) the output\n");
        }
      }
    }
  }

  private String comma() {
    return chinese ? "，" : ", ";
  }

  private void rows(
      StringBuilder note, String letter, String english, String han, double[][] matrix) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < matrix.length; i++) {
      String index = matrix.length == 1 && letter.equals("q") ? "" : String.valueOf(i + 1);
      named.add(letter + index + " = (" + list(matrix[i], NoteGenerator::whole) + ")");
    }
    note.append("- ").append(chinese ? han + "：" : english + ": ");
    note.append(String.join(comma(), named)).append('\n');
  }

  private void table(StringBuilder note, String words) {
    note.append(words).append("\n\n");
    if (n == m) {
      note.append("| token | Q | K | V |\n|---|---|---|---|\n");
      for (int i = 0; i < n; i++) {
        note.append("| ").append(i + 1).append(" | [").append(list(q[i], NoteGenerator::whole));
        note.append("] | [").append(list(k[i], NoteGenerator::whole));
        note.append("] | [").append(list(v[i], NoteGenerator::whole)).append("] |\n");
      }
      return;
    }
    note.append("Q = ").append(nested(q)).append("\n\n| key | K | V |\n|---|---|---|\n");
    for (int j = 0; j < m; j++) {
      note.append("| ").append(j + 1).append(" | [").append(list(k[j], NoteGenerator::whole));
      note.append("] | [").append(list(v[j], NoteGenerator::whole)).append("] |\n");
    }
  }

  private void answer(Way way, StringBuilder out) {
    boolean wrong = random.nextInt(3) == 0;
    int which = random.nextInt(3);
    double[][][] all = {s, a, z};
    String[] names = {"S", "A", "Z"};
    String[] parts =
        chinese ? new String[] {"(1) ", "(2) ", "(3) "} : new String[] {"(a) ", "(b) ", "(c) "};
    for (int x = 0; x < 3; x++) {
      int x0 = x;
      IntFunction<double[]> row = i -> all[x0][i].clone();
      double[][] shown = new double[all[x].length][];
      for (int i = 0; i < shown.length; i++) {
        shown[i] = row.apply(i);
        claims += shown[i].length;
      }
      if (wrong && x == which) {
        int i = random.nextInt(shown.length);
        int j = random.nextInt(shown[i].length);
        shown[i][j] += 0.4 + random.nextInt(3);
        planted++;
      }
      if (way == Way.NUMPY) {
        out.append("```\n>>> ")
            .append(names[x])
            .append("\narray(")
            .append(decimals(shown))
            .append(")\n```\n");
      } else if (way == Way.PARTS) {
        out.append(parts[x]).append(decimals(shown)).append('\n');
      } else {
        out.append(assignedDecimals(way, names[x], shown)).append("\n");
        out.append(way == Way.AT_END ? "" : "\n");
      }
    }
  }

  private String assigned(Way way, String name, double[][] matrix) {
    return formula(way, name, matrix, NoteGenerator::whole);
  }

  private String assignedDecimals(Way way, String name, double[][] matrix) {
    return formula(way, name, matrix, NoteGenerator::decimal);
  }

  private interface Written {
    String of(double number);
  }

  private String formula(Way way, String name, double[][] matrix, Written written) {
    String tex = name + "=" + tex(matrix, written);
    return switch (way) {
      case DOLLARS, CHINESE -> "$" + tex + "$";
      case LATEX -> "\\(" + tex + "\\)";
      case DOUBLED -> name + "=[" + glyphs(matrix, written) + "]" + tex;
      default -> name + (random.nextBoolean() ? " = " : "=") + nested(matrix, written);
    };
  }

  private static String tex(double[][] matrix, Written written) {
    List<String> rows = new ArrayList<>();
    for (double[] row : matrix) {
      List<String> cells = new ArrayList<>();
      for (double number : row) {
        cells.add(written.of(number));
      }
      rows.add(String.join("&", cells));
    }
    return "\\begin{bmatrix}" + String.join("\\\\", rows) + "\\end{bmatrix}";
  }

  private static String glyphs(double[][] matrix, Written written) {
    StringBuilder out = new StringBuilder();
    for (double[] row : matrix) {
      for (double number : row) {
        out.append(written.of(number));
      }
    }
    return out.toString();
  }

  private static String nested(double[][] matrix) {
    return nested(matrix, NoteGenerator::whole);
  }

  private static String decimals(double[][] matrix) {
    return nested(matrix, NoteGenerator::decimal);
  }

  private static String nested(double[][] matrix, Written written) {
    List<String> rows = new ArrayList<>();
    for (double[] row : matrix) {
      rows.add("[" + list(row, written) + "]");
    }
    return "[" + String.join(", ", rows) + "]";
  }

  private static String list(double[] row, Written written) {
    List<String> cells = new ArrayList<>();
    for (double number : row) {
      cells.add(written.of(number));
    }
    return String.join(", ", cells);
  }

  private static String whole(double number) {
    return String.valueOf(Math.round(number));
  }

  private static String decimal(double number) {
    String text = String.format(Locale.ROOT, "%.3f", number);
    return text.equals("-0.000") ? "0.000" : text;
  }
}
