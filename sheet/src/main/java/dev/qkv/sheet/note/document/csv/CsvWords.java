package dev.qkv.sheet.note.document.csv;

import java.util.List;
import java.util.regex.Pattern;

/** What cells of text say about the cells beside and below them. */
final class CsvWords {
  private static final Pattern ANSWER =
      Pattern.compile(
          "(?:[a-z']{1,12} )?(?:answers?|solutions?)(?: \\w{1,12})?"
              + "|(?:参考|标准|正确|学生)?(?:答案|解答|解析|解|答)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern QUESTION =
      Pattern.compile(
          "(?:the )?(?:questions?|problems?|prompts?|tasks?|exercises?)|题目|问题|题干|习题|练习|内容",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBER =
      Pattern.compile(
          "no\\.?|nr\\.?|id|#|number|q|ex\\.?|exercise|problem|question|序号|编号|题号|题目|题|№",
          Pattern.CASE_INSENSITIVE);

  /** Heads of a column of values beside a column of names. */
  private static final Pattern VALUE =
      Pattern.compile("values?|results?|answers?|值|数值|取值|结果|答案", Pattern.CASE_INSENSITIVE);

  /** Heads of a column of tokens or the like, where other pairs would be names and values. */
  private static final Pattern LABEL =
      Pattern.compile(
          "tokens?|words?|quer(?:y|ies)|keys?|rows?|positions?|steps?|i|词.{0,3}|位置|行|查询|键",
          Pattern.CASE_INSENSITIVE);

  /** Titles with their number. */
  private static final Pattern TITLE =
      Pattern.compile(
          "(?:exercise|problem|question|example|task|ex\\.)[ \\d:.#(].{0,40}"
              + "|(?:题目|习题|练习|例题|例|题|问题|作业)\\s?[\\d一二三四五六七八九十（(].{0,40}"
              + "|第\\s?[\\d一二三四五六七八九十]{1,3}\\s?题.{0,40}",
          Pattern.CASE_INSENSITIVE);

  /** Titles whose number is in the next cell. */
  private static final Pattern TITLE_WORD =
      Pattern.compile(
          "exercise|problem|question|example|task|题号|题目|习题|练习|例题|例|题", Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_NUMBER = 12;

  private CsvWords() {}

  static boolean isAnswer(CsvCell cell) {
    return ANSWER.matcher(cell.text()).matches();
  }

  static boolean isQuestion(CsvCell cell) {
    return QUESTION.matcher(cell.text()).matches();
  }

  static boolean isNumber(CsvCell cell) {
    return NUMBER.matcher(cell.text()).matches();
  }

  static boolean isValue(CsvCell cell) {
    return VALUE.matcher(cell.text()).matches();
  }

  static boolean isLabel(CsvCell cell) {
    return LABEL.matcher(cell.text()).matches();
  }

  static boolean isShort(CsvCell cell) {
    return cell.text().length() < LONGEST_NUMBER;
  }

  /** Whether a row starts an exercise: it is a title, or the word of one with its number. */
  static boolean isTitle(List<CsvCell> row) {
    if (row.isEmpty() || row.stream().anyMatch(CsvWords::isAnswer)) {
      return false;
    }
    String first = row.get(0).text();
    return (row.stream().allMatch(CsvCell::isText) && TITLE.matcher(first).matches())
        || (row.size() == 2 && TITLE_WORD.matcher(first).matches() && isShort(row.get(1)));
  }
}
