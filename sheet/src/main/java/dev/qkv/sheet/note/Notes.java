package dev.qkv.sheet.note;

import dev.qkv.sheet.worksheet.Worksheet;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads worksheets: the native form, and notes as people write them. */
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
