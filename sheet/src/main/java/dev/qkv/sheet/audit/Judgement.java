package dev.qkv.sheet.audit;

import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said about a formula. */
public sealed interface Judgement {
  /**
   * The outcome.
   *
   * @return right, wrong or unchecked
   */
  Outcome outcome();

  /** The formula gives what the sheet's own gives. */
  record Right() implements Judgement {
    @Override
    public Outcome outcome() {
      return Outcome.RIGHT;
    }
  }

  /**
   * The formula is right where something is agreed that the exercise does not say.
   *
   * @param convention what is agreed
   */
  record Conventional(Message convention) implements Judgement {
    @Override
    public Outcome outcome() {
      return Outcome.RIGHT;
    }
  }

  /**
   * The formula is wrong.
   *
   * @param example numbers that show it; empty where only the shapes do
   * @param mistakes codes of the catalogued mistakes that it is
   */
  record Wrong(Optional<Example> example, List<String> mistakes) implements Judgement {
    @Override
    public Outcome outcome() {
      return Outcome.WRONG;
    }
  }

  /**
   * The formula could not be compared.
   *
   * @param reason why
   */
  record Unchecked(Message reason) implements Judgement {
    @Override
    public Outcome outcome() {
      return Outcome.UNCHECKED;
    }
  }

  /**
   * Numbers for which a formula gives something wrong.
   *
   * @param inputs the numbers, small and whole where that is possible
   * @param row the first cell that differs, from 1
   * @param column the first cell that differs, from 1
   * @param given what the formula gives there
   * @param right what is right there
   */
  record Example(Map<Quantity, Matrix> inputs, int row, int column, Value given, Value right) {}
}
