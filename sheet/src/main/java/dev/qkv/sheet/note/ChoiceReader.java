package dev.qkv.sheet.note;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.note.language.ChoiceGrammar.Said;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Applies what an exercise says in words: scaling and masks. */
final class ChoiceReader {
  private final Draft draft;
  private final ExerciseBuilder exercise;
  private final int keys;
  private final int queries;

  ChoiceReader(Draft draft, ExerciseBuilder exercise, int keys, int queries) {
    this.draft = draft;
    this.exercise = exercise;
    this.keys = keys;
    this.queries = queries;
  }

  void apply() {
    boolean scores =
        exercise.isGiven(Quantities.Q)
            || exercise.isGiven(Quantities.K)
            || exercise.isGiven(Quantities.X)
            || exercise.isGiven(Quantities.S)
            || exercise.isGiven(Quantities.DOT)
            || exercise.isGiven(Quantities.Q.head(1));
    List<Said> said = new ArrayList<>();
    draft.said.reversed().forEach(chosen -> said.add(chosen.said()));
    if (exercise.isGiven(Quantities.MASK)) {
      exercise.choose(c -> c.with(new Masking.Given()));
    }
    if (!scores) {
      return;
    }
    if (exercise.isGiven(Quantities.SCALE)) {
      exercise.choose(c -> c.with(Choices.Scaling.FACTOR));
    } else {
      scaling(said);
    }
    if (!exercise.isGiven(Quantities.MASK)) {
      masking(said);
    }
  }

  private void scaling(List<Said> said) {
    for (Said one : said) {
      if (one instanceof ChoiceGrammar.Factor factor && factor(factor)) {
        return;
      }
      if (one instanceof ChoiceGrammar.Scaling scaling) {
        if (!scaling.scaled()) {
          exercise.choose(c -> c.with(Choices.Scaling.NONE));
          guess("guess.unscaled", scaling.words());
          return;
        }
        if (stages() > 1) {
          return;
        }
      }
    }
  }

  /** How many settings the choices come from. */
  private long stages() {
    return draft.said.stream().mapToInt(Draft.Chosen::stage).distinct().count();
  }

  private boolean factor(ChoiceGrammar.Factor factor) {
    if (exercise.isGiven(Quantities.SCALE)) {
      return true;
    }
    String written = factor.number();
    int width = Math.max(exercise.columns(Quantities.Q), exercise.columns(Quantities.K));
    written = written.replaceAll("d_?\\{?k\\}?", String.valueOf(width));
    try {
      Value value = ValueParser.whole(written, 0, written.length()).getFirst().getFirst().value();
      boolean divisor =
          !factor.divides()
              && value.toDouble() >= 1
              && !factor.words().matches("(?is).*(?:乘|multipl).*");
      if (divisor) {
        return false;
      }
      Value factored = factor.divides() ? Value.of(1).dividedBy(value) : value;
      exercise.given(
          Quantities.SCALE,
          List.of(
              List.of(
                  new Numeral(
                      factor.divides() ? "1/" + written : written,
                      -1,
                      factored,
                      OptionalInt.empty()))),
          draft.line);
    } catch (Unreadable | ArithmeticException e) {
      return false;
    }
    exercise.choose(c -> c.with(Choices.Scaling.FACTOR));
    guess("guess.factor", factor.words());
    return true;
  }

  /** What is said of masks last counts; a mask that is taken back takes all before it along. */
  private void masking(List<Said> said) {
    List<Said> valid = new ArrayList<>();
    Optional<ChoiceGrammar.Causal> causal = Optional.empty();
    for (Said one : said) {
      if (one instanceof ChoiceGrammar.Causal found) {
        causal = causal.or(() -> Optional.of(found));
        if (!found.masked()) {
          break;
        }
      }
      valid.addFirst(one);
    }
    boolean masked = causal.filter(ChoiceGrammar.Causal::masked).isPresent();
    SortedMap<Integer, SortedSet<Integer>> kept = new TreeMap<>();
    for (Said one : valid) {
      if (one instanceof ChoiceGrammar.Keys chosen) {
        keys(chosen, kept, masked);
      }
    }
    if (!kept.isEmpty()) {
      kept.forEach(exercise::keep);
    } else if (masked) {
      OptionalInt lone = exercise.onlyRow(Quantities.Q);
      if (lone.isPresent() && keys > 0) {
        exercise.keep(1, upTo(lone.getAsInt()));
      } else {
        exercise.choose(c -> c.with(new Masking.Causal(Alignment.UNSAID)));
      }
      guess("guess.causal", causal.get().words());
    } else if (causal.isEmpty()) {
      for (Said one : valid) {
        if (one instanceof ChoiceGrammar.Unclear unclear) {
          guess("guess.unclear", unclear.words());
          exercise.doubt(Message.of("doubt.unclear", unclear.words()));
        }
      }
    }
  }

  private void keys(
      ChoiceGrammar.Keys chosen, SortedMap<Integer, SortedSet<Integer>> kept, boolean causal) {
    TreeSet<Integer> listed = new TreeSet<>(chosen.keys());
    if (listed.isEmpty() && keys > 0) {
      listed.add(keys);
    }
    OptionalInt query = chosen.query();
    int from = query.orElse(1);
    int to = query.orElse(Math.max(1, queries));
    if (listed.isEmpty() || from < 1 || listed.first() < 1 || (keys > 0 && listed.last() > keys)) {
      return;
    }
    for (int i = from; i <= to; i++) {
      SortedSet<Integer> seen = kept.get(i);
      if (chosen.seen()) {
        kept.put(i, listed);
      } else if (keys > 0) {
        SortedSet<Integer> rest = new TreeSet<>(seen == null ? upTo(causal ? i : keys) : seen);
        rest.removeAll(listed);
        if (!rest.isEmpty()) {
          kept.put(i, rest);
        }
      }
    }
    guess("guess.kept", chosen.words());
  }

  private SortedSet<Integer> upTo(int last) {
    TreeSet<Integer> keys = new TreeSet<>();
    for (int k = 1; k <= Math.min(last, this.keys); k++) {
      keys.add(k);
    }
    return keys;
  }

  private void guess(String key, String words) {
    String plain = words.replace("$", "").replaceAll("\\s+", " ").strip();
    exercise.issue(
        draft.line,
        Issue.Kind.GUESS,
        Message.of(key, plain.length() > 80 ? plain.substring(0, 80) + "…" : plain));
  }
}
