package dev.qkv.sheet.value;

/** What numbers and formulas are written in. */
public enum Markup {
  /** Plain characters, for a terminal. */
  PLAIN,
  /** TeX, for a note. */
  TEX,
  /** Presentation MathML, for a page. */
  MATHML;

  /**
   * One of three ways of writing the same thing.
   *
   * @param plain in plain characters
   * @param tex in TeX
   * @param mathml in MathML
   * @return the one for this markup
   */
  public String of(String plain, String tex, String mathml) {
    return this == PLAIN ? plain : this == TEX ? tex : mathml;
  }
}
