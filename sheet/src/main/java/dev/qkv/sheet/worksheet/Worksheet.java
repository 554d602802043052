package dev.qkv.sheet.worksheet;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A worksheet.
 *
 * @param text its text, with doubled formulas reduced to their TeX; positions of numbers count in
 *     it
 * @param form how it was written
 * @param preface what stands before the first exercise
 * @param exercises its exercises, in order
 * @param issues what the reader has to say outside any exercise
 */
public record Worksheet(
    String text, Form form, String preface, List<Exercise> exercises, List<Issue> issues) {
  /** How a worksheet is written. */
  public enum Form {
    /** With {@code qkv} and {@code answer} blocks. */
    NATIVE,
    /** As notes, read by their words and formulas. */
    PASTED
  }

  private static final int LARGEST = 1_000_000;

  /** Share of Chinese characters, one in this many, from which a text counts as Chinese. */
  private static final int CHINESE_SHARE = 20;

  /** Data and code are in no language. */
  private static final Pattern BLOCK =
      Pattern.compile("^(```+|~~~+).*?^\\1[ \\t]*$", Pattern.MULTILINE | Pattern.DOTALL);

  /**
   * Reads a worksheet in either form.
   *
   * @param text its text
   * @return the worksheet; what could not be read is among its issues
   */
  public static Worksheet read(String text) {
    String unix = text.replace("\r\n", "\n").replace('\r', '\n');
    return NativeReader.hasBlocks(unix) ? new NativeReader(unix).read() : PastedReader.read(unix);
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
