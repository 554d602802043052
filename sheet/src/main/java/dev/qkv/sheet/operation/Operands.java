package dev.qkv.sheet.operation;

import dev.qkv.sheet.Message;
import dev.qkv.sheet.Quantity;
import dev.qkv.sheet.SheetException;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.List;

/**
 * The inputs of one formula.
 *
 * @param output what is computed, for messages
 * @param quantities what the inputs are, for messages
 * @param matrices their numbers
 */
public record Operands(Quantity output, List<Quantity> quantities, List<Matrix> matrices) {
  /**
   * An input.
   *
   * @param index from 0
   * @return its numbers
   */
  public Matrix matrix(int index) {
    return matrices.get(index);
  }

  /**
   * An input that is a single number.
   *
   * @param index from 0
   * @return the number
   */
  public Value scalar(int index) {
    return matrices.get(index).scalar();
  }

  /**
   * A cell of an input.
   *
   * @param index of the input, from 0
   * @param row from 0
   * @param column from 0
   * @return its value
   */
  public Value at(int index, int row, int column) {
    return matrices.get(index).at(row, column);
  }

  /**
   * A rule about two inputs' sizes.
   *
   * @param holds whether it holds
   * @param rule the message's key
   * @param first index of the input whose size is expected
   * @param second index of the input that should agree
   * @param expected the expected size
   * @param got the size that came
   * @throws SheetException naming output, inputs, expected and got, where the rule does not hold
   */
  public void require(
      boolean holds, String rule, int first, int second, Object expected, Object got) {
    if (!holds) {
      throw new SheetException(
          Message.of(
              rule,
              output.name(),
              quantities.get(first).name(),
              matrices.get(first).shape(),
              quantities.get(second).name(),
              matrices.get(second).shape(),
              expected,
              got));
    }
  }

  /**
   * The rule that two inputs have one shape.
   *
   * @param first index of an input
   * @param second index of the other
   * @throws SheetException where they differ
   */
  public void requireSameShape(int first, int second) {
    require(
        matrix(first).sameShape(matrix(second)),
        "error.shape.same",
        first,
        second,
        matrix(first).shape(),
        matrix(second).shape());
  }
}
