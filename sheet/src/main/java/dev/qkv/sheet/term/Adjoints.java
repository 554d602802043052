package dev.qkv.sheet.term;

/** Collects what the gradient of a formula's output contributes to the gradients of its inputs. */
public interface Adjoints {
  /**
   * A contribution.
   *
   * @param input an input of the formula
   * @param gradient what it adds to the input's gradient, in the input's shape
   */
  void add(Quantity input, Term gradient);

  /**
   * A contribution to some columns of an input.
   *
   * @param input an input of the formula
   * @param part which share of its columns, from 1
   * @param gradient what it adds there
   */
  void addShare(Quantity input, int part, Term gradient);
}
