package dev.qkv.app.cli;

import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Worksheet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * A worksheet read from a file.
 *
 * @param name as given
 * @param worksheet what was read
 * @param locale the language to report in
 */
record WorksheetFile(String name, Worksheet worksheet, Locale locale) {
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
    byte[] bytes = bytes(name, words);
    if (bytes.length == 0) {
      throw Unusable.of(words, "error.file.empty", name);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Unusable.of(words, "error.file.binary", name);
    }
    if (text.indexOf('\0') >= 0) {
      throw Unusable.of(words, "error.file.binary", name);
    }
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    if (content.isBlank()) {
      throw Unusable.of(words, "error.file.empty", name);
    }
    Worksheet worksheet = Notes.read(content);
    if (worksheet.exercises().isEmpty() && worksheet.issues().isEmpty()) {
      throw Unusable.of(words, "error.file.nothing", name);
    }
    return new WorksheetFile(
        name, worksheet, language.orElseGet(() -> Notes.language(content)));
  }

  private static byte[] bytes(String name, ResourceBundle words) throws Unusable {
    try {
      if (name.equals("-")) {
        byte[] bytes = System.in.readNBytes(STANDARD_INPUT_LIMIT);
        if (bytes.length > Notes.largest()) {
          throw Unusable.of(words, "error.file.large", name, bytes.length, Notes.largest());
        }
        return bytes;
      }
      Path path = Path.of(name);
      if (!Files.exists(path)) {
        throw Unusable.of(words, "error.file.missing", name);
      }
      if (Files.isDirectory(path)) {
        throw Unusable.of(words, "error.file.directory", name);
      }
      if (Files.size(path) > Notes.largest()) {
        throw Unusable.of(words, "error.file.large", name, Files.size(path), Notes.largest());
      }
      return Files.readAllBytes(path);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw Unusable.of(words, "error.file.unreadable", name, e.getClass().getSimpleName());
    }
  }
}
