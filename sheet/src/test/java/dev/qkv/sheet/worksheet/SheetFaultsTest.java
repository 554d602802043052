package dev.qkv.sheet.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.Verification;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What used to go wrong, and what bad input leads to: one message each, and the rest goes on. */
class SheetFaultsTest {
  private static Exercise exercise(String block, String answer) {
    String text = "## 1. T\n```qkv\n" + block + "\n```\n";
    return Notes.read(answer.isEmpty() ? text : text + "```answer\n" + answer + "\n```\n")
        .exercises()
        .getFirst();
  }

  private static Solved solve(String block) {
    return Solved.of(exercise(block, ""));
  }

  private static List<String> errors(Solved solved) {
    return solved.issues().stream()
        .filter(i -> i.kind() == Issue.Kind.ERROR)
        .map(i -> i.message().in(Locale.ENGLISH))
        .toList();
  }

  private static double number(Solved solved, Quantity quantity) {
    return solved.derivation().value(quantity).orElseThrow().scalar().toDouble();
  }

  @Test
  void theWidthOfAHeadIsThatOfItsKeys() {
    Solved solved =
        solve(
            """
            X = [1 0 2 1; 0 1 1 1]
            W_Q = [1 0 0 1 0 1; 0 1 0 0 1 0; 1 1 0 0 0 1; 0 0 1 1 1 0]
            W_K = [0 1 0 1 0 0; 1 0 1 0 1 1; 0 0 1 1 0 0; 1 1 0 0 0 1]
            W_V = [1 0; 0 1; 1 1; 0 0]
            h = 2
            find d_k, Z_concat
            """);
    assertThat(errors(solved)).isEmpty();
    assertThat(number(solved, Quantities.D_K)).isEqualTo(3);
  }

  @Test
  void headsMayHaveProjectionsOfTheirOwn() {
    Solved solved =
        solve(
            """
            X = [1 0; 0 1]
            W_Q1 = [1 0 1; 0 1 0]
            W_K1 = [1 0 0; 0 1 0]
            W_V1 = [2; 4]
            W_Q2 = [0 1 0; 1 0 0]
            W_K2 = [1 0 0; 0 1 0]
            W_V2 = [1; 3]
            find d_k, Z_concat
            """);
    assertThat(errors(solved)).isEmpty();
    assertThat(number(solved, Quantities.D_K)).isEqualTo(3);
    assertThat(solved.derivation().value(Quantities.CONCAT).orElseThrow().shape()).isEqualTo("2×2");
  }

  @Test
  void whatNobodyAskedForMayNotFit() {
    String layer = "X = [1 0 2; 0 1 1]\nW_Q = [1; 0; 1]\nW_K = [0; 1; 1]\nW_V = [1 0; 0 1; 1 1]";
    Solved solved = solve(layer);
    assertThat(errors(solved)).isEmpty();
    assertThat(solved.derivation().value(Quantities.Z)).isPresent();
    assertThat(errors(solve(layer + "\nfind Y")))
        .containsExactly("Y: Z has shape 2×2, expected 2×3 because X has that shape");
  }

  @Test
  void whatDoesNotFitAtAllIsSaidWithoutFind() {
    assertThat(errors(solve("Q = [1 2 3]\nK = [1 2; 3 4]\nV = [1; 2]")))
        .containsExactly("dot: K has shape 2×2, expected 3 columns because Q has 3 columns (1×3)");
  }

  @Test
  void aFailureHidesNoUnreachableGoal() {
    assertThat(errors(solve("Q = [1 2 3]\nK = [1 2; 3 4]\nV = [1; 2]\nfind Z, dQ, W_O, LN")))
        .containsExactly(
            "dot: K has shape 2×2, expected 3 columns because Q has 3 columns (1×3)",
            "dQ does not follow from what is given",
            "W_O does not follow from what is given",
            "LN does not follow from what is given; missing: X");
  }

  @Test
  void theNearestMistakeHasANumberEverywhere() {
    Checked checked =
        Checked.of(
            exercise(
                "Q = [1; 2]\nK = [1; 1]\nV = [1; 2]\nmask = causal\nfind A",
                "A = [0.47 0.53; 0.5 0.5]"));
    Verdict verdict = checked.verdicts().getFirst();
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.WRONG);
    assertThat(verdict.nearest().orElseThrow().distance()).isFinite().isPositive();
  }

  @Test
  void aRoundedGivenIsNoContradiction() {
    Solved solved =
        solve(
            """
            Q = [1 0; 0 1]
            K = [1 0; 0 1]
            V = [1 2; 3 4]
            A = [0.67 0.33; 0.33 0.67]
            find S, Z
            """);
    List<Verification> all = Verification.of(solved.derivation());
    assertThat(all).extracting(Verification::quantity).containsExactly(Quantities.S);
    assertThat(all).allMatch(Verification::agrees);
  }

  @Test
  void aWrongMaskAndAWrongSoftmaxCombine() {
    Problem problem = exercise("Q = [1; 2]\nK = [1; 3]\nV = [1; 2]\nmask = causal", "").problem();
    List<Equation> both = new ArrayList<>();
    for (Mistake mistake : MistakeCatalogue.of(problem)) {
      if (mistake.code().equals("MASK.ZERO") || mistake.code().equals("SOFTMAX.BASE2")) {
        both.addAll(mistake.alternatives());
      }
    }
    Sheet sheet = FormulaSheet.of(problem).with(both);
    Matrix a = Derivation.of(sheet, List.of(Quantities.A)).value(Quantities.A).orElseThrow();
    assertThat(Math.abs(a.at(0, 0).toDouble() - 2.0 / 3) < 1e-12).isTrue();
    assertThat(Math.abs(a.at(1, 1).toDouble() - 64.0 / 68) < 1e-12).isTrue();
  }

  @Test
  void aCircleIsNoWay() {
    Problem problem = new Problem(Map.of(), Choices.USUAL, List.of());
    Sheet circle =
        Sheet.of(
            problem,
            List.of(
                new Equation(Quantities.A, Quantities.Z.by(Term.of(2))),
                new Equation(Quantities.Z, Quantities.A.by(Term.of(3)))));
    Derivation derivation = Derivation.of(circle, List.of(Quantities.A, Quantities.Z));
    assertThat(derivation.steps()).isEmpty();
    assertThat(derivation.unreachable()).hasSize(2);
    assertThat(derivation.unreachable().getFirst().in(Locale.ENGLISH))
        .isEqualTo("A does not follow from what is given");
  }

  @Test
  void singularRowsZeroDivisorsAndOverflowAreOneMessageEach() {
    assertThat(errors(solve("Y = [1 2; 3 3]\neps = 0\nfind mean, var, LN")))
        .containsExactly(
            "std: row 2 leaves nothing to divide by: its variance or mean square plus ε is not"
                + " positive, expected a positive ε");
    assertThat(errors(solve("S = [1 2; -inf -inf]\nV = [1; 2]\nfind A, Z")))
        .containsExactly(
            "row_max: row 2 of S is −∞ throughout, expected at least one key that may be attended");
    assertThat(errors(solve("S = [1 2]\ntau = 0\nfind A")))
        .containsExactly("S_tau: cannot be computed: division by zero");
    assertThat(errors(solve("S = [1 2]\nsink = 2000000\nfind A"))).isEmpty();
    assertThat(errors(solve("d_model = 512\nh = 3\nfind d_k")))
        .containsExactly("d_k: d_model has width 512, expected a multiple of h = 3");
    assertThat(errors(solve("Q = [1 2 3]\nK = [1 2 3]\nV = [1]\npositions = rotary\nfind Z")))
        .contains(
            "Q_rot: Q has 3 columns, expected an even number because they are turned in pairs");
    assertThat(errors(solve("Q = [1 2]\nK = [1 2; 3 4]\nd_k = [1 4]\nfind S")))
        .containsExactly("S: sqrt_dk has 2 cases, expected a single number beside dot (1×2)");
    assertThat(errors(solve("activation = swish")))
        .containsExactly("activation: expected one of relu, gelu, gelu-tanh, got swish");
  }

  @Test
  void gradientsGoThroughTheFormulaWhoseInputsAreThere() {
    String layer =
        """
        X = [1 0; 0 1]
        W_Q = [1 0; 0 1]
        W_K = [0 1; 1 1]
        W_V = [2 1; 0 1]
        Q = [1 0; 0 1]
        K = [0 1; 1 1]
        V = [2 1; 0 1]
        dQ = [1 0; 0 1]
        dK = [0 1; 1 0]
        dV = [1 0; 0 1]
        """;
    String without = layer.replaceAll("(?m)^[QKV] = .*\n", "");
    assertThat(solve(layer + "find dX").derivation().value(Quantities.D_X))
        .isPresent()
        .isEqualTo(solve(without + "find dX").derivation().value(Quantities.D_X));
    Solved inner =
        solve("X = [1 0; 0 2]\nW_1 = [1 2; 0 1]\nU = [1 2; 0 2]\ndU = [1 0; 0 1]\nfind dX, dW_1");
    assertThat(inner.derivation().value(Quantities.D_X).orElseThrow().at(0, 0))
        .isEqualTo(Value.of(1));
    assertThat(inner.derivation().value(Quantities.W_1.gradient()).orElseThrow().at(1, 1))
        .isEqualTo(Value.of(2));
  }

  @Test
  void headsThatDifferInWidthAreCutWhereTheyJoin() {
    String heads =
        """
        X = [1 0; 0 1]
        W_Q1 = [1; 0]
        W_K1 = [0; 1]
        W_V1 = [1; 2]
        W_Q2 = [1; 1]
        W_K2 = [1; 0]
        W_V2 = [1 0 2; 0 1 0]
        dZ_concat = [1 2 3 4; 5 6 7 8]
        find dZ1, dZ2
        """;
    Solved solved = solve(heads);
    assertThat(solved.derivation().value(Quantities.D_Z.head(1)).orElseThrow().shape())
        .isEqualTo("2×1");
    assertThat(solved.derivation().value(Quantities.D_Z.head(2)).orElseThrow().at(1, 0))
        .isEqualTo(Value.of(6));
    String uneven = heads.replace("W_Q2 = [1; 1]", "W_Q2 = [1 0; 1 1]");
    assertThat(
            errors(
                solve(
                    uneven
                        .replace("W_K2 = [1; 0]", "W_K2 = [1 0; 0 1]")
                        .replace("find dZ1, dZ2", "find d_k"))))
        .containsExactly("d_k: K2 has 2 numbers, expected 1 because K1 has 1 columns");
  }

  @Test
  void aPartOfAJointGradientIsNotTheWhole() {
    assertThat(
            errors(
                solve(
                    "Q = [1 0; 0 1]\nK = [1 0; 0 1]\nV = [1 0; 0 1]\nh = 2\ndZ1 = [1; 2]\nfind dQ")))
        .containsExactly("dQ does not follow from what is given");
  }

  @Test
  void oneSinkMayBeAllThatARowHas() {
    Solved solved = solve("S = [1 2; 0 1]\nV = [1; 2]\nsink = 0\nmask = [-inf -inf; 0 0]\nfind A");
    assertThat(errors(solved)).isEmpty();
    assertThat(solved.derivation().value(Quantities.A).orElseThrow().at(0, 1))
        .isEqualTo(Value.of(0));
  }

  @Test
  void labelsAreColumnsOfTheWeights() {
    assertThat(errors(solve("S = [1 2; 0 1]\nlabel = [3; 1]\nfind CE")))
        .containsExactly("CE: label is 3 in row 1, expected a whole number from 1 to 2");
    assertThat(errors(solve("S = [1 2; 0 1]\nlabel = [1 2]\nfind CE"))).isEmpty();
    assertThat(errors(solve("S = [1 2; 0 1]\nlabel = 1\nfind CE")))
        .containsExactly("CE: label has 1 rows, expected 2, one for each row of the weights");
  }

  @Test
  void twoLossesAreOneTooMany() {
    assertThat(errors(solve("Z = [1 2]\ntarget = [0 1]\ndZ = [1 1]\nfind L")))
        .containsExactly(
            "target, dZ are given together, expected one loss: a target, classes, or gradients");
    Solved solved = solve("O = [1 2]\ntarget = [0 1]\nfind L");
    assertThat(errors(solved)).isEmpty();
    assertThat(number(solved, Quantities.LOSS)).isEqualTo(1);
  }

  @Test
  void longNumbersAreFollowedExactly() {
    Checked digit =
        Checked.of(exercise("S = [50000.12345678]\ntau = 1\nfind S_tau", "S_tau = 50000.12345679"));
    assertThat(digit.count(Verdict.Outcome.WRONG)).isEqualTo(1);
    Checked right =
        Checked.of(
            exercise(
                "Q = [100000000000/7]\nK = [1]\nscale = none\nfind S",
                "S = 14285714285.7142857143"));
    assertThat(right.count(Verdict.Outcome.RIGHT)).isEqualTo(1);
  }

  @Test
  void betweenTwoRightWaysNothingIsRight() {
    String scores = "S = [3 0; 0 8]\nfind E, row_sum, A";
    Checked between = Checked.of(exercise(scores, "E = [7.00 0.50; 77.00 1234.00]"));
    assertThat(between.count(Verdict.Outcome.WRONG)).isPositive();
    assertThat(Checked.of(exercise(scores, "E = [1 0.05; 0.0003 1]")).count(Verdict.Outcome.WRONG))
        .isZero();
    assertThat(
            Checked.of(exercise(scores, "E = [20.09 1.00; 1.00 2980.96]"))
                .count(Verdict.Outcome.WRONG))
        .isZero();
    assertThat(
            Checked.of(exercise(scores, "E = [20.09 0.05; 1.00 1.00]"))
                .count(Verdict.Outcome.WRONG))
        .isPositive();
    assertThat(
            Checked.of(exercise("Y = [0 0.02]\nfind LN", "LN = [-0.9700 0.9700]"))
                .count(Verdict.Outcome.WRONG))
        .isEqualTo(2);
  }

  @Test
  void eachNumberHasItsOwnPrecision() {
    Checked checked =
        Checked.of(exercise("S = [1 0; 0 2]\nfind A", "A = [0.731 0.269; 0.12 0.88]"));
    assertThat(checked.count(Verdict.Outcome.WRONG)).isZero();
  }

  @Test
  void powersOfTenPromiseTheirOwnDigits() {
    assertThat(
            Checked.of(exercise("d_model = 512\nfind params", "params = 3.15e6"))
                .count(Verdict.Outcome.RIGHT))
        .isEqualTo(1);
    assertThat(
            Checked.of(exercise("d_model = 512\nfind params", "params = 3.16e6"))
                .count(Verdict.Outcome.WRONG))
        .isEqualTo(1);
    assertThat(
            Checked.of(exercise("S = [1 0; 0 2]\nfind A", "A = [7.3e-1 2.7e-1; 1.2e-1 8.8e-1]"))
                .count(Verdict.Outcome.WRONG))
        .isZero();
  }

  @Test
  void aMistakeThatChangesNothingIsNotNamed() {
    Checked checked =
        Checked.of(
            exercise(
                "Q = [1]\nK = [1; 0]\nV = [1; 2]\nfind A",
                "A = [0.73105857863000 0.26894142136996]"));
    assertThat(checked.count(Verdict.Outcome.WRONG)).isEqualTo(1);
    assertThat(checked.verdicts().getFirst().cells())
        .allMatch(c -> c.mistakes().stream().noneMatch(Verdict.Match::isKnown));
  }

  @Test
  void verificationNeverFailsASolution() {
    for (String block :
        List.of(
            "Q = [1]\nK = [1]\nV = [3]\nh = 0",
            "Q = [1]\nK = [1]\nV = [3]\ntau = 0",
            "Q = [1]\nK = [1]\nV = [3]\ncap = -2",
            "Q = [1; 2]\nK = [1; 3]\nV = [3; 1]\ncap = 0.0000001",
            "Q = [1]\nK = [1]\nV = [3]\nd_k = 0")) {
      assertThat(Verification.of(solve(block).derivation()))
          .as(block)
          .allMatch(Verification::agrees);
    }
  }

  @Test
  void unknownChoicesNameTheKnownOnes() {
    assertThat(errors(solve("Q = [1]\nK = [1]\nmask = causall\nfind A")))
        .anyMatch(e -> e.startsWith("mask: expected one of none, causal, window LEFT RIGHT"));
    assertThat(errors(solve("Q = [1]\nK = [1]\nscale = banana\nfind A")))
        .anyMatch(e -> e.startsWith("scale: expected one of none, 1/sqrt(d_k)"));
  }

  @Test
  void nothingIsChosenTwice() {
    String q = "Q = [1; 2]\nK = [1; 3]\n";
    assertThat(errors(solve(q + "mask = causal\nkeep 2 -> {1}\nfind A")))
        .containsExactly("mask is chosen twice: causal, then keep; the first is used");
    assertThat(errors(solve(q + "scale = none\nscale = 0.5\nfind A")))
        .containsExactly("scale is chosen twice: none, then 0.5; the first is used");
    assertThat(errors(solve(q + "keep 1 -> {1}\nkeep 2 -> {1, 2}\nfind A"))).isEmpty();
  }

  @Test
  void whatNoFormulaUsesIsSaid() {
    Solved solved = solve("Q = [1 2]\nK = [1 2; 0 1]\nV = [1; 2]\neta = 3\nh_kv = 1\nfind A");
    assertThat(
            solved.issues().stream()
                .filter(i -> i.kind() == Issue.Kind.REMARK)
                .map(i -> i.message().in(Locale.ENGLISH)))
        .containsExactly(
            "eta is given, but no formula here uses it",
            "h_kv is given, but no formula here uses it");
  }

  @Test
  void headsThatFailAlikeAreOneMessage() {
    String layer = "X = [1 2; 3 4]\nW_Q = [1 0; 0 1]\nW_K = [1 0; 0 1]\nW_V = [1 0; 0 1]\nh = 3";
    assertThat(errors(solve(layer + "\nfind Z_concat")))
        .containsExactly(
            "Q1: Q has width 2, expected a multiple of h = 3",
            "K1: K has width 2, expected a multiple of h = 3",
            "V1: V has width 2, expected a multiple of h = 3");
  }

  @Test
  void whatIsMissingIsNamedNotWhatItCouldBeMadeOf() {
    assertThat(errors(solve("Q = [1 2]\nK = [1 2]\nfind Z")))
        .containsExactly("Z does not follow from what is given; missing: V");
    assertThat(errors(solve("Q = [1 2]\nV = [1 2]\nfind Z")))
        .containsExactly("Z does not follow from what is given; missing: K");
    assertThat(errors(solve("Z1 = [1 2]\nZ3 = [3 4]\nfind Z_concat")))
        .containsExactly("Z_concat does not follow from what is given; missing: Z2");
  }

  @Test
  void aDiagonalIsAskedForWhereItMatters() {
    String uneven = "Q = [1; 2]\nK = [1; 2; 3]\nV = [1; 2; 3]\nfind Z\n";
    assertThat(errors(solve(uneven + "mask = window 1 0")))
        .anyMatch(e -> e.contains("add \"upper-left\" or \"bottom-right\" to the window"));
    assertThat(errors(solve(uneven + "slope = 1"))).anyMatch(e -> e.startsWith("slope: 2 queries"));
    assertThat(errors(solve(uneven + "slope = 1\nmask = window -1 -1 bottom-right"))).isEmpty();
  }

  @Test
  void aRowThatDoesNotExistIsSaid() {
    Checked checked =
        Checked.of(exercise("Q = [1; 2]\nK = [1; 1]\nV = [1; 2]\nfind A", "A[0] = [1 2]"));
    assertThat(checked.verdicts().getFirst().outcome()).isEqualTo(Verdict.Outcome.UNCHECKED);
    assertThat(checked.verdicts().getFirst().notes()).isNotEmpty();
  }

  @Test
  void givensOfOneRowMayBeColumns() {
    Solved solved = solve("Y = [1 3; 5 1]\ngamma = [2; 3]\nbeta = [1; 0]\neps = 0\nfind LN");
    assertThat(errors(solved)).isEmpty();
    assertThat(solved.derivation().value(Quantities.LAYER_NORM).orElseThrow().at(0, 0))
        .isEqualTo(Value.of(-1));
  }
}
