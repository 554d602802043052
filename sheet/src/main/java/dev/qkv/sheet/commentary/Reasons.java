package dev.qkv.sheet.commentary;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why a step is made, or what its result means: one sentence to a formula. */
public final class Reasons {
  /** What stands twice in a layer, and has the same reason both times. */
  private static final String SECOND = "_2";

  private static final Set<Quantity> FIRST_OF_THEIR_NAME = Set.of(Quantities.W_2, Quantities.B_2);

  private Reasons() {}

  /**
   * The sentence for a formula.
   *
   * @param formula a line of the sheet
   * @return why it is there; what it means that this follows from that
   */
  public static Message of(Equation formula) {
    Quantity output = formula.output().head(0);
    Optional<Quantity> differentiated = output.differentiated();
    if (differentiated.isPresent()) {
      String own = "why." + output.name();
      return Message.exists(own)
          ? Message.of(own)
          : Message.of("why.gradient", differentiated.get().symbol());
    }
    return Message.of("why." + name(output) + variant(formula, output));
  }

  private static String name(Quantity output) {
    String name = output.name();
    return name.endsWith(SECOND) && !FIRST_OF_THEIR_NAME.contains(output)
        ? name.substring(0, name.length() - SECOND.length())
        : name;
  }

  /** Some formulas say something else under other choices. */
  private static String variant(Equation formula, Quantity output) {
    List<Quantity> inputs = formula.inputs().stream().map(q -> q.head(0)).toList();
    boolean ofHead = !formula.output().equals(output);
    if (ofHead && inputs.contains(output)) {
      return ".slice";
    }
    if (output.equals(Quantities.S) && !inputs.contains(Quantities.ROOT_D_K)) {
      return inputs.contains(Quantities.SCALE) ? ".factor" : ".plain";
    }
    return output.equals(Quantities.ROW_SUM) && inputs.contains(Quantities.SINK) ? ".sink" : "";
  }
}
