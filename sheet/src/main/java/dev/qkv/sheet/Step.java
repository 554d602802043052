package dev.qkv.sheet;

import dev.qkv.sheet.evaluation.Tracer;
import dev.qkv.sheet.evaluation.Writer;
import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A formula that was fired. */
public final class Step {
  private final Equation formula;
  private final Map<Quantity, Matrix> inputs = new LinkedHashMap<>();
  private final Matrix result;

  /**
   * A step.
   *
   * @param formula the formula
   * @param known at least its inputs
   * @param result its output's numbers
   */
  Step(Equation formula, Map<Quantity, Matrix> known, Matrix result) {
    this.formula = formula;
    this.result = result;
    formula.inputs().forEach(q -> inputs.put(q, Objects.requireNonNull(known.get(q), q.name())));
  }

  /**
   * The formula.
   *
   * @return its output and its term
   */
  public Equation formula() {
    return formula;
  }

  /**
   * The output's numbers.
   *
   * @return the result
   */
  public Matrix result() {
    return result;
  }

  /**
   * Whether nothing is put into the formula: it is a number.
   *
   * @return true for n = 8, whose cell would repeat the formula
   */
  public boolean isConstant() {
    return inputs.isEmpty();
  }

  /** Writes out cells of the result, one after the other. */
  @FunctionalInterface
  public interface Cells {
    /**
     * What stands behind one cell.
     *
     * @param row from 0
     * @param column from 0
     * @return the formula's right side with its numbers
     */
    Expr at(int row, int column);
  }

  /**
   * What stands behind the cells of the result.
   *
   * @return expressions, written when they are asked for
   */
  public Cells cells() {
    return new Writer(formula, inputs)::cell;
  }

  /**
   * The cells that one cell of the result was computed from.
   *
   * @param row from 0
   * @param column from 0
   * @return cells of the formula's inputs with their values
   */
  public Set<Tracer.Source> sources(int row, int column) {
    return new Tracer(formula, inputs).cell(row, column);
  }
}
