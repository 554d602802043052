package dev.qkv.sheet.commentary;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be said beside an answer in words, which nobody can check. */
public final class ModelAnswer {
  private static final Set<Quantity> STATISTICS =
      Set.of(Quantities.DOT_VARIANCE, Quantities.JACOBIAN, Quantities.JACOBIAN_SCALED);
  private static final Notation NOTATION = new Notation(4, Markup.PLAIN);

  private ModelAnswer() {}

  /**
   * The answer to what a problem asks in words, with the numbers that it is about.
   *
   * @param problem what is given and asked
   * @return what is said; nothing about most problems
   */
  public static List<Message> to(Problem problem) {
    List<Quantity> wanted = problem.goals().stream().filter(STATISTICS::contains).toList();
    List<Message> answer = new ArrayList<>();
    if (wanted.isEmpty()) {
      return answer;
    }
    Derivation derivation = Derivation.of(problem.asking(wanted));
    answer.add(Message.of("model.scaling"));
    for (Quantity quantity : wanted) {
      derivation
          .value(quantity)
          .ifPresent(
              m ->
                  answer.add(
                      Message.of(
                          "model.number",
                          quantity.label(),
                          NOTATION.matrix(problem.givens().getOrDefault(Quantities.D_K, m)),
                          NOTATION.matrix(m))));
    }
    return answer;
  }
}
