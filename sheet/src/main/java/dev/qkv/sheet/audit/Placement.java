package dev.qkv.sheet.audit;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;

/**
 * Which cells of a quantity the numbers of a claim are for.
 *
 * @param places the cells, in the claim's order
 */
record Placement(List<Place> places) {
  /**
   * One number and its cell.
   *
   * @param row from 0
   * @param column from 0
   * @param claimed the number
   */
  record Place(int row, int column, Numeral claimed) {}

  /**
   * Finds the cells. A vector may be written as a row or as a column.
   *
   * @throws SheetException if the numbers do not fit the quantity
   */
  static Placement of(Claim.Numbers claim, Quantity quantity, Matrix computed) {
    List<List<Numeral>> numbers = claim.numbers();
    int rows = numbers.size();
    int columns = numbers.getFirst().size();
    int fromRow = claim.row().orElse(1) - 1;
    int fromColumn = claim.column().orElse(1) - 1;
    int wantedRows = claim.row().isPresent() ? 1 : computed.rows();
    int wantedColumns = claim.column().isPresent() ? 1 : computed.columns();
    boolean outside =
        fromRow < 0
            || fromColumn < 0
            || fromRow >= computed.rows()
            || fromColumn >= computed.columns();
    boolean straight = rows == wantedRows && columns == wantedColumns;
    boolean turned = rows == wantedColumns && columns == wantedRows && Math.min(rows, columns) == 1;
    if (outside || !(straight || turned)) {
      throw new SheetException(
          Message.of(
              "error.claim.shape",
              quantity.name(),
              outside ? computed.shape() : wantedRows + "×" + wantedColumns,
              outside
                  ? "(" + (fromRow + 1) + ", " + (fromColumn + 1) + ")"
                  : rows + "×" + columns));
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        places.add(
            new Place(
                fromRow + (straight ? i : j),
                fromColumn + (straight ? j : i),
                numbers.get(i).get(j)));
      }
    }
    return new Placement(places);
  }
}
