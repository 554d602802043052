package dev.qkv.sheet.note.language;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words in which notes, Chinese and English, say what is given, asked and claimed. */
public final class Lexicon {
  private static final Map<Pattern, Quantity> QUANTITIES = new LinkedHashMap<>();

  static {
    word("缩放因子|缩放系数|scal(?:e|ing) factor|divisor", Quantities.ROOT_D_K);
    word("点积|内积|dot products?|inner products?", Quantities.DOT);
    word("打分|得分|分数|\\bscores?\\b", Quantities.S);
    word("权重|softmax|attention weights?|\\bweights\\b", Quantities.A);
    word("拼接|串联|concat\\w*", Quantities.CONCAT);
    word("残差|residual", Quantities.Y);
    word("layer ?norm\\w*|层归一化|方差\\s*(?:为\\s*)?1|unit variance", Quantities.LAYER_NORM);
    word("均值\\s*(?:为\\s*)?0|去均值|zero mean|mean 0|centred|centered", Quantities.CENTERED);
    word("均值|平均值|\\bmean\\b", Quantities.MEAN);
    word("方差|variance", Quantities.VARIANCE);
    word("输出|\\boutputs?\\b|\\bcontext vectors?\\b", Quantities.Z);
  }

  private static final Pattern UNSCALED =
      Pattern.compile(
          "未缩放|不缩放|不进行缩放|无缩放|无需缩放|(?:不做|不除以|不用|没有)[^，。；\\n]{0,30}(?:缩放|sqrt|√)"
              + "|\\bunscaled\\b|\\b(?:no|without(?: any)?|skip(?: the)?)\\s+(?:\\S+\\s+){0,2}?scal(?:e|ing)\\b|\\bnot\\s+scaled\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WHETHER =
      Pattern.compile(
          "为什么|为何|若不|如果不|\\bwhy\\b|\\bwhat (?:if|happens)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern CAUSAL =
      Pattern.compile(
          "因果|自回归|下三角|\\bcausal\\b|\\bautoregressive\\b|lower[- ]triangular|masked self[- ]attention|look[- ]ahead mask",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern KEEP =
      Pattern.compile(
          "(?:token|query|位置|查询)?\\s*\\$?(\\d{1,3})\\$?\\s*(?:→|->|\\\\to|\\\\rightarrow)\\s*\\$?\\\\?\\{\\s*([\\d,，、\\s]+?)\\s*\\\\?}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern KEEP_WORD =
      Pattern.compile("只保留|仅保留|保留|只关注|只看|\\bkeep\\b|\\bonly\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEADS =
      Pattern.compile(
          "(\\d{1,2}|[一两二三四五六七八九十])\\s*\\$?\\s*个?(?:注意力)?头(?!部)|\\b(\\d{1,2}|one|two|three|four|eight)\\s+(?:attention\\s+)?heads?\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ROW =
      Pattern.compile(
          "第\\s*([一二三四五六七八九\\d]{1,2})\\s*行|\\b(?:row|token|query)\\s*(\\d{1,2})\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STATISTICS =
      Pattern.compile("方差|分布|饱和|variance|distribution|saturat", Pattern.CASE_INSENSITIVE);
  private static final Pattern ASKS =
      Pattern.compile(
          "计算|求|写出|算出|给出|多少|什么|应用|说明|\\b(?:compute|calculate|find|what|give|show|determine|work out|write|apply)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final List<String> CHINESE =
      List.of("零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十");
  private static final List<String> ENGLISH =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight");

  private Lexicon() {}

  private static void word(String pattern, Quantity quantity) {
    QUANTITIES.put(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), quantity);
  }

  /** The quantity that words speak of last; of several at one place the more special one. */
  public static Optional<Quantity> quantity(String words) {
    Quantity found = null;
    int at = -1;
    for (Map.Entry<Pattern, Quantity> entry : QUANTITIES.entrySet()) {
      Matcher m = entry.getKey().matcher(words);
      while (m.find()) {
        if (m.end() > at) {
          at = m.end();
          found = entry.getValue();
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** All quantities that words speak of. */
  public static Set<Quantity> quantities(String words) {
    Map<Integer, Quantity> byPlace = new TreeMap<>();
    QUANTITIES.forEach(
        (pattern, quantity) -> {
          Matcher m = pattern.matcher(words);
          while (m.find()) {
            byPlace.putIfAbsent(m.start(), quantity);
          }
        });
    return new LinkedHashSet<>(byPlace.values());
  }

  public static OptionalInt row(String words) {
    Matcher m = ROW.matcher(words);
    if (!m.find()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(number(m.group(1) == null ? m.group(2) : m.group(1)));
  }

  private static int number(String word) {
    int chinese = word.equals("两") ? 2 : CHINESE.indexOf(word);
    int english = ENGLISH.indexOf(word.toLowerCase(Locale.ROOT));
    return chinese >= 0 ? chinese : english >= 0 ? english : Integer.parseInt(word);
  }

  /** The words that switch scaling off, if any line has them and does not only ask about it. */
  public static Optional<String> unscaled(String question) {
    return question
        .lines()
        .filter(line -> !WHETHER.matcher(line).find())
        .flatMap(line -> UNSCALED.matcher(line).results())
        .map(r -> r.group())
        .findFirst();
  }

  public static Optional<String> causal(String question) {
    Matcher m = CAUSAL.matcher(question);
    return m.find() ? Optional.of(m.group()) : Optional.empty();
  }

  /**
   * One query and the keys that it keeps.
   *
   * @param query from 1
   * @param keys from 1
   * @param words how it was said
   */
  public record Kept(int query, TreeSet<Integer> keys, String words) {}

  public static List<Kept> kept(String question) {
    List<Kept> all = new ArrayList<>();
    if (!KEEP_WORD.matcher(question).find()) {
      return all;
    }
    Matcher m = KEEP.matcher(question);
    while (m.find()) {
      TreeSet<Integer> keys = new TreeSet<>();
      for (String key : m.group(2).split("[,，、\\s]+")) {
        if (!key.isEmpty() && key.length() < 5) {
          keys.add(Integer.parseInt(key));
        }
      }
      all.add(new Kept(Integer.parseInt(m.group(1)), keys, m.group().strip()));
    }
    return all;
  }

  public static OptionalInt heads(String question) {
    Matcher m = HEADS.matcher(question);
    return m.find()
        ? OptionalInt.of(number(m.group(1) == null ? m.group(2) : m.group(1)))
        : OptionalInt.empty();
  }

  public static boolean speaksOfHeads(String question) {
    return question.contains("头") || question.toLowerCase(Locale.ROOT).contains("head");
  }

  public static boolean asksForStatistics(String question) {
    return STATISTICS.matcher(question).find();
  }

  public static boolean asks(String line) {
    return ASKS.matcher(line).find();
  }
}
