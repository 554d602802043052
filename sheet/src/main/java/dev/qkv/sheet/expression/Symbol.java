package dev.qkv.sheet.expression;

import dev.qkv.sheet.value.Markup;

/**
 * The sign of a quantity.
 *
 * @param plain for a terminal: {@code √d_k}, {@code ∂L/∂Q}
 * @param tex in TeX
 * @param mathml in MathML, one element
 */
public record Symbol(String plain, String tex, String mathml) {
  /**
   * A letter, or a letter with words below it.
   *
   * @param text as in {@code X}, {@code W_Q} or {@code d_model}
   * @return the symbol
   */
  public static Symbol of(String text) {
    int low = text.indexOf('_');
    if (low < 0) {
      return letter(text, text.length() == 1 ? text : "\\text{" + text + "}");
    }
    String index = text.substring(low + 1);
    String tex = index.length() == 1 ? index : "{\\text{" + index + "}}";
    Symbol base = of(text.substring(0, low));
    return new Symbol(
        text, base.tex + "_" + tex, "<msub>" + base.mathml + "<mi>" + index + "</mi></msub>");
  }

  /**
   * A letter that TeX has a name for.
   *
   * @param plain the letter
   * @param tex its name
   * @return the symbol
   */
  public static Symbol letter(String plain, String tex) {
    return new Symbol(plain, tex, "<mi>" + plain + "</mi>");
  }

  /**
   * The symbol of ∂L/∂x.
   *
   * @return this one as x
   */
  public Symbol gradient() {
    return new Symbol(
        "∂L/∂" + plain,
        "\\partial L/\\partial " + tex,
        "<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>" + mathml + "</mrow></mfrac>");
  }

  /**
   * The symbol with a prime.
   *
   * @return x′
   */
  public Symbol prime() {
    String base = tex.indexOf('^') >= 0 ? "{" + tex + "}" : tex;
    return new Symbol(plain + "′", base + "'", "<msup>" + mathml + "<mo>′</mo></msup>");
  }

  /**
   * The symbol with the number of a head above it.
   *
   * @param head from 1
   * @return Q⁽¹⁾
   */
  public Symbol head(int head) {
    String number = "^{(" + head + ")}";
    return new Symbol(
        plain + "⁽" + Script.superscript(head) + "⁾",
        tex.startsWith("\\partial") && tex.indexOf('^') < 0
            ? tex + number
            : "{" + tex + "}" + number,
        "<msup>" + mathml + "<mrow><mo>(</mo><mn>" + head + "</mn><mo>)</mo></mrow></msup>");
  }

  /**
   * The symbol with an index below it.
   *
   * @param row from 1; 0 for none
   * @param column from 1; 0 for none
   * @return S₁₂; with both 0 the symbol itself
   */
  public Symbol at(int row, int column) {
    if (row == 0 && column == 0) {
      return this;
    }
    boolean one = row == 0 || column == 0;
    String numbers = one ? "" + (row + column) : row + "," + column;
    String index = one ? Script.subscript(row + column) : Script.subscripts(row, column);
    return new Symbol(
        (isSimple() ? plain : "(" + plain + ")") + index,
        (tex.length() == 1 ? tex : "\\left(" + tex + "\\right)") + "_{" + numbers + "}",
        "<msub>" + mathml + "<mn>" + numbers + "</mn></msub>");
  }

  /** How tightly its characters hold together. */
  int strength() {
    return plain.indexOf('−') >= 0 ? Expr.SUM : isSimple() ? Expr.ATOM : Expr.FACTOR;
  }

  private boolean isSimple() {
    return plain.codePoints().noneMatch(c -> "/√ᵀ−·_".indexOf(c) >= 0);
  }

  /**
   * The symbol in a markup.
   *
   * @param markup which
   * @return its text
   */
  public String in(Markup markup) {
    return markup.of(plain, tex, mathml);
  }
}
