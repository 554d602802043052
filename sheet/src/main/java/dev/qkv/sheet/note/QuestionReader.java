package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Lines;
import dev.qkv.sheet.note.language.Lexicon;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what a pasted exercise gives and asks, from its formulas and its words. */
final class QuestionReader {
  private final String text;
  private final Lines lines;
  private final ExerciseBuilder exercise;
  private final Set<Quantity> asked = new LinkedHashSet<>();
  private boolean heads;

  QuestionReader(String text, Lines lines, ExerciseBuilder exercise) {
    this.text = text;
    this.lines = lines;
    this.exercise = exercise;
  }

  /**
   * Reads the question.
   *
   * @param heading its heading's words
   * @param body its lines
   * @param tables its tables
   */
  void read(String heading, List<Integer> body, List<NoteTable> tables) {
    StringBuilder words = new StringBuilder();
    body.forEach(line -> words.append(lines.line(line)).append('\n'));
    String question = words.toString();
    heads = Lexicon.speaksOfHeads(heading + question);
    for (NoteTable table : tables) {
      for (NoteTable.Column column : table.columns()) {
        exercise.given(column.quantity(), column.numbers(), table.line());
      }
    }
    for (int line : body) {
      for (Clause clause :
          Clause.of(text, PastedReader.contentStart(text, lines, line), lines.end(line))) {
        clause(clause, line);
      }
      if (Lexicon.asks(lines.line(line))) {
        asked.addAll(Lexicon.quantities(lines.line(line)));
      }
    }
    choices(heading, question);
    goals(question);
  }

  private void clause(Clause clause, int line) {
    for (Clause.Part part : clause.parts()) {
      Unreadable why = clause.unreadable(part);
      if (why != null) {
        exercise.error(lines.of(why.at()), why.reason());
        return;
      }
    }
    for (Clause.Equation equation : clause.equations()) {
      List<List<Numeral>> value = equation.value();
      if (value == null || !clause.isEquation()) {
        asks(equation.references(), line);
      } else if (equation.references().isEmpty()) {
        exercise.issue(line, Issue.Kind.GUESS, Message.of("guess.ignored", clause.words()));
      } else {
        equation.references().forEach(reference -> give(reference, value, line));
      }
    }
  }

  private void asks(List<Names.Reference> references, int line) {
    if (Lexicon.asks(lines.line(line))) {
      references.forEach(r -> asked.add(heads ? r.asHead().quantity() : r.quantity()));
    }
  }

  private void give(Names.Reference reference, List<List<Numeral>> value, int line) {
    boolean head = reference.headOrRow() && (heads || value.size() > 1);
    Names.Reference meant = head ? reference.asHead() : reference;
    if (meant.column().isPresent()) {
      exercise.error(line, Message.of("error.given.cell", meant.quantity().name()));
    } else if (meant.row().isPresent()) {
      boolean column = value.getFirst().size() == 1;
      List<Numeral> row = column ? value.stream().map(List::getFirst).toList() : value.getFirst();
      if (!column && value.size() > 1) {
        exercise.error(line, Message.of("error.given.row", meant.quantity().name()));
        return;
      }
      exercise.givenRow(meant.quantity(), meant.row().getAsInt(), row, line);
    } else {
      exercise.given(meant.quantity(), value, line);
    }
  }

  private void choices(String heading, String question) {
    String all = heading + "\n" + question;
    boolean scores =
        exercise.isGiven(Quantities.Q)
            || exercise.isGiven(Quantities.K)
            || exercise.isGiven(Quantities.X);
    Optional<String> unscaled = Lexicon.unscaled(all);
    if (unscaled.isPresent() && scores) {
      exercise.choose(c -> c.with(Choices.Scaling.NONE));
      guess("guess.unscaled", unscaled.get());
    }
    Optional<String> causal = Lexicon.causal(all);
    if (causal.isPresent() && scores) {
      exercise.choose(c -> c.with(new Masking.Causal(Alignment.UNSAID)));
      guess("guess.causal", causal.get());
    }
    for (Lexicon.Kept kept : Lexicon.kept(question)) {
      exercise.keep(kept.query(), kept.keys());
      guess("guess.kept", kept.words().replace("$", ""));
    }
    OptionalInt count = Lexicon.heads(question);
    boolean parts =
        exercise.isGiven(Quantities.Z.head(1)) || exercise.isGiven(Quantities.Q.head(1));
    if (count.isPresent()
        && count.getAsInt() > 1
        && !parts
        && !exercise.isGiven(Quantities.HEADS)) {
      Value h = Value.of(count.getAsInt());
      exercise.given(
          Quantities.HEADS,
          List.of(List.of(new Numeral(String.valueOf(count.getAsInt()), -1, h, OptionalInt.of(0)))),
          exercise.line());
      guess("guess.heads", String.valueOf(count.getAsInt()));
    }
  }

  private void guess(String key, String words) {
    exercise.issue(exercise.line(), Issue.Kind.GUESS, Message.of(key, words));
  }

  private void goals(String question) {
    boolean bare =
        exercise.isGiven(Quantities.D_K)
            && !exercise.isGiven(Quantities.Q)
            && !exercise.isGiven(Quantities.HEADS);
    if (bare && Lexicon.asksForStatistics(question)) {
      exercise.goal(Quantities.DOT_VARIANCE);
      exercise.goal(Quantities.JACOBIAN);
      exercise.goal(Quantities.JACOBIAN_SCALED);
      return;
    }
    for (Quantity quantity : asked) {
      if (!exercise.isGiven(quantity)) {
        exercise.goal(quantity);
      }
    }
  }
}
