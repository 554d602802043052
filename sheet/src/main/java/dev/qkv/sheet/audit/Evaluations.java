package dev.qkv.sheet.audit;

import dev.qkv.sheet.evaluation.Arithmetic;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Equations evaluated many times over: along paths that differ in what is rounded, and with
 * mistakes that replace a few. What has the same inputs is computed once.
 *
 * @param <M> matrices
 */
final class Evaluations<M> {
  /** How a result goes on. */
  record Rounding(int digits, RoundingMode mode) {}

  /** A result; rounded, and whether a tie was met that may as well be rounded another way. */
  record Result<M>(M matrix, boolean clear) {}

  private final Arithmetic<M> arithmetic;
  private final Map<Key, Optional<M>> plain = new HashMap<>();
  private final Map<RoundedKey, Result<M>> rounded = new HashMap<>();

  Evaluations(Arithmetic<M> arithmetic) {
    this.arithmetic = arithmetic;
  }

  Arithmetic<M> arithmetic() {
    return arithmetic;
  }

  /** The equation's value; nothing where it has none. */
  Optional<M> value(Equation equation, Map<Quantity, M> known) {
    Object[] inputs = new Object[equation.inputs().size()];
    for (int k = 0; k < inputs.length; k++) {
      inputs[k] = Objects.requireNonNull(known.get(equation.inputs().get(k)));
    }
    Key key = new Key(equation, inputs);
    Optional<M> before = plain.get(key);
    if (before == null) {
      before = evaluate(equation, known);
      plain.put(key, before);
    }
    return before;
  }

  private Optional<M> evaluate(Equation equation, Map<Quantity, M> known) {
    try {
      return Optional.of(arithmetic.evaluate(equation, known));
    } catch (SheetException e) {
      return Optional.empty();
    }
  }

  Result<M> rounded(M matrix, Rounding rounding) {
    return rounded.computeIfAbsent(
        new RoundedKey(matrix, rounding),
        k -> {
          M here = arithmetic.rounded(matrix, rounding.digits(), rounding.mode());
          M down = arithmetic.rounded(matrix, rounding.digits(), RoundingMode.HALF_DOWN);
          return new Result<>(here, arithmetic.same(here, down));
        });
  }

  /** The same equation with the same matrices; comparing their cells would cost what it saves. */
  @SuppressWarnings("ReferenceEquality")
  private static final class Key {
    private final Equation equation;
    private final Object[] inputs;

    Key(Equation equation, Object[] inputs) {
      this.equation = equation;
      this.inputs = inputs;
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Key key && key.equation == equation)) {
        return false;
      }
      for (int k = 0; k < inputs.length; k++) {
        if (inputs[k] != key.inputs[k]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = System.identityHashCode(equation);
      for (Object input : inputs) {
        hash = 31 * hash + System.identityHashCode(input);
      }
      return hash;
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static final class RoundedKey {
    private final Object matrix;
    private final Rounding rounding;

    RoundedKey(Object matrix, Rounding rounding) {
      this.matrix = matrix;
      this.rounding = rounding;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RoundedKey key
          && key.matrix == matrix
          && key.rounding.digits() == rounding.digits()
          && key.rounding.mode() == rounding.mode();
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(matrix) * 31 + rounding.digits();
    }
  }
}
