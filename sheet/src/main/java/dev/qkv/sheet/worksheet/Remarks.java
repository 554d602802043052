package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Message;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Quantity;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Things worth knowing about an exercise that make no answer right or wrong. */
final class Remarks {
  /** "The expectation grows": false for entries of mean zero, where only the variance does. */
  private static final Pattern EXPECTATION_GROWS =
      Pattern.compile(
          "(期望|均值)(?![^，。,.;；]*(不变|为\\s*(零|0)|是\\s*(零|0)))[^，。,.;；]*(增|变大|增长|越大)"
              + "|\\b(expectation|expected value|mean)\\b(?![^,.;]*\\b(not|zero|unchanged)\\b)"
              + "[^,.;]*\\b(grow|increas|larger|rise)",
          Pattern.CASE_INSENSITIVE);

  private final Exercise exercise;
  private final Problem problem;
  private final List<Issue> remarks = new ArrayList<>();

  private Remarks(Exercise exercise) {
    this.exercise = exercise;
    this.problem = exercise.problem();
  }

  static List<Issue> of(Exercise exercise) {
    Remarks remarks = new Remarks(exercise);
    remarks.width();
    remarks.variance();
    remarks.expectation();
    remarks.orientation();
    return remarks.remarks;
  }

  private void add(int line, Message message) {
    remarks.add(new Issue(line, Issue.Kind.REMARK, message));
  }

  private Optional<Given> given(Quantity quantity) {
    return exercise.givens().stream().filter(g -> g.quantity().equals(quantity)).findFirst();
  }

  private void width() {
    Optional<Given> declared = given(Quantities.D_K);
    Optional<Given> vectors =
        given(Quantities.K).or(() -> given(Quantities.Q)).filter(g -> problem.heads() == 0);
    if (declared.isPresent() && vectors.isPresent()) {
      Matrix d = declared.get().matrix();
      int width = vectors.get().matrix().columns();
      if (d.columns() == 1 && d.scalar().toDouble() != width) {
        add(
            declared.get().line(),
            Message.of(
                "remark.width",
                declared.get().numbers().getFirst().getFirst().text(),
                vectors.get().quantity().name(),
                width));
      }
    }
  }

  private void variance() {
    if (problem.givens().containsKey(Quantities.EPSILON)) {
      return;
    }
    List<Quantity> asked = new ArrayList<>(problem.goals());
    exercise.claims().stream()
        .filter(Claim.Numbers.class::isInstance)
        .forEach(c -> asked.add(((Claim.Numbers) c).quantity()));
    if (!asked.isEmpty()
        && !asked.contains(Quantities.LAYER_NORM)
        && !asked.contains(Quantities.NORMALISED)) {
      return;
    }
    Derivation derivation = Derivation.of(problem.asking(List.of(Quantities.VARIANCE)));
    derivation
        .value(Quantities.VARIANCE)
        .ifPresent(
            variances -> {
              for (int i = 0; i < variances.rows(); i++) {
                if (variances.at(i, 0).signum() == 0) {
                  add(exercise.line(), Message.of("remark.variance", i + 1));
                }
              }
            });
  }

  private void expectation() {
    for (Claim claim : exercise.claims()) {
      if (claim instanceof Claim.Words words && EXPECTATION_GROWS.matcher(words.text()).find()) {
        add(words.line(), Message.of("remark.expectation"));
      }
    }
  }

  private void orientation() {
    boolean asked =
        problem.goals().contains(Quantities.D_W)
            || exercise.claims().stream()
                .anyMatch(c -> c instanceof Claim.Numbers n && n.quantity().equals(Quantities.D_W));
    if (asked && problem.givens().containsKey(Quantities.INPUT)) {
      add(exercise.line(), Message.of("remark.orientation"));
    }
  }
}
