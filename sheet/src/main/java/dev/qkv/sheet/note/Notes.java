package dev.qkv.sheet.note;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.Documents;
import dev.qkv.sheet.note.document.text.Traced;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads worksheets: the native form, and notes as people write them.
 *
 * {@snippet file="dev/qkv/sheet/SheetSnippetsTest.java" region="check"}
 */
public final class Notes {
  private static final int LARGEST = 1_000_000;

  /** Share of Chinese characters, one in this many, from which a text counts as Chinese. */
  private static final int CHINESE_SHARE = 20;

  /** Data and code are in no language. */
  private static final Pattern BLOCK =
      Pattern.compile("^(```+|~~~+).*?^\\1[ \\t]*$", Pattern.MULTILINE | Pattern.DOTALL);

  private Notes() {}

  /**
   * Reads a worksheet in either form.
   *
   * @param text its text, Markdown or plain
   * @return the worksheet; what could not be read is among its issues
   */
  public static Worksheet read(String text) {
    return read(Traced.whole(text.replace("\r\n", "\n").replace('\r', '\n')));
  }

  /**
   * Reads a file of any format that notes come in: Markdown, plain text, LaTeX, a notebook, a web
   * page, PDF with a text layer, a table of values.
   *
   * @param fileName its name, which may tell the format
   * @param content its bytes
   * @return the worksheet; what could not be read is among its issues
   * @throws SheetException if the file cannot be read at all
   */
  public static Worksheet read(String fileName, byte[] content) {
    return read(Documents.of(fileName, content).text());
  }

  /**
   * Reads questions and the answers to them from two files.
   *
   * @param fileName the questions' name
   * @param content the questions
   * @param keyName the answers' name
   * @param key the answers, by the questions' numbers
   * @return the worksheet; lines and numbers count through the questions and on through the answers
   * @throws SheetException if a file cannot be read at all
   */
  public static Worksheet read(String fileName, byte[] content, String keyName, byte[] key) {
    return read(joined(fileName, content, keyName, key));
  }

  private static Traced joined(String fileName, byte[] content, String keyName, byte[] key) {
    Traced questions = Documents.of(fileName, content).text();
    Traced answers = Documents.of(keyName, key).text();
    return questions.followedBy("\n\n## Answers\n\n", answers);
  }

  /**
   * What is read of a file of any format: its text as Markdown with TeX between dollars. Read
   * again, it has the same exercises.
   *
   * @param fileName its name, which may tell the format
   * @param content its bytes
   * @return Markdown
   * @throws SheetException if the file cannot be read at all
   */
  public static String markdown(String fileName, byte[] content) {
    return Documents.of(fileName, content).text().text();
  }

  /**
   * What is read of questions and the answers to them from two files.
   *
   * @param fileName the questions' name
   * @param content the questions
   * @param keyName the answers' name
   * @param key the answers, by the questions' numbers
   * @return Markdown, the questions first
   * @throws SheetException if a file cannot be read at all
   */
  public static String markdown(String fileName, byte[] content, String keyName, byte[] key) {
    return joined(fileName, content, keyName, key).text();
  }

  private static Worksheet read(Traced markdown) {
    return NativeReader.hasBlocks(markdown.text())
        ? new NativeReader(markdown.text()).read()
        : NoteReader.read(markdown);
  }

  /**
   * The largest text that is read.
   *
   * @return a number of characters
   */
  public static int largest() {
    return LARGEST;
  }

  /**
   * The language that a text is written in.
   *
   * @param text any text
   * @return Chinese where there are enough Chinese characters, English otherwise
   */
  public static Locale language(String text) {
    String words = BLOCK.matcher(text).replaceAll("");
    long chinese =
        words
            .codePoints()
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
            .count();
    return chinese * CHINESE_SHARE > words.length() ? Locale.CHINESE : Locale.ENGLISH;
  }
}
