package dev.qkv.sheet;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Equation;
import java.util.List;

/**
 * A wrong way of computing: other formulas for quantities of the sheet.
 *
 * @param code stable, as in {@code SCALE.MISSING}
 * @param alternatives the formulas that replace the right ones
 */
public record Mistake(String code, List<Equation> alternatives) {
  /**
   * Its name.
   *
   * @return a message
   */
  public Message label() {
    return label(code);
  }

  /**
   * The name of a mistake.
   *
   * @param code its code
   * @return a message
   */
  public static Message label(String code) {
    return Message.of("mistake." + code);
  }

  /**
   * Why it is wrong, and what to do instead.
   *
   * @param code its code
   * @return a message of one or more sentences
   */
  public static Message reason(String code) {
    return Message.of("reason." + code);
  }

  /**
   * What to look at again.
   *
   * @param code its code
   * @return a message
   */
  public static Message hint(String code) {
    return Message.of("hint." + code);
  }
}
