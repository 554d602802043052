package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.commentary.Remark;
import dev.qkv.sheet.commentary.Remarks;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One exercise of a worksheet.
 *
 * @param id its number or name
 * @param title its title without the number
 * @param line where it starts, from 1
 * @param prose its words
 * @param givens what it gives
 * @param choices what it says in words
 * @param tokens what its tokens are called, in order; empty where it does not say
 * @param goals what it asks; empty where it does not say
 * @param claims what its answer says
 * @param doubts why claims that look wrong may be right
 * @param issues what the reader has to say about it
 * @param read whether its names were read out of a note, where one may mean something else; in the
 *     native form they mean what they say
 */
public record Exercise(
    String id,
    String title,
    int line,
    String prose,
    List<Given> givens,
    Choices choices,
    List<String> tokens,
    List<Quantity> goals,
    List<Claim> claims,
    List<Doubt> doubts,
    List<Issue> issues,
    boolean read) {
  /**
   * The problem to solve.
   *
   * @return its givens and goals
   */
  public Problem problem() {
    Map<Quantity, Matrix> numbers = new LinkedHashMap<>();
    for (Given given : givens) {
      numbers.put(
          given.quantity(),
          given.quantity().equals(Quantities.MASK) ? given.additiveMask() : given.matrix());
    }
    return new Problem(numbers, choices, goals);
  }

  /** What is worth knowing about it, at the lines that it is about. */
  List<Issue> remarks() {
    if (givens.isEmpty() && claims.isEmpty()) {
      return List.of();
    }
    List<Issue> issues = new ArrayList<>();
    for (Remark remark : Remarks.of(problem(), claims)) {
      int at =
          remark
              .about()
              .flatMap(q -> givens.stream().filter(g -> g.quantity().equals(q)).findFirst())
              .map(Given::line)
              .orElse(remark.line().orElse(line));
      issues.add(new Issue(at, Issue.Kind.REMARK, remark.message()));
    }
    if (!tokens.isEmpty() && !fits(tokens, givens)) {
      issues.add(
          new Issue(line, Issue.Kind.REMARK, Message.of("remark.tokens", tokens.size(), rows())));
    }
    return issues;
  }

  /**
   * What the tokens along an axis are called.
   *
   * @param axis what is counted
   * @param size how many there are
   * @return their names in order, or nothing where they have none
   */
  public List<String> names(Axis axis, int size) {
    boolean others = givens.stream().anyMatch(g -> g.quantity().equals(Quantities.MEMORY));
    boolean named = axis == Axis.QUERY || (axis == Axis.KEY && !others);
    return named && tokens.size() == size ? tokens : List.of();
  }

  /**
   * Whether there are as many tokens as names in one of the givens.
   *
   * @param names what tokens are called
   * @param givens what is given
   * @return whether one of them has as many rows of tokens
   */
  public static boolean fits(List<String> names, List<Given> givens) {
    return givens.stream().anyMatch(g -> isOfTokens(g) && g.numbers().size() == names.size());
  }

  private static boolean isOfTokens(Given given) {
    Axis axis = given.quantity().rows();
    return axis == Axis.QUERY || axis == Axis.KEY;
  }

  /** How many tokens there are, for people. */
  private String rows() {
    return givens.stream()
        .filter(Exercise::isOfTokens)
        .map(g -> g.quantity().name() + " " + g.numbers().size())
        .collect(Collectors.joining(", "));
  }

  /**
   * The same exercise without the goals that its givens do not lead to. Words may speak of a
   * quantity without asking for its numbers, so this is a guess and is said.
   *
   * @return the exercise
   */
  public Exercise withReachableGoals() {
    if (goals.isEmpty()) {
      return this;
    }
    Sheet sheet;
    try {
      sheet = FormulaSheet.of(problem());
    } catch (SheetException e) {
      return this;
    }
    List<Quantity> reachable = goals.stream().filter(sheet::reaches).toList();
    List<Issue> said = new ArrayList<>(issues);
    for (Quantity goal : goals) {
      if (!reachable.contains(goal)) {
        said.add(new Issue(line, Issue.Kind.GUESS, Message.of("guess.unreachable", goal.name())));
      }
    }
    return with(givens, reachable, doubts, said, read);
  }

  /**
   * The same with other givens.
   *
   * @param others its givens then
   * @return the exercise
   */
  public Exercise withGivens(List<Given> others) {
    return with(others, goals, doubts, issues, read);
  }

  /**
   * The same with what another exercise gives, chooses and asks; what is given under the same name
   * keeps its line.
   *
   * @param other the exercise
   * @return this one's words and answer with that one's question
   */
  public Exercise withQuestionOf(Exercise other) {
    List<Given> placed =
        other.givens.stream().map(g -> new Given(g.quantity(), g.numbers(), lineOf(g))).toList();
    return new Exercise(
        id,
        title,
        line,
        prose,
        placed,
        other.choices,
        other.tokens,
        other.goals,
        claims,
        doubts,
        issues,
        read);
  }

  private int lineOf(Given other) {
    return givens.stream()
        .filter(g -> g.quantity().equals(other.quantity()))
        .findFirst()
        .map(Given::line)
        .orElse(line);
  }

  /**
   * The same with something more to say.
   *
   * @param issue what to say
   * @return the exercise
   */
  public Exercise withIssue(Issue issue) {
    List<Issue> said = new ArrayList<>(issues);
    said.add(issue);
    return with(givens, goals, doubts, said, read);
  }

  /**
   * This exercise with a reason to call nothing wrong.
   *
   * @param reason why
   * @return the exercise in doubt
   */
  public Exercise withDoubt(Message reason) {
    List<Doubt> all = new ArrayList<>(doubts);
    all.add(new Doubt(Optional.empty(), reason));
    return with(givens, goals, all, issues, read);
  }

  /**
   * This exercise as one that was read out of a note.
   *
   * @return the exercise, whose names may mean something else
   */
  public Exercise asRead() {
    return with(givens, goals, doubts, issues, true);
  }

  private Exercise with(
      List<Given> ownGivens,
      List<Quantity> ownGoals,
      List<Doubt> ownDoubts,
      List<Issue> ownIssues,
      boolean asRead) {
    return new Exercise(
        id,
        title,
        line,
        prose,
        ownGivens,
        choices,
        tokens,
        ownGoals,
        claims,
        List.copyOf(ownDoubts),
        List.copyOf(ownIssues),
        asRead);
  }
}
