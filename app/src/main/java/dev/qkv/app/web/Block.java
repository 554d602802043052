package dev.qkv.app.web;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.NativeWriter;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.List;

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

  /**
   * An exercise with another block: what it is called, what its answer says and what is in doubt
   * stays.
   *
   * @throws SheetException if a statement cannot be read
   */
  static Exercise applied(Exercise exercise, String block) {
    Worksheet worksheet = Notes.read("## 1\n\n```qkv\n" + block + "\n```\n");
    List<Exercise> read = worksheet.exercises();
    if (read.size() != 1) {
      throw new SheetException(Message.of("error.call.block"));
    }
    for (Issue issue : read.getFirst().issues()) {
      if (issue.kind() == Issue.Kind.ERROR) {
        throw new SheetException(issue.message());
      }
    }
    return exercise.withQuestionOf(read.getFirst());
  }
}
