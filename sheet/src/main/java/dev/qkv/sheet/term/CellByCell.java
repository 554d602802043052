package dev.qkv.sheet.term;

/** An operation on several terms cell by cell: they are of one shape, or stand for every cell. */
sealed interface CellByCell extends Term permits Sum, Difference, Hadamard, Quotient, Power {
  @Override
  default Axis rows() {
    return Broadcast.rows(parts());
  }

  @Override
  default Axis columns() {
    return Broadcast.columns(parts());
  }

  @Override
  default Shape shape(Shapes shapes) {
    return Broadcast.shape(shapes, parts());
  }
}
