package dev.qkv.sheet.audit;

import dev.qkv.sheet.value.Doubles;
import java.util.Random;

/** Numbers drawn at random, always the same ones. */
final class Drawing {
  private final Random random;
  private final int batch;
  private final boolean whole;

  private Drawing(long seed, int batch, boolean whole) {
    this.random = new Random(seed);
    this.batch = batch;
    this.whole = whole;
  }

  /** Several drawings of any numbers. */
  static Drawing any() {
    return new Drawing(1, 3, false);
  }

  /** Small whole numbers, which a person can follow. */
  static Drawing whole(long seed) {
    return new Drawing(seed, 1, true);
  }

  Doubles matrix(int rows, int columns) {
    return drawn(rows, columns, false);
  }

  Doubles positive(int rows, int columns) {
    return drawn(rows, columns, true);
  }

  private Doubles drawn(int rows, int columns, boolean positive) {
    double[] cells = new double[batch * rows * columns];
    for (int k = 0; k < cells.length; k++) {
      double any = 2 * random.nextDouble() - 1;
      double small = whole ? random.nextInt(4) - 1 : any;
      double large = whole ? 1 + random.nextInt(3) : 0.25 + random.nextDouble();
      cells[k] = positive ? large : small;
    }
    return new Doubles(batch, rows, columns, cells);
  }

  /** Classes from 1, one to a row. */
  Doubles classes(int rows, int count) {
    double[] cells = new double[rows];
    for (int k = 0; k < rows; k++) {
      cells[k] = 1 + random.nextInt(count);
    }
    return new Doubles(1, rows, 1, cells);
  }

  /** A mask that leaves every row something. */
  Doubles mask(int rows, int columns) {
    double[] cells = new double[rows * columns];
    for (int k = 0; k < cells.length; k++) {
      boolean open = k % columns == (k / columns) % columns || random.nextBoolean();
      cells[k] = open ? 0 : Double.NEGATIVE_INFINITY;
    }
    return new Doubles(1, rows, columns, cells);
  }
}
