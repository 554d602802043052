package dev.qkv.app.web;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.NativeWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an exercise gives, chooses and asks, in the native form, a statement to a line. A page keeps
 * it for each exercise that was changed.
 */
final class Block {
  private Block() {}

  /** The block of an exercise as it is. */
  static String of(Exercise exercise) {
    return NativeWriter.question(exercise);
  }

  /** What it says of the mask, as a change of it is written; empty where it says nothing. */
  static String mask(Exercise exercise) {
    return of(exercise)
        .lines()
        .filter(line -> line.startsWith("keep ") || line.startsWith("mask = "))
        .map(line -> line.startsWith("mask = ") ? line.substring("mask = ".length()) : line)
        .collect(Collectors.joining("; "));
  }

  /**
   * An exercise with another block: what it is called, what its answer says and what is in doubt
   * stays.
   *
   * @throws SheetException if a statement cannot be read
   */
  static Exercise applied(Exercise exercise, String block) {
    return exercise.withQuestionOf(read("```qkv\n" + block + "\n```\n"));
  }

  /**
   * Reads one exercise in the native form.
   *
   * @throws SheetException if it is not one, or a statement cannot be read
   */
  static Exercise read(String blocks) {
    List<Exercise> read = Notes.read("## 1\n\n" + blocks).exercises();
    if (read.size() != 1) {
      throw new SheetException(Message.of("error.call.block"));
    }
    for (Issue issue : read.getFirst().issues()) {
      if (issue.kind() == Issue.Kind.ERROR) {
        throw new SheetException(issue.message());
      }
    }
    return read.getFirst();
  }
}
