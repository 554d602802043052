package dev.qkv.sheet.note;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Doubt;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Collects what a reader finds about one exercise. */
final class ExerciseBuilder {
  private final String id;
  private final String title;
  private final int line;
  private final StringBuilder prose = new StringBuilder();
  private final Map<Quantity, Given> givens = new LinkedHashMap<>();
  private final Map<Quantity, SortedMap<Integer, Given>> rows = new LinkedHashMap<>();
  private final SortedMap<Integer, SortedSet<Integer>> kept = new TreeMap<>();
  private final Set<Quantity> goals = new LinkedHashSet<>();
  private final List<Claim> claims = new ArrayList<>();
  private final List<Issue> issues = new ArrayList<>();
  private Issue.Kind unusable = Issue.Kind.ERROR;
  private final List<Doubt> doubts = new ArrayList<>();
  private final Map<String, String> chosen = new HashMap<>();
  private List<String> tokens = List.of();
  private Choices choices = Choices.USUAL;

  ExerciseBuilder(String id, String title, int line) {
    this.id = id;
    this.title = title;
    this.line = line;
  }

  void tokens(List<String> names) {
    tokens = names;
  }

  void prose(String text) {
    prose.append(text);
  }

  String prose() {
    return prose.toString();
  }

  int line() {
    return line;
  }

  void issue(int at, Issue.Kind kind, Message message) {
    Issue issue = new Issue(at, kind, message);
    if (!issues.contains(issue)) {
      issues.add(issue);
    }
  }

  /** In notes nothing makes an exercise unusable: what does not fit is left out, which is said. */
  void forNotes() {
    unusable = Issue.Kind.GUESS;
  }

  void error(int at, Message message) {
    issue(at, unusable, message);
  }

  /** The number of the only row that is given, as of a lone query q₂; empty for several. */
  OptionalInt onlyRow(Quantity quantity) {
    SortedMap<Integer, Given> byRow = rows.get(quantity);
    return byRow != null && byRow.size() == 1
        ? OptionalInt.of(byRow.firstKey())
        : OptionalInt.empty();
  }

  void given(Quantity quantity, List<List<Numeral>> numbers, int at) {
    boolean one = numbers.size() == 1 && numbers.getFirst().size() == 1;
    boolean cases = quantity.columns() == Axis.CASE && numbers.size() == 1;
    if ((quantity.isScalar() || quantity.columns() == Axis.CASE) && !one && !cases) {
      error(
          at,
          Message.of(
              "error.given.scalar",
              quantity.name(),
              numbers.size() + "×" + numbers.getFirst().size()));
      return;
    }
    Given before = givens.putIfAbsent(quantity, new Given(quantity, numbers, at));
    if (before != null && !before.numbers().equals(numbers)) {
      if (quantity.columns() == Axis.CASE && one) {
        List<Numeral> several = new ArrayList<>(before.numbers().getFirst());
        if (several.stream()
            .noneMatch(c -> c.value().equals(numbers.getFirst().getFirst().value()))) {
          several.add(numbers.getFirst().getFirst());
        }
        givens.put(quantity, new Given(quantity, List.of(several), before.line()));
      } else if (!sameValues(before.numbers(), numbers)) {
        error(at, Message.of("error.given.twice", quantity.name(), before.line()));
      }
    }
  }

  static boolean sameValues(List<List<Numeral>> a, List<List<Numeral>> b) {
    return values(a).equals(values(b));
  }

  private static List<List<Object>> values(List<List<Numeral>> numbers) {
    return numbers.stream().map(row -> row.stream().map(n -> (Object) n.value()).toList()).toList();
  }

  void givenRow(Quantity quantity, int row, List<Numeral> numbers, int at) {
    rows.computeIfAbsent(quantity, q -> new TreeMap<>())
        .putIfAbsent(row, new Given(quantity, List.of(numbers), at));
  }

  boolean isGivenWhole(Quantity quantity) {
    return givens.containsKey(quantity);
  }

  /** Whether a row is given by itself. */
  boolean isGivenRow(Quantity quantity, int row) {
    SortedMap<Integer, Given> byRow = rows.get(quantity);
    return byRow != null && byRow.containsKey(row);
  }

  /** How many rows are given; 0 for none. */
  int rows(Quantity quantity) {
    Given whole = givens.get(quantity);
    SortedMap<Integer, Given> byRow = rows.get(quantity);
    return whole != null ? whole.numbers().size() : byRow == null ? 0 : byRow.size();
  }

  /** How many columns are given; 0 for none. */
  int columns(Quantity quantity) {
    Given whole = givens.get(quantity);
    SortedMap<Integer, Given> byRow = rows.get(quantity);
    if (whole != null) {
      return whole.numbers().getFirst().size();
    }
    return byRow == null ? 0 : byRow.values().iterator().next().numbers().getFirst().size();
  }

  /** Writes a given row as a column. */
  void turn(Quantity quantity) {
    givens.computeIfPresent(
        quantity,
        (q, given) ->
            new Given(q, given.numbers().getFirst().stream().map(List::of).toList(), given.line()));
  }

  /** The problem as far as it is known. */
  Problem problem() {
    return copy().build().problem();
  }

  /** What may be another thing than it says, so that it cannot be called wrong. */
  void doubt(Claim claim, Message reason) {
    doubts.add(new Doubt(Optional.of(claim), reason));
  }

  /** A doubt about everything in the exercise. */
  void doubt(Message reason) {
    doubts.add(new Doubt(Optional.empty(), reason));
  }

  /** Takes what was given as one quantity for another. */
  void turn(Quantity from, Quantity to) {
    Given given = givens.remove(from);
    if (given != null) {
      givens.put(to, new Given(to, given.numbers(), given.line()));
    }
  }

  boolean isGiven(Quantity quantity) {
    return givens.containsKey(quantity) || rows.containsKey(quantity);
  }

  List<List<Numeral>> numbers(Quantity quantity) {
    Given given = givens.get(quantity);
    return given == null ? List.of() : given.numbers();
  }

  /** What was chosen first under a name; these words, if nothing was. */
  String chosen(String name, String words) {
    String before = chosen.putIfAbsent(name, words);
    return before == null ? words : before;
  }

  void choose(UnaryOperator<Choices> choice) {
    choices = choice.apply(choices);
  }

  Masking masking() {
    return choices.masking();
  }

  void keep(int query, SortedSet<Integer> keys) {
    kept.put(query, keys);
    choices = choices.with(new Masking.Keep(kept));
  }

  void goal(Quantity quantity) {
    goals.add(quantity);
  }

  void claim(Claim claim) {
    claims.add(claim);
  }

  /** Whether the same numbers are claimed for the same cells already. */
  boolean claims(Claim.Numbers claim) {
    return claims.stream()
        .anyMatch(
            c ->
                c instanceof Claim.Numbers other
                    && other.line() == claim.line()
                    && other.quantity().equals(claim.quantity())
                    && other.row().equals(claim.row())
                    && other.column().equals(claim.column())
                    && sameValues(other.numbers(), claim.numbers()));
  }

  boolean hasContent() {
    return !givens.isEmpty() || !rows.isEmpty() || !claims.isEmpty() || !issues.isEmpty();
  }

  /** The same as far as it has been read; rows that are put together there are rows here. */
  private ExerciseBuilder copy() {
    ExerciseBuilder copy = new ExerciseBuilder(id, title, line);
    copy.givens.putAll(givens);
    copy.rows.putAll(rows);
    copy.goals.addAll(goals);
    copy.unusable = unusable;
    copy.choices = choices;
    return copy;
  }

  /** The exercise, with rows put together. */
  Exercise build() {
    rows.forEach(this::assemble);
    for (Given given : givens.values()) {
      if (given.quantity().equals(Quantities.MASK) && given.isKeepMask()) {
        issue(given.line(), Issue.Kind.GUESS, Message.of("guess.keep"));
      }
    }
    return new Exercise(
        id,
        title,
        line,
        prose.toString().strip(),
        List.copyOf(givens.values()),
        choices,
        tokens(),
        List.copyOf(goals),
        List.copyOf(claims),
        List.copyOf(doubts),
        List.copyOf(issues),
        false);
  }

  /** Words that a note tells its rows by are the tokens' names where there are as many of both. */
  private List<String> tokens() {
    boolean said = unusable == Issue.Kind.ERROR;
    boolean read = tokens.size() > 1 && Exercise.fits(tokens, List.copyOf(givens.values()));
    return said || read ? tokens : List.of();
  }

  private void assemble(Quantity quantity, SortedMap<Integer, Given> byRow) {
    Given first = byRow.get(byRow.firstKey());
    int at = first == null ? line : first.line();
    boolean lone =
        unusable != Issue.Kind.ERROR && quantity.equals(Quantities.Q) && byRow.size() == 1;
    if (!lone && (byRow.firstKey() != 1 || byRow.lastKey() != byRow.size())) {
      error(at, Message.of("error.rows.missing", quantity.name(), byRow.keySet().toString()));
      return;
    }
    List<List<Numeral>> all = byRow.values().stream().map(g -> g.numbers().getFirst()).toList();
    int width = all.getFirst().size();
    for (Given row : byRow.values()) {
      if (row.numbers().getFirst().size() != width) {
        error(
            row.line(),
            Message.of("error.ragged", row.line(), width, row.numbers().getFirst().size()));
        return;
      }
    }
    given(quantity, all, at);
  }
}
