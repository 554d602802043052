package dev.qkv.sheet.expression;

import dev.qkv.sheet.expression.Pen.Piece;
import dev.qkv.sheet.value.Markup;
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

  /** A sign of several characters: fine as a factor, in brackets under a power. */
  int FACTOR = 3;

  /** One piece. */
  int ATOM = 4;

  /**
   * Writes it; each kind knows its own operator.
   *
   * @param pen plain characters, TeX or MathML
   * @return its text
   */
  Piece write(Pen pen);

  /**
   * A number.
   *
   * @param value the number
   */
  record Num(Value value) implements Expr {
    @Override
    public Piece write(Pen pen) {
      return pen.number(value);
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
    public Piece write(Pen pen) {
      return pen.number(value);
    }
  }

  /**
   * A quantity as a whole.
   *
   * @param symbol its sign
   */
  record Sign(Symbol symbol) implements Expr {
    @Override
    public Piece write(Pen pen) {
      return new Piece(symbol.in(pen.markup()), symbol.strength());
    }
  }

  /**
   * A sum.
   *
   * @param terms one or more terms
   */
  record Sum(List<Expr> terms) implements Expr {
    @Override
    public Piece write(Pen pen) {
      StringBuilder text = new StringBuilder(pen.first(terms.getFirst()));
      for (Expr term : terms.subList(1, terms.size())) {
        text.append(pen.of(" + ", " + ", "<mo>+</mo>")).append(pen.within(term, SUM));
      }
      return new Piece(text.toString(), SUM);
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
    public Piece write(Pen pen) {
      return new Piece(
          pen.first(left) + pen.of(" − ", " - ", "<mo>−</mo>") + pen.within(right, PRODUCT), SUM);
    }
  }

  /**
   * A number or quantity with its sign turned.
   *
   * @param of what is turned
   */
  record Negative(Expr of) implements Expr {
    @Override
    public Piece write(Pen pen) {
      return new Piece(pen.of("−", "-", "<mo>−</mo>") + pen.within(of, PRODUCT), NEGATIVE);
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
    public Piece write(Pen pen) {
      return new Piece(
          pen.join(
              factors,
              FACTOR,
              switch (times) {
                case NUMBERS -> pen.of("·", "\\cdot ", "<mo>·</mo>");
                case MATRICES -> pen.of("·", "\\,", "<mo>⁢</mo>");
                case CELLS -> pen.of("∘", "\\odot ", "<mo>⊙</mo>");
              }),
          PRODUCT);
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
    public Piece write(Pen pen) {
      if (pen.markup() == Markup.PLAIN) {
        return new Piece(
            pen.within(numerator, PRODUCT)
                + (spaced ? " / " : "/")
                + pen.within(denominator, FACTOR),
            PRODUCT);
      }
      String above = pen.write(numerator);
      String below = pen.write(denominator);
      return new Piece(
          pen.of(
              "",
              "\\frac{" + above + "}{" + below + "}",
              "<mfrac>" + pen.row(above) + pen.row(below) + "</mfrac>"),
          ATOM);
    }
  }

  /**
   * A square root.
   *
   * @param radicand what stands under the root
   */
  record Root(Expr radicand) implements Expr {
    @Override
    public Piece write(Pen pen) {
      return new Piece(
          pen.of(
              "√" + pen.within(radicand, FACTOR),
              "\\sqrt{" + pen.write(radicand) + "}",
              "<msqrt>" + pen.row(pen.write(radicand)) + "</msqrt>"),
          FACTOR);
    }
  }

  /**
   * A power.
   *
   * @param base what is raised
   * @param exponent what stands above
   */
  record Power(Expr base, Expr exponent) implements Expr {
    @Override
    public Piece write(Pen pen) {
      String below = pen.within(base, ATOM);
      if (pen.markup() == Markup.PLAIN) {
        String above = pen.within(exponent, ATOM);
        boolean square = above.equals("2");
        return new Piece(below + (square ? "²" : "^" + above), square ? ATOM : FACTOR);
      }
      String above = pen.write(exponent);
      return new Piece(
          pen.of(
              "",
              Pen.group(below) + "^{" + above + "}",
              "<msup>" + pen.row(below) + pen.row(above) + "</msup>"),
          FACTOR);
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
    public Piece write(Pen pen) {
      String base = pen.within(matrix, ATOM);
      return new Piece(
          pen.of(
              base + "ᵀ",
              Pen.group(base) + "^{\\top}",
              "<msup>" + pen.row(base) + "<mo>⊤</mo></msup>"),
          FACTOR);
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

    private String operator() {
      return COMMANDS.contains(name) ? "\\" + name : "\\operatorname{" + name + "}";
    }

    @Override
    public Piece write(Pen pen) {
      String inside = pen.join(arguments, NEGATIVE, pen.of(", ", ", ", "<mo>,</mo>"));
      return new Piece(
          pen.of(
              name + "(" + inside + ")",
              operator() + "\\left(" + inside + "\\right)",
              "<mrow><mi>" + name + "</mi><mo>(</mo>" + inside + "<mo>)</mo></mrow>"),
          ATOM);
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
    public Piece write(Pen pen) {
      return new Piece(
          operator.in(pen.markup()) + pen.of(" ", " ", "") + pen.within(body, PRODUCT), PRODUCT);
    }
  }

  /**
   * Parts in square brackets, side by side.
   *
   * @param parts one or more parts
   */
  record Beside(List<Expr> parts) implements Expr {
    @Override
    public Piece write(Pen pen) {
      String inside = pen.join(parts, NEGATIVE, pen.of(" ‖ ", "\\,\\Vert\\,", "<mo>‖</mo>"));
      return new Piece(
          pen.of(
              "[" + inside + "]",
              "\\left[" + inside + "\\right]",
              "<mrow><mo>[</mo>" + inside + "<mo>]</mo></mrow>"),
          ATOM);
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
    public Piece write(Pen pen) {
      String whole = pen.within(matrix, FACTOR);
      String count = pen.write(parts);
      return new Piece(
          pen.of(
              whole + "[·, " + part + "/" + count + "]",
              "{" + whole + "}_{[\\cdot,\\," + part + "/" + count + "]}",
              "<msub>"
                  + pen.row(whole)
                  + "<mrow><mo>[</mo><mo>·</mo><mo>,</mo><mn>"
                  + part
                  + "</mn><mo>/</mo>"
                  + count
                  + "<mo>]</mo></mrow></msub>"),
          ATOM);
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
    public Piece write(Pen pen) {
      String one = pen.write(yes);
      String other = pen.write(no);
      String when = where.in(pen.markup());
      String not = elsewhere.in(pen.markup());
      return new Piece(
          pen.of(
              one + " [" + when + "], " + other + " [" + not + "]",
              "\\begin{cases}"
                  + one
                  + " & "
                  + when
                  + "\\\\ "
                  + other
                  + " & "
                  + not
                  + "\\end{cases}",
              "<mrow><mo>{</mo><mtable>" + line(one, when) + line(other, not) + "</mtable></mrow>"),
          NEGATIVE);
    }

    private static String line(String what, String when) {
      return "<mtr><mtd>" + what + "</mtd><mtd>" + when + "</mtd></mtr>";
    }
  }
}
