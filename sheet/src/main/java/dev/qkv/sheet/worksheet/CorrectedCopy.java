package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A worksheet with its wrong numbers replaced, at the precision at which they were written.
 *
 * @param text the corrected text
 * @param corrections how many numbers were replaced
 */
public record CorrectedCopy(String text, int corrections) {
  /** Decimals of a number that replaces an exact form and has none itself. */
  private static final int DIGITS = 6;

  /**
   * Corrects a worksheet.
   *
   * @param worksheet the worksheet
   * @param audits its exercises' audits
   * @return the copy
   */
  public static CorrectedCopy of(Worksheet worksheet, List<Checked> audits) {
    Map<Integer, Verdict.Cell> wrong = new TreeMap<>();
    for (Checked checked : audits) {
      for (Verdict verdict : checked.verdicts()) {
        for (Verdict.Cell cell : verdict.cells()) {
          if (cell.outcome() == Outcome.WRONG && cell.claimed().at() >= 0) {
            wrong.put(cell.claimed().at(), cell);
          }
        }
      }
    }
    StringBuilder copy = new StringBuilder();
    int position = 0;
    for (Verdict.Cell cell : wrong.values()) {
      Numeral claimed = cell.claimed();
      if (claimed.at() >= position) {
        copy.append(worksheet.text(), position, claimed.at()).append(written(cell));
        position = claimed.at() + claimed.text().length();
      }
    }
    copy.append(worksheet.text(), position, worksheet.text().length());
    return new CorrectedCopy(copy.toString(), wrong.size());
  }

  private static String written(Verdict.Cell cell) {
    Value computed = cell.computed();
    if (!computed.isFinite()) {
      return "-inf";
    }
    if (cell.claimed().decimals().isPresent()) {
      return computed
          .decimal()
          .setScale(cell.claimed().decimals().getAsInt(), RoundingMode.HALF_UP)
          .toPlainString();
    }
    return new Notation(DIGITS, Markup.PLAIN).number(computed).replace('−', '-');
  }
}
