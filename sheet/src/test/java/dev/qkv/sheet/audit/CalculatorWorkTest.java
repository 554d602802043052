package dev.qkv.sheet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Checked;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Attention worked in plain doubles as different people do it with a calculator, without any code
 * of the sheet: the audit has to accept all of them.
 */
class CalculatorWorkTest {
  /** What somebody writes down, and so rounds. */
  enum Habit {
    WEIGHTS_ONLY,
    SCORES_AND_WEIGHTS,
    ROOT_TOO,
    EXPONENTIALS_TOO,
    EXPONENTIALS_AFTER_THE_MAXIMUM
  }

  @Property(tries = 250, seed = "20261122")
  void everyHabitIsAccepted(
      @ForAll Habit habit,
      @ForAll long seed,
      @ForAll boolean causal,
      @ForAll @IntRange(min = 2, max = 5) int p) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(3);
    int d = 1 + random.nextInt(4);
    double[][] q = numbers(random, n, d);
    double[][] k = numbers(random, n, d);
    double[][] v = numbers(random, n, 1 + random.nextInt(3));
    double[][] a = weights(habit, q, k, causal, p);
    double[][] z = new double[n][v[0].length];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < v[0].length; c++) {
        for (int j = 0; j < n; j++) {
          z[i][c] += a[i][j] * v[j][c];
        }
      }
    }
    String sheet =
        """
        ## 1
        ```qkv
        Q = %s
        K = %s
        V = %s
        mask = %s
        ```
        ```answer
        A = %s
        Z = %s
        ```
        """
            .formatted(
                text(q, 1),
                text(k, 1),
                text(v, 1),
                causal ? "causal" : "none",
                text(a, p),
                text(z, p));
    Checked checked = Checked.of(Notes.read(sheet).exercises().getFirst());
    assertThat(checked.hasErrors()).isFalse();
    assertThat(checked.count(Outcome.WRONG)).as(sheet).isZero();
    assertThat(checked.count(Outcome.RIGHT)).isPositive();
  }

  private static double[][] weights(
      Habit habit, double[][] q, double[][] k, boolean causal, int p) {
    int n = q.length;
    double root = Math.sqrt(q[0].length);
    double divisor = habit == Habit.ROOT_TOO ? round(root, p) : root;
    boolean exponentials =
        habit == Habit.EXPONENTIALS_TOO || habit == Habit.EXPONENTIALS_AFTER_THE_MAXIMUM;
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      int seen = causal ? i + 1 : n;
      double[] s = new double[seen];
      for (int j = 0; j < seen; j++) {
        for (int c = 0; c < q[0].length; c++) {
          s[j] += q[i][c] * k[j][c];
        }
        s[j] = habit == Habit.WEIGHTS_ONLY ? s[j] / divisor : round(s[j] / divisor, p);
      }
      double max =
          habit == Habit.EXPONENTIALS_AFTER_THE_MAXIMUM ? Arrays.stream(s).max().orElse(0) : 0;
      double sum = 0;
      for (int j = 0; j < seen; j++) {
        double e = Math.exp(s[j] - max);
        a[i][j] = exponentials ? round(e, p) : e;
        sum += a[i][j];
      }
      for (int j = 0; j < seen; j++) {
        a[i][j] = sum == 0 ? 0 : round(a[i][j] / sum, p);
      }
      if (sum == 0) {
        // Every exponential rounded to nothing: nobody could go on, so take the calculator's.
        return weights(Habit.WEIGHTS_ONLY, q, k, causal, p);
      }
    }
    return a;
  }

  private static double round(double x, int p) {
    return BigDecimal.valueOf(x).setScale(p, RoundingMode.HALF_UP).doubleValue();
  }

  private static double[][] numbers(Random random, int rows, int columns) {
    double[][] a = new double[rows][columns];
    for (double[] row : a) {
      Arrays.setAll(row, j -> (random.nextInt(61) - 30) / 10.0);
    }
    return a;
  }

  private static String text(double[][] a, int p) {
    return Arrays.stream(a)
        .map(
            row ->
                Arrays.stream(row)
                    .mapToObj(x -> String.format(Locale.ROOT, "%." + p + "f", round(x, p)))
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("; ", "[", "]"));
  }
}
