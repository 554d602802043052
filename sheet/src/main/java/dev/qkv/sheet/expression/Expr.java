package dev.qkv.sheet.expression;

import dev.qkv.sheet.value.Value;
import java.util.List;
import java.util.Set;

/**
 * Something written: the right side of a formula in symbols, or of one of its cells in numbers.
 * Brackets follow from how tightly each part holds together.
 */
public sealed interface Expr {
  /** A number with a minus in front. */
  int NEGATIVE = 0;

  /** Parts joined by plus or minus. */
  int SUM = 1;

  /** Parts joined by times or over. */
  int PRODUCT = 2;

  /** A number before a root: fine as a factor, in brackets under a line. */
  int RUN = 3;

  /** A sign of several characters: fine under a line, in brackets under a power. */
  int FACTOR = 4;

  /** One piece. */
  int ATOM = 5;

  /**
   * Writes it; each kind knows its own operator.
   *
   * @param pen plain characters, TeX or MathML
   */
  void write(Pen pen);

  /**
   * How tightly it holds together, which decides about brackets.
   *
   * @param pen plain characters, TeX or MathML
   * @return {@link #NEGATIVE} to {@link #ATOM}
   */
  int strength(Pen pen);

  /**
   * A number.
   *
   * @param value the number
   */
  record Num(Value value) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text(pen.number(value));
    }

    @Override
    public int strength(Pen pen) {
      return pen.strength(value);
    }
  }

  /**
   * A number that is a cell of a quantity.
   *
   * @param quantity the quantity's name in a worksheet
   * @param row from 0
   * @param column from 0
   * @param value the number
   */
  record Input(String quantity, int row, int column, Value value) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text(pen.number(value));
    }

    @Override
    public int strength(Pen pen) {
      return pen.strength(value);
    }
  }

  /**
   * A quantity as a whole.
   *
   * @param symbol its sign
   */
  record Sign(Symbol symbol) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text(symbol.in(pen.markup()));
    }

    @Override
    public int strength(Pen pen) {
      return symbol.strength();
    }
  }

  /**
   * A sum; its first term may start with a minus.
   *
   * @param terms one or more terms
   */
  record Sum(List<Expr> terms) implements Expr {
    @Override
    public void write(Pen pen) {
      String plus = pen.of(" + ", " + ", "<mo>+</mo>");
      pen.part(terms.getFirst(), NEGATIVE);
      for (int i = 1; i < terms.size(); i++) {
        pen.text(plus).part(terms.get(i), SUM);
      }
    }

    @Override
    public int strength(Pen pen) {
      return SUM;
    }
  }

  /**
   * A difference.
   *
   * @param left the minuend
   * @param right the subtrahend
   */
  record Difference(Expr left, Expr right) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.part(left, NEGATIVE).text(" − ", " - ", "<mo>−</mo>").part(right, PRODUCT);
    }

    @Override
    public int strength(Pen pen) {
      return SUM;
    }
  }

  /**
   * A number or quantity with its sign turned.
   *
   * @param of what is turned
   */
  record Negative(Expr of) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text("−", "-", "<mo>−</mo>").part(of, PRODUCT);
    }

    @Override
    public int strength(Pen pen) {
      return NEGATIVE;
    }
  }

  /** What stands between the factors of a product. */
  enum Times {
    /** A product of numbers. */
    NUMBERS,
    /** A product of matrices, or of a matrix and a number. */
    MATRICES,
    /** A product cell by cell. */
    CELLS
  }

  /**
   * A product.
   *
   * @param factors one or more factors
   * @param times the operator
   */
  record Product(List<Expr> factors, Times times) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.join(
          factors,
          RUN,
          times == Times.NUMBERS
              ? pen.of("·", "\\cdot ", "<mo>·</mo>")
              : times == Times.MATRICES
                  ? pen.of("·", "\\,", "<mo>⁢</mo>")
                  : pen.of("∘", "\\odot ", "<mo>⊙</mo>"));
    }

    @Override
    public int strength(Pen pen) {
      return PRODUCT;
    }
  }

  /**
   * A fraction.
   *
   * @param numerator above the line
   * @param denominator below it
   * @param spaced whether a terminal shows spaces around the line
   */
  record Quotient(Expr numerator, Expr denominator, boolean spaced) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text("", "\\frac", "<mfrac>")
          .group(numerator, pen.isPlain() ? PRODUCT : NEGATIVE)
          .text(spaced ? " / " : "/", "", "")
          .group(denominator, pen.isPlain() ? FACTOR : NEGATIVE)
          .text("", "", "</mfrac>");
    }

    @Override
    public int strength(Pen pen) {
      return pen.isPlain() ? PRODUCT : FACTOR;
    }
  }

  /**
   * A square root.
   *
   * @param radicand what stands under the root
   */
  record Root(Expr radicand) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text("√", "\\sqrt", "<msqrt>")
          .group(radicand, pen.isPlain() ? FACTOR : NEGATIVE)
          .text("", "", "</msqrt>");
    }

    @Override
    public int strength(Pen pen) {
      return FACTOR;
    }
  }

  /**
   * A power.
   *
   * @param base what is raised
   * @param exponent what stands above
   */
  record Power(Expr base, Expr exponent) implements Expr {
    private boolean isSquare(Pen pen) {
      return pen.isPlain() && exponent instanceof Num(Value value) && pen.number(value).equals("2");
    }

    @Override
    public void write(Pen pen) {
      pen.text("", "", "<msup>").base(base);
      if (isSquare(pen)) {
        pen.text("²");
      } else {
        pen.text("^", "^", "").group(exponent, pen.isPlain() ? ATOM : NEGATIVE);
      }
      pen.text("", "", "</msup>");
    }

    @Override
    public int strength(Pen pen) {
      return isSquare(pen) ? ATOM : FACTOR;
    }
  }

  /**
   * An exponential.
   *
   * @param exponent the exponent of e
   * @return e^exponent
   */
  static Expr exponential(Expr exponent) {
    return new Power(new Sign(Symbol.letter("e", "e")), exponent);
  }

  /**
   * A transposed matrix.
   *
   * @param matrix the matrix
   */
  record Transposed(Expr matrix) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text("", "", "<msup>").base(matrix).text("ᵀ", "^{\\top}", "<mo>⊤</mo></msup>");
    }

    @Override
    public int strength(Pen pen) {
      return FACTOR;
    }
  }

  /**
   * A function of one or more arguments.
   *
   * @param name its name
   * @param arguments what it is of
   */
  record Call(String name, List<Expr> arguments) implements Expr {
    /** Names that TeX has a command for. */
    private static final Set<String> COMMANDS = Set.of("max", "min", "ln", "sin", "cos", "tanh");

    @Override
    public void write(Pen pen) {
      String tex = COMMANDS.contains(name) ? "\\" + name : "\\operatorname{" + name + "}";
      pen.text(name + "(", tex + "\\left(", "<mrow><mi>" + name + "</mi><mo>(</mo>");
      pen.join(arguments, NEGATIVE, pen.of(", ", ", ", "<mo>,</mo>"));
      pen.text(")", "\\right)", "<mo>)</mo></mrow>");
    }

    @Override
    public int strength(Pen pen) {
      return ATOM;
    }
  }

  /**
   * Something over every row, column or cell: a sum, a largest.
   *
   * @param operator what is done and along what
   * @param body what it is done to
   */
  record Over(Symbol operator, Expr body) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text(operator.in(pen.markup())).text(" ", " ", "").part(body, PRODUCT);
    }

    @Override
    public int strength(Pen pen) {
      return PRODUCT;
    }
  }

  /**
   * Parts in square brackets, side by side.
   *
   * @param parts one or more parts
   */
  record Beside(List<Expr> parts) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text("[", "\\left[", "<mrow><mo>[</mo>");
      pen.join(parts, NEGATIVE, pen.of(" ‖ ", "\\,\\Vert\\,", "<mo>‖</mo>"));
      pen.text("]", "\\right]", "<mo>]</mo></mrow>");
    }

    @Override
    public int strength(Pen pen) {
      return ATOM;
    }
  }

  /**
   * Some columns of a matrix.
   *
   * @param matrix the matrix
   * @param part which share of its columns, from 1
   * @param parts into how many shares they are cut
   */
  record Share(Expr matrix, int part, Expr parts) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text("", "", "<msub>")
          .group(matrix, FACTOR)
          .text(
              "[·, " + part + "/",
              "_{[\\cdot,\\," + part + "/",
              "<mrow><mo>[</mo><mo>·</mo><mo>,</mo><mn>" + part + "</mn><mo>/</mo>")
          .part(parts)
          .text("]", "]}", "<mo>]</mo></mrow></msub>");
    }

    @Override
    public int strength(Pen pen) {
      return ATOM;
    }
  }

  /**
   * One thing where a condition holds, another elsewhere.
   *
   * @param yes the one
   * @param where the condition
   * @param no the other
   * @param elsewhere its opposite
   */
  record Cases(Expr yes, Symbol where, Expr no, Symbol elsewhere) implements Expr {
    @Override
    public void write(Pen pen) {
      pen.text("", "\\begin{cases}", "<mrow><mo>{</mo><mtable>");
      line(pen, yes, where);
      pen.text(", ", "\\\\ ", "");
      line(pen, no, elsewhere);
      pen.text("", "\\end{cases}", "</mtable></mrow>");
    }

    private static void line(Pen pen, Expr what, Symbol when) {
      pen.text("", "", "<mtr><mtd>")
          .part(what)
          .text(" [", " & ", "</mtd><mtd>")
          .text(when.in(pen.markup()))
          .text("]", "", "</mtd></mtr>");
    }

    @Override
    public int strength(Pen pen) {
      return pen.isPlain() ? NEGATIVE : ATOM;
    }
  }
}
