package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Symbol;

/** A number that is estimated, by sampling, rather than computed. */
public interface Estimate {
  /**
   * How it is written.
   *
   * @return its formula
   */
  Symbol formula();

  /**
   * The estimate.
   *
   * @param numbers what it depends on
   * @return the same number for the same numbers
   * @throws dev.qkv.sheet.message.SheetException for numbers that make no sense
   */
  double of(double... numbers);
}
