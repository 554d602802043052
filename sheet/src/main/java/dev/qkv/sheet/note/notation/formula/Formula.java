package dev.qkv.sheet.note.notation.formula;

import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.value.Value;
import java.util.List;

/** A formula as it is written, before anybody knows what its letters stand for. */
sealed interface Formula {
  /** What stands between two factors. */
  enum Times {
    /** Nothing: {@code QK}. */
    NOTHING,
    /** A dot or a cross, which may be a dot product. */
    DOT,
    /** The star of programs, which multiplies matrices or cells. */
    STAR,
    /** The matrix product of NumPy. */
    AT,
    /** The product cell by cell. */
    CELLS
  }

  /** A number. */
  record Numeric(Value value) implements Formula {}

  /** A name with what stands below and above it: {@code W_i^Q}. */
  record Name(String base, String below, String above) implements Formula {
    /** The name without spaces and braces, as {@link Names} knows it. */
    String text() {
      return base + (below.isEmpty() ? "" : "_" + below) + (above.isEmpty() ? "" : "^" + above);
    }
  }

  /** A function of something; below stands the index or the direction that it goes along. */
  record Call(String function, List<Formula> arguments, String below) implements Formula {}

  /** Factors with the signs between them. */
  record Product(List<Formula> factors, List<Times> signs) implements Formula {}

  /** A quotient. */
  record Quotient(Formula numerator, Formula denominator) implements Formula {}

  /** Terms added up. */
  record Sum(List<Formula> terms) implements Formula {}

  /** The sign turned. */
  record Negative(Formula of) implements Formula {}

  /** A power. */
  record Power(Formula base, Formula exponent) implements Formula {}

  /** A transposed matrix. */
  record Transposed(Formula of) implements Formula {}

  /** Matrices side by side. */
  record Beside(List<Formula> parts) implements Formula {}

  /** A sum or the largest over an index. */
  record Total(String index, boolean largest, Formula body) implements Formula {}

  /** A row or a cell of something: {@code softmax(s_i)_j}. */
  record Cell(Formula of, String indices) implements Formula {}

  /** The gradient of the loss. */
  record Gradient(Formula of) implements Formula {}

  /** The number of columns. */
  record Width(Formula of) implements Formula {}

  /** The dots of a list. */
  record Dots() implements Formula {}
}
