package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * One number for each row, for each column, or for all cells.
 *
 * @param kind what is done
 * @param along along what
 * @param of to what
 */
public record Reduce(Kind kind, Along along, Term of) implements Term {
  /** What is done. */
  public enum Kind {
    /** The cells added up. */
    SUM,
    /** Their mean. */
    MEAN,
    /** The largest. */
    MAX,
    /** The smallest. */
    MIN
  }

  /** Along what. */
  public enum Along {
    /** Along a row: one number for each row. */
    ROW("j"),
    /** Down a column: one number for each column. */
    COLUMN("i"),
    /** Over the whole matrix. */
    ALL("ij");

    private final String index;

    Along(String index) {
      this.index = index;
    }
  }

  @Override
  public List<Term> parts() {
    return List.of(of);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Reduce(kind, along, parts.getFirst());
  }

  @Override
  public Axis rows() {
    return along == Along.ROW ? of.rows() : Axis.ONE;
  }

  @Override
  public Axis columns() {
    return along == Along.COLUMN ? of.columns() : Axis.ONE;
  }

  @Override
  public Shape shape(Shapes shapes) {
    Shape shape = shapes.of(of);
    return new Shape(
        along == Along.ROW ? shape.rows() : 1, along == Along.COLUMN ? shape.columns() : 1);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    Shape shape = cells.shape(of);
    int rows = along == Along.ROW ? 1 : shape.rows();
    int columns = along == Along.COLUMN ? 1 : shape.columns();
    List<R> all = new ArrayList<>(rows * columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        all.add(cells.of(of, along == Along.ROW ? row : i, along == Along.COLUMN ? column : j));
      }
    }
    return switch (kind) {
      case SUM -> cells.sum(all);
      case MEAN -> cells.quotient(cells.sum(all), cells.number(Value.of(all.size())));
      case MIN -> cells.smallest(all);
      case MAX -> cells.largest(all, () -> nothing(row));
    };
  }

  private SheetException nothing(int row) {
    return new SheetException(Message.of("error.masked.row", Shapes.name(of), row + 1));
  }

  @Override
  public Expr written() {
    String index = along.index;
    String below = index.length() == 1 ? index : "{" + index + "}";
    String plain = along == Along.ALL ? "" : "_" + index;
    String mathml = "</mo><mi>" + index + "</mi></msub>";
    return new Expr.Over(
        switch (kind) {
          case SUM -> new Symbol("Σ" + plain, "\\sum_" + below, "<msub><mo>∑" + mathml);
          case MEAN ->
              new Symbol(
                  "(1/c)·Σ" + plain,
                  "\\tfrac1c\\sum_" + below,
                  "<mfrac><mn>1</mn><mi>c</mi></mfrac><msub><mo>∑" + mathml);
          case MAX -> new Symbol("max" + plain, "\\max_" + below, "<msub><mo>max" + mathml);
          case MIN -> new Symbol("min" + plain, "\\min_" + below, "<msub><mo>min" + mathml);
        },
        of.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    Term spread =
        switch (kind) {
          case SUM -> gradient.like(of);
          case MEAN -> gradient.over(count()).like(of);
          case MAX, MIN ->
              new Select(Condition.equal(of, output), gradient, Term.of(Exact.ZERO), List.of(of));
        };
    of.backward(of, spread, to);
  }

  private Term count() {
    return switch (along) {
      case ROW -> of.width();
      case COLUMN -> of.length();
      case ALL -> of.width().by(of.length());
    };
  }
}
