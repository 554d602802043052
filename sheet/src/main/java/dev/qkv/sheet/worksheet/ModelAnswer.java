package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Message;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Quantity;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.value.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be said beside an answer in words, which nobody can check. */
final class ModelAnswer {
  private static final Set<Quantity> STATISTICS =
      Set.of(Quantities.DOT_VARIANCE, Quantities.JACOBIAN, Quantities.JACOBIAN_SCALED);
  private static final Notation NOTATION = new Notation(4, false);

  private ModelAnswer() {}

  /** The verdict with the numbers that the question is about, where there are some. */
  static Verdict to(Exercise exercise, Verdict verdict) {
    Problem problem = exercise.problem();
    List<Quantity> wanted = problem.goals().stream().filter(STATISTICS::contains).toList();
    if (wanted.isEmpty()) {
      return verdict;
    }
    Derivation derivation = Derivation.of(problem.asking(wanted));
    List<Message> notes = new ArrayList<>(verdict.notes());
    notes.add(Message.of("model.scaling"));
    for (Quantity quantity : wanted) {
      derivation
          .value(quantity)
          .ifPresent(
              m ->
                  notes.add(
                      Message.of(
                          "model.number",
                          quantity.label(),
                          NOTATION.matrix(problem.givens().getOrDefault(Quantities.D_K, m)),
                          NOTATION.matrix(m))));
    }
    return new Verdict(
        verdict.claim(),
        verdict.name(),
        verdict.cells(),
        verdict.tried(),
        verdict.nearest(),
        notes);
  }
}
