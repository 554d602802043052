package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.report.Detail;
import dev.qkv.sheet.report.Manuscript;
import dev.qkv.sheet.report.SolutionManuscript;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Solved;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class SheetSnippetsTest {
  @Test
  void check() {
    // @start region="check"
    String note =
        """
        ## Problem 1
        Q = [[1, 2]], K = [[3, 4]], d_k = 2. Compute the scaled scores S.

        Answer: S = [[5.50]]
        """;
    Exercise exercise = Notes.read(note).exercises().getFirst();
    Verdict.Cell cell = Checked.of(exercise).verdicts().getFirst().cells().getFirst();
    Verdict.Outcome outcome = cell.outcome(); // WRONG: 11/√2 is 7.78
    String mistake = cell.mistakes().getFirst().code(); // SCALE.DK: over d_k, not its root
    // @end
    assertThat(outcome).isEqualTo(Verdict.Outcome.WRONG);
    assertThat(mistake).isEqualTo("SCALE.DK");
  }

  @Test
  void solve() {
    Exercise exercise =
        Notes.read("## Problem 1\nQ = [[1, 2]], K = [[3, 4]], d_k = 2. Compute S.\n")
            .exercises()
            .getFirst();
    // @start region="solve"
    Solved solved = Solved.of(exercise);
    String markdown =
        new SolutionManuscript(Manuscript.MARKDOWN, Locale.ENGLISH, new Detail(4, false, false))
            .write(List.of(solved));
    // @end
    assertThat(markdown).contains("7.7782");
  }

  @Test
  void evaluate() {
    // @start region="evaluate"
    Matrix q = Matrix.ofRows(List.of(List.of(Value.of(1), Value.of(2))));
    Matrix k = Matrix.ofRows(List.of(List.of(Value.of(3), Value.of(4))));
    Map<Quantity, Matrix> givens = Map.of(Quantities.Q, q, Quantities.K, k);
    Problem problem = new Problem(givens, Choices.USUAL, List.of(Quantities.S));
    Matrix s = Derivation.of(problem).value(Quantities.S).orElseThrow(); // exactly 11/√2
    // @end
    assertThat(s.scalar().toDouble()).isEqualTo(11 / Math.sqrt(2));
    assertThat(FormulaSheet.of(problem).reaches(Quantities.A)).isTrue();
  }
}
