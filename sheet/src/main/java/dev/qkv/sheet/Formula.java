package dev.qkv.sheet;

import dev.qkv.sheet.operation.Operands;
import dev.qkv.sheet.operation.Operation;
import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One line of the sheet: an output, its inputs, and what is done to them.
 *
 * @param output what it computes
 * @param inputs what it needs
 * @param operation what it does
 * @param plain its right side for a terminal, with {@code #0}, {@code #1} … for the inputs
 * @param template its right side in TeX, likewise
 */
public record Formula(
    Quantity output, List<Quantity> inputs, Operation operation, String plain, String template) {
  /**
   * The formula for a terminal.
   *
   * @return {@code S = QKᵀ / √d_k}
   */
  public String text() {
    return output.symbol() + " = " + fill(plain, inputs.stream().map(Quantity::symbol).toList());
  }

  /**
   * The formula in TeX.
   *
   * @return {@code S = \frac{QK^{\top}}{\sqrt{d_k}}}
   */
  public String tex() {
    return output.tex() + " = " + fill(template, inputs.stream().map(Quantity::tex).toList());
  }

  private static String fill(String template, List<String> names) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      boolean reference =
          c == '#' && i + 1 < template.length() && Character.isDigit(template.charAt(i + 1));
      text.append(reference ? names.get(template.charAt(++i) - '0') : String.valueOf(c));
    }
    return text.toString();
  }

  /**
   * Fires the formula.
   *
   * @param known at least the inputs
   * @return the step, with its result
   * @throws SheetException where shapes do not fit or the result does not exist
   */
  Step fire(Map<Quantity, Matrix> known) {
    List<Matrix> matrices = new ArrayList<>();
    for (Quantity input : inputs) {
      matrices.add(Objects.requireNonNull(known.get(input), input.name()));
    }
    Operands operands = new Operands(output, inputs, matrices);
    Operation.Shape shape = operation.shape(operands);
    int largest = Matrix.LARGEST_SIDE;
    if (shape.rows() > largest || shape.columns() > largest) {
      throw new SheetException(
          Message.of("error.too.large", output.name(), shape.rows(), shape.columns(), largest));
    }
    try {
      Matrix result =
          Matrix.of(
              shape.rows(), shape.columns(), (i, j) -> operation.cell(operands, i, j).value());
      return new Step(this, operands, result);
    } catch (ArithmeticException e) {
      throw new SheetException(Message.of("error.arithmetic", output.name(), Message.of(e)));
    }
  }
}
