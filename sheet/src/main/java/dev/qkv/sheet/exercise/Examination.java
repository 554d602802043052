package dev.qkv.sheet.exercise;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Audit;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tries every mistake, and every pair of them, on a problem. */
final class Examination {
  /** Numbers that differ by less than this, for their size, are the same. */
  private static final double SAME = 1e-9;

  private final int decimals;
  private final Sheet sheet;
  private final List<Quantity> goals;
  private final Map<Quantity, Doubles> own = new HashMap<>();
  private final List<Map<Quantity, Doubles>> worlds;
  private final Audit audit;
  private final Answers right;
  private final List<Answers> rightInGeneral = new ArrayList<>();

  /** Mistakes that are the same whatever the numbers are, the first for all. */
  private final List<Kindred> kindreds = new ArrayList<>();

  /** Mistakes on the way that no numbers show. */
  private final Set<String> hidden = new TreeSet<>();

  /** Mistakes with what they lead to in general and here. */
  private record Kindred(
      List<Mistake> mistakes, List<Answers> inGeneral, Answers here, boolean shows) {
    List<String> codes() {
      return List.copyOf(new TreeSet<>(mistakes.stream().map(Mistake::code).toList()));
    }
  }

  Examination(Problem problem, int decimals) {
    this.decimals = decimals;
    this.sheet = FormulaSheet.of(problem);
    this.goals = problem.goals();
    problem.givens().forEach((quantity, numbers) -> own.put(quantity, Doubles.of(numbers)));
    this.worlds = GeneralNumbers.of(problem);
    this.audit = Audit.ofOutcomes(problem);
    this.right = Answers.of(sheet, own, goals).orElseThrow(this::unanswered);
    for (Map<Quantity, Doubles> world : worlds) {
      rightInGeneral.add(Answers.of(sheet, world, goals).orElseThrow(this::unanswered));
    }
    for (Mistake mistake : MistakeCatalogue.of(problem)) {
      tried(mistake.alternatives())
          .ifPresent(
              found -> {
                if (found.shows()) {
                  join(mistake, found);
                } else {
                  hidden.add(mistake.code());
                }
              });
    }
  }

  private SheetException unanswered() {
    return new SheetException(
        Message.of(
            "error.certificate.goals",
            String.join(", ", goals.stream().map(Quantity::name).toList())));
  }

  /** What wrong formulas lead to; nothing where they have to do with nothing that is asked. */
  private Optional<Kindred> tried(List<Equation> alternatives) {
    Sheet wrong = sheet.with(alternatives);
    Set<Equation> changed = new HashSet<>(alternatives);
    if (wrong.plan(goals).stream().noneMatch(changed::contains)) {
      return Optional.empty();
    }
    Optional<Answers> here = Answers.of(wrong, own, goals);
    List<Answers> inGeneral = new ArrayList<>();
    boolean differs = false;
    for (int w = 0; w < worlds.size(); w++) {
      Optional<Answers> there = Answers.of(wrong, worlds.get(w), goals);
      if (there.isEmpty()) {
        return Optional.empty();
      }
      inGeneral.add(there.get());
      differs |= there.get().differsFrom(rightInGeneral.get(w), SAME, SAME);
    }
    boolean shows = differs;
    return here.map(h -> new Kindred(List.of(), inGeneral, h, shows));
  }

  private void join(Mistake mistake, Kindred found) {
    for (int k = 0; k < kindreds.size(); k++) {
      Kindred other = kindreds.get(k);
      if (isSame(other.inGeneral(), found.inGeneral())) {
        List<Mistake> all = new ArrayList<>(other.mistakes());
        all.add(mistake);
        kindreds.set(k, new Kindred(List.copyOf(all), other.inGeneral(), other.here(), true));
        return;
      }
    }
    kindreds.add(new Kindred(List.of(mistake), found.inGeneral(), found.here(), true));
  }

  private static boolean isSame(List<Answers> one, List<Answers> other) {
    for (int w = 0; w < one.size(); w++) {
      if (one.get(w).differsFrom(other.get(w), SAME, SAME)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an answer, written to the decimals, is judged wrong. */
  private boolean shows(Answers wrong) {
    double step = Math.pow(10, -decimals);
    if (!wrong.differsFrom(right, step / 4, 0)) {
      return false;
    }
    for (int k = 0; k < goals.size(); k++) {
      Quantity goal = goals.get(k);
      for (Claim.Numbers claim : WrittenAnswer.of(goal, wrong.goals().get(k), decimals)) {
        if (isWrong(claim)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isWrong(Claim claim) {
    try {
      return audit.judge(claim).outcome() == Outcome.WRONG;
    } catch (SheetException e) {
      return true; // another shape
    }
  }

  Certificate certificate() {
    Set<String> told = new TreeSet<>();
    Set<String> unnoticed = new TreeSet<>();
    List<List<String>> same = new ArrayList<>();
    List<Kindred> shown = new ArrayList<>();
    for (Kindred kindred : kindreds) {
      if (shows(kindred.here())) {
        told.addAll(kindred.codes());
        shown.add(kindred);
      } else {
        unnoticed.addAll(kindred.codes());
      }
      if (kindred.codes().size() > 1) {
        same.add(kindred.codes());
      }
    }
    told.removeAll(unnoticed);
    return new Certificate(
        decimals,
        List.copyOf(told),
        List.copyOf(unnoticed),
        alike(shown),
        same,
        hiddenOnly(told, unnoticed),
        cancelling(shown));
  }

  /** Made on the way, and shown in no other place where it can be made. */
  private List<String> hiddenOnly(Set<String> told, Set<String> unnoticed) {
    return hidden.stream().filter(c -> !told.contains(c) && !unnoticed.contains(c)).toList();
  }

  /** Those whose answers differ in general, but not here by two steps of the last decimal. */
  private List<List<String>> alike(List<Kindred> shown) {
    double step = 2 * Math.pow(10, -decimals);
    List<List<String>> groups = new ArrayList<>();
    for (int a = 0; a < shown.size(); a++) {
      Set<String> group = new TreeSet<>(shown.get(a).codes());
      for (int b = a + 1; b < shown.size(); b++) {
        if (!shown.get(a).here().differsFrom(shown.get(b).here(), step, 0)) {
          group.addAll(shown.get(b).codes());
        }
      }
      if (group.size() > shown.get(a).codes().size()) {
        groups.add(List.copyOf(group));
      }
    }
    return groups;
  }

  /** Pairs in different steps, each of which alone is seen, and together not. */
  private List<List<String>> cancelling(List<Kindred> shown) {
    Set<List<String>> pairs = new LinkedHashSet<>();
    for (int a = 0; a < shown.size(); a++) {
      for (int b = a + 1; b < shown.size(); b++) {
        Mistake one = shown.get(a).mistakes().getFirst();
        Mistake other = shown.get(b).mistakes().getFirst();
        if (touch(one, other)) {
          continue;
        }
        List<Equation> both = new ArrayList<>(one.alternatives());
        both.addAll(other.alternatives());
        if (tried(both).filter(t -> t.shows() && !shows(t.here())).isPresent()) {
          pairs.add(List.of(one.code(), other.code()));
        }
      }
    }
    return List.copyOf(pairs);
  }

  private static boolean touch(Mistake one, Mistake other) {
    Set<Quantity> changed = new HashSet<>();
    one.alternatives().forEach(e -> changed.add(e.output()));
    return other.alternatives().stream().anyMatch(e -> changed.contains(e.output()));
  }
}
