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
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A worksheet with its wrong numbers replaced, at the precision at which they were written.
 *
 * @param text the corrected text
 * @param corrections how many numbers were replaced
 */
public record CorrectedCopy(String text, int corrections) {
  /** Stands behind a number that was replaced; readers pass over it. */
  private static final char MARK = '†';

  /** Decimals of a number that replaces an exact form and has none itself. */
  private static final int DIGITS = 6;

  /**
   * Corrects a worksheet.
   *
   * @param worksheet the worksheet
   * @param audits its exercises' audits
   * @param marked whether replaced numbers are marked and listed at the end, as plain text and
   *     Markdown allow
   * @return the copy
   */
  public static CorrectedCopy of(Worksheet worksheet, List<Checked> audits, boolean marked) {
    Map<Integer, Verdict.Cell> wrong = new TreeMap<>();
    for (Checked checked : audits) {
      for (Verdict verdict : checked.verdicts()) {
        for (Verdict.Cell cell : verdict.cells()) {
          Numeral claimed = cell.claimed();
          boolean stands =
              claimed.at() >= 0 && worksheet.text().startsWith(claimed.text(), claimed.at());
          if (cell.outcome() == Outcome.WRONG && stands) {
            wrong.put(claimed.at(), cell);
          }
        }
      }
    }
    String text = worksheet.text();
    TreeMap<Integer, Verdict.Cell> edits = new TreeMap<>(wrong);
    wrong.forEach(
        (at, cell) ->
            twin(text, at, cell.claimed().text()).ifPresent(t -> edits.putIfAbsent(t, cell)));
    StringBuilder copy = new StringBuilder();
    StringBuilder list = new StringBuilder("\n<!--");
    int position = 0;
    for (Map.Entry<Integer, Verdict.Cell> edit : edits.entrySet()) {
      int at = edit.getKey();
      Numeral claimed = edit.getValue().claimed();
      if (at >= position) {
        String right = written(edit.getValue());
        copy.append(text, position, at).append(right);
        position = at + claimed.text().length();
        if (marked && wrong.containsKey(at)) {
          copy.append(MARK);
          list.append("\n")
              .append(MARK)
              .append(' ')
              .append(claimed.text())
              .append(" → ")
              .append(right);
        }
      }
    }
    copy.append(text, position, text.length());
    if (marked && !wrong.isEmpty()) {
      copy.append(list).append("\n-->\n");
    }
    return new CorrectedCopy(copy.toString(), wrong.size());
  }

  /** Where the same number stands in the glyphs of a formula that a page copied twice. */
  private static OptionalInt twin(String text, int at, String number) {
    int line = text.lastIndexOf('\n', at) + 1;
    int before = text.lastIndexOf(number, at - number.length());
    if (before < line) {
      return OptionalInt.empty();
    }
    String between = text.substring(before + number.length(), at);
    boolean tex = between.indexOf('_') >= 0 || between.indexOf('\\') >= 0;
    String first = glyphs(text, before);
    boolean same = first.length() >= 2 && first.equals(glyphs(text, at));
    return tex && same ? OptionalInt.of(before) : OptionalInt.empty();
  }

  /** The last visible signs before a place. */
  private static String glyphs(String text, int at) {
    String signs =
        text.substring(Math.max(0, at - 16), at).replaceAll("\\\\[a-z;,]+|[\\\\_^{}&\\s;]", "");
    return signs.substring(Math.max(0, signs.length() - 3));
  }

  private static String written(Verdict.Cell cell) {
    Value computed = cell.computed();
    if (!computed.isFinite()) {
      return "-inf";
    }
    if (cell.claimed().text().endsWith("%")) {
      return computed
              .decimal()
              .movePointRight(2)
              .setScale(cell.claimed().decimals().orElse(2) - 2, RoundingMode.HALF_UP)
              .toPlainString()
          + "%";
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
