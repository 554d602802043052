package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What was read of one exercise, before it is settled what is given and what is claimed. */
final class Draft {
  /** More equations than this no person writes in an exercise. */
  private static final int MOST = 1_000;

  /** Nor are more heads worked by hand. */
  static final int MOST_HEADS = 64;

  /** Letters that notes use for one thing or another. */
  private static final Set<Quantity> NAMED_FREELY =
      Set.of(
          Quantities.S,
          Quantities.EXPONENTIALS,
          Quantities.W,
          Quantities.O,
          Quantities.Y,
          Quantities.NORMALISED,
          Quantities.HIDDEN,
          Quantities.RMS);

  /** Settings that answers come back to by their values. */
  private static final Set<Quantity> SETTINGS =
      Set.of(Quantities.TEMPERATURE, Quantities.SCALE, Quantities.CAP);

  /** What names mean here, where it is not what they usually mean. */
  private final Map<Quantity, Quantity> meanings = new LinkedHashMap<>();

  final String id;
  final String title;
  final int line;
  final StringBuilder question = new StringBuilder();

  /** What the title and the question speak of. */
  final Set<Quantity> mentioned = new LinkedHashSet<>();

  final StringBuilder prose = new StringBuilder();
  final List<Assertion> assertions = new ArrayList<>();

  /** What was chosen in words, by the stage from which it holds. */
  final List<Chosen> said = new ArrayList<>();

  /** The stage at which a part of the question starts, by its label. */
  final Map<String, Integer> stages = new LinkedHashMap<>();

  /** Numbers of which it is not clear what they are. */
  final List<Loose> loose = new ArrayList<>();

  /** Lines of the answer of which its words say to which stage they belong. */
  final Set<Integer> placed = new HashSet<>();

  final Set<Quantity> asked = new LinkedHashSet<>();
  final List<Claim> statements = new ArrayList<>();
  final List<Issue> issues = new ArrayList<>();

  /** What each part of a question asks, by its label. */
  final Map<String, Quantity> parts = new LinkedHashMap<>();

  /** Arithmetic that was written out without a result, by what it is of. */
  final Map<Subject, Working> open = new LinkedHashMap<>();

  /** How many heads the words of a stage speak of. */
  final Map<Integer, Integer> headsAt = new LinkedHashMap<>();

  /** How many heads the words of this part speak of. */
  OptionalInt heads = OptionalInt.empty();

  /** What the question states, and so gives, though its other givens lead to something else. */
  final Set<Quantity> stated = new HashSet<>();

  /** Rows that the question asks for. */
  final Set<Integer> rows = new LinkedHashSet<>();

  /** Names of tokens, in the order in which they appear. */
  final Set<String> tokens = new LinkedHashSet<>();

  /** A choice and the stage from which it holds. */
  record Chosen(ChoiceGrammar.Said said, int stage) {}

  Draft(String id, String title, int line) {
    this.id = id;
    this.title = title;
    this.line = line;
    Concepts.in(title).forEach(m -> mentioned.add(m.quantity()));
  }

  /** Whether a quantity has numbers in the question. */
  boolean states(Quantity quantity) {
    return assertions.stream().anyMatch(a -> !a.answer() && a.quantity().equals(quantity));
  }

  /** Adds words to the question. */
  void ask(String words) {
    question.append(words).append('\n');
    Concepts.in(words).forEach(m -> mentioned.add(m.quantity()));
  }

  /** Adds an assertion; beyond what any exercise has, it is said that no more are read. */
  void add(Assertion assertion) {
    int head = assertion.quantity().head();
    if (head > MOST_HEADS) {
      issue(assertion.line(), Issue.Kind.GUESS, Message.of("guess.head", head, MOST_HEADS));
    } else if (assertions.size() < MOST) {
      assertions.add(assertion);
    } else {
      issue(line, Issue.Kind.GUESS, Message.of("guess.many", MOST));
    }
  }

  /** Adds numbers of which it is not clear what they are, within the same bounds. */
  void add(Loose numbers) {
    if (loose.size() < MOST) {
      loose.add(numbers);
    } else {
      issue(line, Issue.Kind.GUESS, Message.of("guess.many", MOST));
    }
  }

  /** Adds a claim that is no numbers, within the same bounds. */
  void add(Claim statement) {
    if (statements.size() < MOST) {
      statements.add(statement);
    } else {
      issue(line, Issue.Kind.GUESS, Message.of("guess.many", MOST));
    }
  }

  void issue(int at, Issue.Kind kind, Message message) {
    Issue issue = new Issue(at, kind, message);
    if (issues.size() < MOST && !issues.contains(issue)) {
      issues.add(issue);
    }
  }

  /** Takes a note at its word for what its name for a quantity means. */
  void means(Quantity name, Quantity made) {
    Quantity concept = name.head(0);
    boolean other =
        !concept.equals(made.head(0))
            && NAMED_FREELY.contains(concept)
            && concept.isScalar() == made.isScalar()
            && !Nature.isGiven(made);
    if (other) {
      meanings.put(concept, made.head(0));
    } else {
      meanings.remove(concept);
    }
  }

  /** A subject by what its name means in this note. */
  Subject meant(Subject subject) {
    if (subject.quantity().head(0).equals(Quantities.EXPONENTIALS.gradient())
        && !mentioned.contains(Quantities.EXPONENTIALS)) {
      return subject.with(Quantities.inHead(Quantities.D_S, subject.quantity().head()));
    }
    Quantity other = meanings.get(subject.quantity().head(0));
    return other == null
        ? subject
        : subject.with(Quantities.inHead(other, subject.quantity().head()));
  }

  /** Whether a word names a token, as cat does in q_cat. */
  boolean isToken(String word) {
    return tokens.contains(word)
        || assertions.stream()
            .anyMatch(a -> a.subject().single().equals(word) || a.subject().row().equals(word));
  }

  /** Names of tokens by which rows are told, in the order in which they appear. */
  Set<String> labels() {
    Set<String> labels = new LinkedHashSet<>();
    for (Assertion a : assertions) {
      for (String label : List.of(a.subject().row(), a.subject().single())) {
        if (label.length() > 1 && label.chars().allMatch(Character::isLetter)) {
          labels.add(label);
        }
      }
    }
    return labels;
  }

  /** Whether something that can follow from other things was asserted at a stage. */
  boolean hasResults(int stage) {
    return assertions.stream().anyMatch(a -> a.stage() == stage && !Nature.isGiven(a.quantity()));
  }

  /** The stage that has a setting already; empty if none has, or several. */
  OptionalInt stageOf(Subject subject, List<List<Numeral>> numbers) {
    if (!subject.isWhole() || !SETTINGS.contains(subject.quantity())) {
      return OptionalInt.empty();
    }
    int[] stages =
        assertions.stream()
            .filter(a -> !a.answer() && a.subject().equals(subject) && !a.numbers().isEmpty())
            .filter(a -> ExerciseBuilder.sameValues(a.numbers(), numbers))
            .mapToInt(Assertion::stage)
            .distinct()
            .toArray();
    return stages.length == 1 ? OptionalInt.of(stages[0]) : OptionalInt.empty();
  }

  /** The last stage of which something is claimed. */
  int lastStage() {
    return Math.max(
        assertions.stream().mapToInt(Assertion::stage).max().orElse(0),
        loose.stream().mapToInt(Loose::stage).max().orElse(0));
  }

  /** The last stage from which something is chosen in words. */
  int lastChoice() {
    return said.stream().mapToInt(Chosen::stage).max().orElse(0);
  }

  /** The stage of what an answer says on a line; −1 if it says nothing there. */
  int stageOfAnswer(int at) {
    return assertions.stream()
        .filter(a -> a.answer() && a.line() == at)
        .mapToInt(Assertion::stage)
        .findFirst()
        .orElse(-1);
  }

  /** Moves what an answer says on a line to a stage. */
  void move(int at, int stage) {
    assertions.replaceAll(a -> a.answer() && a.line() == at ? a.at(stage) : a);
    loose.replaceAll(l -> l.answer() && l.line() == at ? l.at(stage) : l);
  }

  /** Whether another width of the model comes between two stages. */
  private boolean isReset(int from, int to) {
    return assertions.stream()
        .anyMatch(
            a -> a.stage() > from && a.stage() <= to && a.quantity().equals(Quantities.D_MODEL));
  }

  /** What holds at a stage: givens up to it, of which the last count, and its own results. */
  Draft at(int stage) {
    Draft part = new Draft(id, title, line);
    part.question.append(question);
    part.prose.append(prose);
    for (Assertion a : assertions) {
      boolean given = Nature.isGiven(a.quantity());
      boolean stale =
          a.stage() < stage
              && ((a.answer() && a.quantity().equals(Quantities.D_K))
                  || (a.quantity().equals(Quantities.HEADS) && isReset(a.stage(), stage)));
      if (stale) {
        continue;
      }
      boolean replaced =
          given
              && assertions.stream()
                  .anyMatch(
                      b ->
                          b.stage() > a.stage()
                              && b.stage() <= stage
                              && b.quantity().equals(a.quantity())
                              && b.subject().equals(a.subject()));
      if (a.stage() == stage || (given && a.stage() < stage && !replaced)) {
        part.assertions.add(a);
      }
    }
    if (headsAt.containsKey(stage)) {
      part.heads = OptionalInt.of(headsAt.getOrDefault(stage, 0));
    }
    said.stream().filter(s -> s.stage() <= stage).forEach(part.said::add);
    loose.stream().filter(l -> l.stage() == stage).forEach(part.loose::add);
    part.asked.addAll(asked);
    part.tokens.addAll(tokens);
    if (stage == 0) {
      part.issues.addAll(issues);
    }
    statements.stream().filter(s -> stage == lastStage()).forEach(part.statements::add);
    return part;
  }

  boolean isEmpty() {
    return loose.isEmpty()
        && assertions.isEmpty()
        && statements.isEmpty()
        && issues.isEmpty()
        && asked.isEmpty();
  }
}
