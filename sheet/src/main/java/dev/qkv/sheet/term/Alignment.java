package dev.qkv.sheet.term;

/** Where the diagonal of a causal mask lies when there are more keys than queries. */
public enum Alignment {
  /** Nobody said; fine while there are as many queries as keys. */
  UNSAID,
  /** Query i sees keys up to i. */
  UPPER_LEFT,
  /** The last query sees every key. */
  BOTTOM_RIGHT;

  /**
   * The other corner.
   *
   * @return unsaid where nobody said
   */
  public Alignment other() {
    return this == UNSAID ? UNSAID : this == UPPER_LEFT ? BOTTOM_RIGHT : UPPER_LEFT;
  }

  /** How far the diagonal is shifted to the right. */
  int shift(Shape scores) {
    return this == BOTTOM_RIGHT ? scores.columns() - scores.rows() : 0;
  }

  /** The shift, as formulas write it behind i. */
  String plain() {
    return this == BOTTOM_RIGHT ? " + n_K − n_Q" : "";
  }

  String tex() {
    return this == BOTTOM_RIGHT ? "+n_K-n_Q" : "";
  }

  String mathml() {
    return this == BOTTOM_RIGHT
        ? "<mo>+</mo><msub><mi>n</mi><mi>K</mi></msub><mo>−</mo><msub><mi>n</mi><mi>Q</mi></msub>"
        : "";
  }

  /** The rule that an alignment that nobody named cannot matter. */
  void check(String rule, Shapes shapes, Shape scores) {
    if (this == UNSAID && scores.rows() != scores.columns()) {
      throw shapes.fault(rule, scores.rows(), scores.columns());
    }
  }
}
