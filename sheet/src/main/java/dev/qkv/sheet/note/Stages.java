package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.worksheet.Exercise;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds to which setting of a question the lines of its answer belong, where the question has
 * several and the answer does not say: to that under which they are right.
 */
final class Stages {
  /** More settings than these no question has. */
  private static final int MOST_STAGES = 12;

  /** How often lines are tried under another setting, at most. */
  private static final int MOST_TRIALS = 120;

  private final Draft draft;
  private final List<Exercise> before;
  private final int told;
  private final int last;
  private int trials;

  private Stages(Draft draft, List<Exercise> before, int told, int last) {
    this.draft = draft;
    this.before = before;
    this.told = told;
    this.last = last;
  }

  /** Moves the lines of an answer to the settings under which they are right. */
  static void settle(Draft draft, List<Exercise> before, int told) {
    int last = Math.max(draft.lastStage(), draft.lastChoice());
    if (last > 0 && last < MOST_STAGES) {
      new Stages(draft, before, told, last).settle();
    }
  }

  private void settle() {
    List<List<Verdict>> verdicts = new ArrayList<>();
    for (int stage = 0; stage <= last; stage++) {
      verdicts.add(verdicts(draft, stage));
    }
    for (int line : lines()) {
      int stage = draft.stageOfAnswer(line);
      if (stage < 0 || count(verdicts.get(stage), line, Outcome.WRONG) == 0) {
        continue;
      }
      int better = better(line, stage);
      if (better != stage) {
        draft.move(line, better);
        verdicts.set(stage, verdicts(draft, stage));
      }
    }
  }

  /** The stage under which nothing of a line is wrong and more of it right; its own if none is. */
  private int better(int line, int stage) {
    for (int other = 0; other <= last && trials < MOST_TRIALS; other++) {
      if (other == stage) {
        continue;
      }
      trials++;
      draft.move(line, other);
      List<Verdict> moved = verdicts(draft, other);
      draft.move(line, stage);
      if (count(moved, line, Outcome.WRONG) == 0 && count(moved, line, Outcome.RIGHT) > 0) {
        return other;
      }
    }
    return stage;
  }

  private List<Verdict> verdicts(Draft part, int stage) {
    return Inheritance.best(part.at(stage), before, told, 0).verdicts();
  }

  private Iterable<Integer> lines() {
    TreeSet<Integer> lines = new TreeSet<>();
    draft.assertions.stream()
        .filter(a -> a.answer() && !Nature.isGiven(a.quantity()))
        .forEach(a -> lines.add(a.line()));
    lines.removeAll(draft.placed);
    return lines;
  }

  private static int count(List<Verdict> verdicts, int line, Outcome outcome) {
    int count = 0;
    for (Verdict verdict : verdicts) {
      if (verdict.claim().line() == line) {
        count += (int) verdict.count(outcome);
      }
    }
    return count;
  }
}
