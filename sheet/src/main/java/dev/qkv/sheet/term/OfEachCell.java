package dev.qkv.sheet.term;

import java.util.List;

/** An operation on each cell of one term. */
sealed interface OfEachCell extends Term permits Negative, Root, Apply {
  /** What it is done to. */
  Term of();

  @Override
  default List<Term> parts() {
    return List.of(of());
  }

  @Override
  default Axis rows() {
    return of().rows();
  }

  @Override
  default Axis columns() {
    return of().columns();
  }

  @Override
  default Shape shape(Shapes shapes) {
    return shapes.of(of());
  }
}
