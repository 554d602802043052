package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a Markdown text what is no part of its words: quotation marks, links, marks to gain,
 * doubles.
 */
public final class Cleaning {
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\[\\]\\n]*)]\\(\\s*https?://[^)\\s]*\\s*\\)");
  private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]\\n]*]\\([^)\\n]*\\)");
  private static final Pattern EMPTY_BRACKETS = Pattern.compile("[(（](?:\\s*[,，、]?\\s*)*[)）]");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s)）]+");
  private static final Pattern QUOTED = Pattern.compile("^(?:\\s{0,3}>(?!>)\\s?)+");

  /** What an exercise or a part of it is worth. */
  private static final Pattern MARKS =
      Pattern.compile(
          "\\s*[\\[(（【]\\s*\\d{1,2}(?:\\.5)?\\s*(?:pts?|points?|marks?|分)\\.?\\s*[\\])）】]",
          Pattern.CASE_INSENSITIVE);

  /** Words behind a row of a matrix that is written over several lines. */
  private static final Pattern ROW_COMMENT =
      Pattern.compile(
          "\\s*(?:[\\w^]{1,16}\\s*[=:]\\s*)?\\[?\\[[\\d\\s.,\\-−+/√∞]+\\][\\],;\\s]*((?:#|←|<--?|//).*)");

  /** The prompt before a comment, or before nothing. */
  private static final Pattern REMARK = Pattern.compile("\\s*>>>\\s*(?:#+\\s*|$)");

  private static final Pattern CODE_FENCE =
      Pattern.compile("```\\s*(?!(?:text|txt|plain\\w*|math|latex)\\s*$)\\w.*");

  /** A sign between two matrices that stands on a line of its own. */
  private static final Pattern LONE_SIGN =
      Pattern.compile(
          "(?<=\\\\end\\{[a-zA-Z]{1,8}matrix\\}[ \\t]{0,3})\\n[ \\t]*(\\\\times|\\\\cdot|=|\\\\approx|\\+)[ \\t]*\\n[ \\t]*(?=\\\\begin\\{)");

  /** Wider gaps say no more; what looks for words across them would look ever farther. */
  private static final int WIDEST_GAP = 100;

  private static final Pattern GAP = Pattern.compile("[ \\t\\u3000]{" + (WIDEST_GAP + 1) + ",}");
  private static final Pattern MATHEMATICAL = Pattern.compile("[\\x{1D400}-\\x{1D7FF}]");

  /** The prompt before a line that goes on with the statement above it. */
  private static final Pattern GOES_ON = Pattern.compile("(?m)^[ \\t]*\\.\\.\\.:?(?=[ \\t]|$)");

  private static final Pattern BREAK = Pattern.compile("(?<=\\S)[ \\t]*<br\\s*/?>(?=[ \\t]*\\S)");

  /** Longer lines are no sentence of an exercise. */
  private static final int LONGEST_WITH_MARKS = 2_000;

  private static final String TRADITIONAL =
      "縮內積點權輸詞頭產觀結與維數個際隨種學習過寬層關鍵網絡這並還將從給後邊裡頂設變態條參該獲導運則發對應們來時間殘歸標準獨視為誤當問題計單項類調節選擇無經驗證總較線狀構聯繫轉換處見許蓋預測識隱綜據從說開實現樣難顯會試擋輔詢減幾兩號圖記進僅憶損誰欄組賦額滿課練業範簡詳細階綫編碼陣懲罰遞兒閉異溫";
  private static final String SIMPLIFIED =
      "缩内积点权输词头产观结与维数个际随种学习过宽层关键网络这并还将从给后边里顶设变态条参该获导运则发对应们来时间残归标准独视为误当问题计单项类调节选择无经验证总较线状构联系转换处见许盖预测识隐综据从说开实现样难显会试挡辅询减几两号图记进仅忆损谁栏组赋额满课练业范简详细阶线编码阵惩罚递儿闭异温";

  private Cleaning() {}

  /** The text without them, traced to the text as it was. */
  public static Traced of(String text) {
    Traced near = Traced.replacing(text, GAP, m -> " ".repeat(WIDEST_GAP));
    Traced upright = near.then(upright(near.text()));
    Traced broken = upright.then(broken(upright.text()));
    Traced visible = broken.then(uncommented(broken.text()));
    Traced gathered = visible.then(ScatteredGlyphs.without(visible.text()));
    Traced plain = gathered.then(unlinked(gathered.text()));
    Traced rows = plain.then(InlineRows.of(plain.text()));
    Traced single = rows.then(undoubled(rows.text()));
    Traced joined = single.then(joined(single.text()));
    return joined.then(simplified(joined.text()));
  }

  /** Displayed formulas whose sides stand on lines of their own, with each in one line. */
  private static Traced joined(String text) {
    return Traced.replacing(text, LONE_SIGN, m -> " " + m.group(1) + " ");
  }

  /** Traditional characters as simplified ones, those that notes on attention are written with. */
  private static Traced simplified(String text) {
    Traced.Builder out = new Traced.Builder(text);
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      int at = text.charAt(i) < 0x3000 ? -1 : TRADITIONAL.indexOf(text.charAt(i));
      if (at >= 0) {
        out.copy(from, i).insert(SIMPLIFIED.substring(at, at + 1), i);
        from = i + 1;
      }
    }
    return out.copy(from, text.length()).build();
  }

  /** Mathematical letters, as pages show them, are the letters that they look like. */
  private static Traced upright(String text) {
    return Traced.replacing(
        text, MATHEMATICAL, m -> Normalizer.normalize(m.group(), Normalizer.Form.NFKC));
  }

  /** A line that is broken inside a cell of a table ends a clause. */
  private static Traced broken(String text) {
    return Traced.replacing(text, BREAK, m -> "；");
  }

  /** Comments of HTML are not shown on any page; nor is a prompt before a line that goes on. */
  private static Traced uncommented(String text) {
    Traced.Builder out = new Traced.Builder(text);
    int from = 0;
    int open = text.indexOf("<!--");
    while (open >= 0) {
      int close = text.indexOf("-->", open);
      if (close < 0) {
        break; // nor is one looked for from any later place
      }
      out.copy(from, open);
      from = close + 3;
      open = text.indexOf("<!--", from);
    }
    Traced visible = out.copy(from, text.length()).build();
    return text.contains(">>>")
        ? visible.then(Traced.replacing(visible.text(), GOES_ON, m -> ""))
        : visible;
  }

  /** Whether a fence opens code. */
  static boolean opensCode(String line) {
    return CODE_FENCE.matcher(line).matches();
  }

  private static Traced unlinked(String text) {
    Lines lines = new Lines(text);
    Traced.Builder out = new Traced.Builder(text);
    Boxes boxes = new Boxes(lines, out);
    SideBySide matrices = new SideBySide(lines, out);
    BareRows rows = new BareRows(lines, out);
    boolean fenced = false;
    for (int line = 1; line <= lines.count(); line++) {
      String words = lines.line(line);
      fenced = words.startsWith("```") ? !fenced && opensCode(words) : fenced;
      int taken = fenced ? 0 : boxes.write(line);
      taken = taken > 0 ? taken : matrices.write(line);
      taken = taken > 0 ? taken : rows.write(line);
      if (taken > 0) {
        line += taken - 1;
        continue;
      }
      int start = lines.start(line);
      int from = 0;
      if (words.indexOf('>') >= 0) {
        Matcher quoted = QUOTED.matcher(words);
        from = quoted.find() ? quoted.end() : 0;
      }
      Matcher remark = REMARK.matcher(words);
      if (!fenced && remark.lookingAt()) {
        from = remark.end();
      }
      List<int[]> holes = holes(words);
      for (int[] hole : holes) {
        if (hole[0] >= from) {
          out.copy(start + from, start + hole[0]);
          from = hole[1];
        }
      }
      if (rows.continues(line)) {
        out.copy(start + from, start + words.length()).insert(" ", start + words.length());
      } else {
        out.copy(start + from, Math.min(text.length(), start + words.length() + 1));
      }
    }
    return out.build();
  }

  /** What is left out of a line. */
  private static List<int[]> holes(String line) {
    List<int[]> holes = new ArrayList<>();
    Matcher comment = ROW_COMMENT.matcher(line);
    if (line.length() <= LONGEST_WITH_MARKS && comment.matches()) {
      holes.add(new int[] {comment.start(1), line.length()});
      return holes;
    }
    Matcher marks = MARKS.matcher(line);
    while (line.length() <= LONGEST_WITH_MARKS && marks.find()) {
      holes.add(new int[] {marks.start(), marks.end()});
    }
    if (line.indexOf("://") < 0 && line.indexOf("![") < 0) {
      return holes;
    }
    int ofMarks = holes.size();
    StringBuilder rest = new StringBuilder(line);
    for (Pattern pattern : List.of(IMAGE, LINK, ADDRESS)) {
      Matcher m = pattern.matcher(rest.toString());
      while (m.find()) {
        holes.add(new int[] {m.start(), m.end()});
        for (int i = m.start(); i < m.end(); i++) {
          rest.setCharAt(i, ' ');
        }
      }
    }
    if (holes.size() > ofMarks) {
      Matcher empty = EMPTY_BRACKETS.matcher(rest.toString());
      while (empty.find()) {
        int[] around = {empty.start(), empty.end()};
        holes.removeIf(h -> h[0] >= around[0] && h[1] <= around[1]);
        holes.add(around);
      }
    }
    holes.sort((a, b) -> Integer.compare(a[0], b[0]));
    return holes;
  }

  private static Traced undoubled(String text) {
    Lines lines = new Lines(text);
    if (!Doubling.occursIn(text.lines().toList())) {
      return Traced.whole(text);
    }
    Traced.Builder out = new Traced.Builder(text);
    for (int line = 1; line <= lines.count(); line++) {
      String words = lines.line(line);
      Doubling.undo(words, lines.start(line), out);
      if (lines.start(line) + words.length() < text.length()) {
        out.copy(lines.start(line) + words.length(), lines.start(line) + words.length() + 1);
      }
    }
    return out.build();
  }
}
