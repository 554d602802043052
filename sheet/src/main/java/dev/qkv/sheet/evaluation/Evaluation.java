package dev.qkv.sheet.evaluation;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Cells;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Shape;
import dev.qkv.sheet.term.Shapes;
import dev.qkv.sheet.term.Term;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * The values of one equation's parts, each computed once.
 *
 * @param <M> matrices
 * @param <R> their cells
 */
abstract class Evaluation<M, R> implements Cells<R>, Shapes.Known {
  private final Map<Quantity, M> known;
  private final IdentityHashMap<Term, M> values = new IdentityHashMap<>();
  private final Shapes shapes;

  Evaluation(Equation equation, Map<Quantity, M> known) {
    this.known = known;
    this.shapes = new Shapes(equation.output(), this);
  }

  /**
   * A quantity's or a part's numbers.
   *
   * @throws CancellationException if the thread was interrupted: nobody waits for them any longer
   */
  final M matrix(Term term) {
    M value = values.get(term);
    if (value == null) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException();
      }
      value =
          term instanceof Quantity quantity
              ? Objects.requireNonNull(known.get(quantity), quantity.name())
              : compute(term, shapes.of(term));
      values.put(term, value);
    }
    return value;
  }

  /**
   * A part's numbers.
   *
   * @throws SheetException where a number does not exist
   */
  abstract M compute(Term term, Shape shape);

  abstract Shape shapeOf(M matrix);

  @Override
  public final Shape shape(Quantity quantity) {
    return shapeOf(matrix(quantity));
  }

  @Override
  public final Shape shape(Term part) {
    return shapes.of(part);
  }
}
