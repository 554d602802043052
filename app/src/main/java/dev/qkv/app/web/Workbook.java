package dev.qkv.app.web;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.report.AuditJson;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.SolutionJson;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Solved;
import dev.qkv.sheet.worksheet.Worksheet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that a page asks of the sheet: strings in, JSON out. Nothing is kept for a caller, so any
 * number of threads may call; what was read and worked lately is remembered for the next call.
 *
 * <p>Every method takes the language first ({@code en}, {@code zh}, or empty for the note's own).
 * Those about an exercise go on with the note's name and text, the exercise's place from 0, and its
 * {@link Block}: empty for the exercise as the note has it, else its givens and choices as they
 * were changed. {@code solve} and {@code check} are about all exercises of a note.
 */
public final class Workbook {
  private static final int NOTES = 8;
  private static final int EXERCISES = 32;

  /** Decimals of rounded numbers in expressions, as in documents of the command line. */
  private static final int DIGITS = 4;

  private final Shelf<Note, Worksheet> notes = new Shelf<>(NOTES, Note::read);
  private final Shelf<Question, Exercise> exercises = new Shelf<>(EXERCISES, this::exercise);
  private final Shelf<Question, Solved> solutions =
      new Shelf<>(EXERCISES, question -> Solved.of(this.exercises.of(question)));
  private final Shelf<Question, Checked> audits =
      new Shelf<>(EXERCISES, question -> Checked.of(this.exercises.of(question)));

  /** A workbook that has read nothing yet. */
  public Workbook() {}

  /** A note as it was pasted; its name tells the format. */
  private record Note(String name, String text) {
    Worksheet read() {
      return Notes.read(name, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** An exercise of a note with its changes. */
  private record Question(Note note, int place, String block) {}

  /**
   * Calls a method.
   *
   * @param method its name: {@code examples}, {@code read}, {@code sheet}, {@code audit}, {@code
   *     edit}, {@code cell}, {@code picture}, {@code mistake}, {@code judge}, {@code verify},
   *     {@code copy}, {@code solve} or {@code check}
   * @param strings its arguments
   * @return a JSON document; what cannot be read or computed is said in it
   * @throws SheetException for a call that no page makes: an unknown method, arguments too many or
   *     too few, an exercise that is not there
   */
  public String call(String method, List<String> strings) {
    Arguments arguments = new Arguments(method, strings);
    return switch (method) {
      case "examples" -> {
        arguments.exactly(1);
        yield Examples.json();
      }
      case "read" -> read(arguments.exactly(3));
      case "sheet" -> sheet(arguments.exactly(5));
      case "audit" -> audit(arguments.exactly(5));
      case "edit" -> edit(arguments);
      case "cell" -> cell(arguments.exactly(8));
      case "picture" -> picture(arguments.exactly(6));
      case "mistake" -> mistake(arguments.exactly(7));
      case "judge" -> judge(arguments.exactly(8));
      case "verify" -> verify(arguments.exactly(5));
      case "copy" -> copy(arguments.exactly(6));
      case "solve" -> solve(arguments.exactly(3));
      case "check" -> check(arguments.exactly(3));
      default -> throw new SheetException(Message.of("error.call.method", method));
    };
  }

  private String read(Arguments arguments) {
    Note note = note(arguments);
    try {
      Worksheet worksheet = notes.of(note);
      return new NoteJson(locale(arguments, worksheet)).write(worksheet);
    } catch (SheetException e) {
      return new NoteJson(arguments.locale(note.text())).write(e.reason());
    }
  }

  private String sheet(Arguments arguments) {
    Question question = question(arguments);
    return json(arguments, question).write(solutions.of(question), question.block());
  }

  private String audit(Arguments arguments) {
    Question question = question(arguments);
    return new ClaimsJson(locale(arguments, notes.of(question.note()))).write(audits.of(question));
  }

  private String edit(Arguments arguments) {
    Question question = question(arguments);
    SheetJson json = json(arguments, question);
    try {
      Change.Changed changed = Change.of(exercises.of(question), arguments.from(5));
      Question now = new Question(question.note(), question.place(), changed.block());
      exercises.keep(now, changed.exercise());
      return json.write(solutions.of(now), changed.block());
    } catch (SheetException e) {
      return json.refuse(solutions.of(question), question.block(), e.reason());
    }
  }

  private String cell(Arguments arguments) {
    Question question = question(arguments);
    return json(arguments, question)
        .cell(solutions.of(question), arguments.text(5), arguments.number(6), arguments.number(7));
  }

  private String picture(Arguments arguments) {
    Question question = question(arguments);
    return json(arguments, question).picture(solutions.of(question), arguments.text(5));
  }

  private String mistake(Arguments arguments) {
    Question question = question(arguments);
    return new MistakeJson(locale(arguments, notes.of(question.note())))
        .write(exercises.of(question), arguments.text(5), arguments.text(6));
  }

  private String judge(Arguments arguments) {
    Question question = question(arguments);
    return new Practice(exercises.of(question), locale(arguments, notes.of(question.note())))
        .judge(arguments.text(5), arguments.text(6), arguments.text(7));
  }

  private String verify(Arguments arguments) {
    Question question = question(arguments);
    return json(arguments, question).verify(solutions.of(question));
  }

  private String copy(Arguments arguments) {
    Question question = question(arguments);
    return new Copies(locale(arguments, notes.of(question.note())))
        .write(solutions.of(question), arguments.text(5));
  }

  /** What {@code qkv solve --json} writes for a note. */
  private String solve(Arguments arguments) {
    Note note = note(arguments);
    return whole(
        arguments,
        note,
        (worksheet, locale, findings) ->
            new SolutionJson(locale, DIGITS, false)
                .write(worksheet.exercises().stream().map(Solved::of).toList(), findings));
  }

  /** What {@code qkv check --json} writes for a note. */
  private String check(Arguments arguments) {
    Note note = note(arguments);
    return whole(
        arguments,
        note,
        (worksheet, locale, findings) -> {
          List<Checked> checked = worksheet.exercises().stream().map(Checked::of).toList();
          return new AuditJson(locale).write(Map.of(note.name(), checked), findings);
        });
  }

  /** Writes a document about all exercises of a note. */
  private interface Whole {
    String write(Worksheet worksheet, Locale locale, List<Finding> findings);
  }

  private String whole(Arguments arguments, Note note, Whole document) {
    Worksheet worksheet = notes.of(note);
    Locale locale = locale(arguments, worksheet);
    List<Finding> findings =
        worksheet.issues().stream()
            .map(issue -> Finding.of(issue, locale).about(note.name()))
            .toList();
    return document.write(worksheet, locale, findings);
  }

  private SheetJson json(Arguments arguments, Question question) {
    return new SheetJson(locale(arguments, notes.of(question.note())));
  }

  private static Note note(Arguments arguments) {
    return new Note(arguments.text(1), arguments.text(2));
  }

  private static Question question(Arguments arguments) {
    return new Question(note(arguments), arguments.number(3), arguments.text(4));
  }

  private Exercise exercise(Question question) {
    List<Exercise> all = notes.of(question.note()).exercises();
    if (question.place() >= all.size()) {
      throw new SheetException(Message.of("error.call.exercise", question.place(), all.size()));
    }
    Exercise asNoted = all.get(question.place());
    return question.block().isEmpty() ? asNoted : Block.applied(asNoted, question.block());
  }

  private static Locale locale(Arguments arguments, Worksheet worksheet) {
    return arguments.locale(worksheet.text());
  }
}
