package dev.qkv.app.cli;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Worksheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Supplier;

/**
 * A worksheet read from a file.
 *
 * @param file as given
 * @param name how reports name it: with the file of answers, if there is one
 * @param worksheet what was read
 * @param markdown the text that it was read from, whatever the file's format
 * @param locale the language to report in
 */
record WorksheetFile(
    String file, String name, Worksheet worksheet, Supplier<String> markdown, Locale locale) {
  private static final int STANDARD_INPUT_LIMIT = 4 * Notes.largest();

  /**
   * Reads a file, or standard input for {@code -}.
   *
   * @param name the file
   * @param language the language asked for, or empty for the document's own
   * @param words the program's words
   * @throws Unusable with a sentence for the user
   */
  static WorksheetFile read(String name, Optional<Locale> language, ResourceBundle words)
      throws Unusable {
    byte[] bytes = filled(name, words);
    return of(
        name,
        name,
        () -> Notes.read(name, bytes),
        () -> Notes.markdown(name, bytes),
        language,
        words);
  }

  /**
   * Reads a file of questions with a file of answers to them.
   *
   * @param name the questions
   * @param key the answers, by the questions' numbers
   * @param language the language asked for, or empty for the document's own
   * @param words the program's words
   * @throws Unusable with a sentence for the user
   */
  static WorksheetFile read(
      String name, String key, Optional<Locale> language, ResourceBundle words) throws Unusable {
    byte[] questions = filled(name, words);
    byte[] answers = filled(key, words);
    return of(
        name,
        name + " + " + key,
        () -> Notes.read(name, questions, key, answers),
        () -> Notes.markdown(name, questions, key, answers),
        language,
        words);
  }

  private static WorksheetFile of(
      String file,
      String name,
      Supplier<Worksheet> reading,
      Supplier<String> markdown,
      Optional<Locale> language,
      ResourceBundle words)
      throws Unusable {
    Worksheet worksheet;
    try {
      worksheet = reading.get();
    } catch (SheetException e) {
      throw Unusable.of(name, e.reason(), language.orElseGet(words::getLocale)).about(file);
    }
    if (worksheet.exercises().isEmpty() && worksheet.issues().isEmpty()) {
      throw Unusable.inFile(words, "error.file.nothing", name).about(file);
    }
    String text = worksheet.text();
    return new WorksheetFile(
        file, name, worksheet, markdown, language.orElseGet(() -> Notes.language(text)));
  }

  private static byte[] filled(String name, ResourceBundle words) throws Unusable {
    byte[] bytes = bytes(name, words);
    for (byte b : bytes) {
      if (b > ' ' || b < 0) {
        return bytes;
      }
    }
    throw Unusable.inFile(words, "error.file.empty", name);
  }

  private static byte[] bytes(String name, ResourceBundle words) throws Unusable {
    try {
      if (name.equals("-")) {
        byte[] bytes = System.in.readNBytes(STANDARD_INPUT_LIMIT);
        if (bytes.length > Notes.largest()) {
          throw Unusable.inFile(words, "error.file.large", name, bytes.length, Notes.largest());
        }
        return bytes;
      }
      Path path = Path.of(name);
      if (!Files.exists(path)) {
        throw Unusable.inFile(words, "error.file.missing", name);
      }
      if (Files.isDirectory(path)) {
        throw Unusable.inFile(words, "error.file.directory", name);
      }
      if (Files.size(path) > Notes.largest()) {
        throw Unusable.inFile(words, "error.file.large", name, Files.size(path), Notes.largest());
      }
      return Files.readAllBytes(path);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw Unusable.inFile(words, "error.file.unreadable", name, e.getClass().getSimpleName());
    }
  }
}
