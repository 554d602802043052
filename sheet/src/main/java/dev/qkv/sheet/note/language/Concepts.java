package dev.qkv.sheet.note.language;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, Chinese and English, that notes have for quantities. */
public final class Concepts {
  /**
   * Words that speak of a quantity.
   *
   * @param quantity the quantity
   * @param start where they start
   * @param end where they end
   * @param sure whether they can mean nothing else
   */
  public record Mention(Quantity quantity, int start, int end, boolean sure) {}

  private record Entry(Pattern pattern, Quantity quantity, boolean sure) {}

  private static final List<Entry> ENTRIES = new ArrayList<>();

  static {
    sure(
        "点积|内积|原始(?:打分|得分|分数)|未(?:经)?缩放的?(?:注意力)?(?:打分|得分|分数|点积|内积|乘积)|\\bdot[- ]?products?\\b|\\binner products?\\b"
            + "|\\braw (?:attention )?(?:scores?|logits?)\\b|\\b(?:unscaled|raw) (?:scores?|logits?|(?:dot[- ])?products?)\\b|\\bbefore scaling\\b|缩放前",
        Quantities.DOT);
    sure(
        "缩放后?的?(?:点积)?(?:注意力)?(?:打分|得分|分数|点积|结果)|缩放[之以]?后|打分|得分|分数|评分|\\bscaled(?:[- ]dot[- ]products?)?(?: attention)?(?: scores?| logits?)?\\b"
            + "|\\b(?:attention )?(?:scores?|logits?)\\b|\\bafter scaling\\b|\\bdivid(?:e|ed|ing)\\s+(?:\\w+\\s+){0,3}?by\\b(?!\\s*\\?)|(?:除以|[÷/])\\s*\\$?(?:√|sqrt|\\\\sqrt)",
        Quantities.S);
    sure(
        "(?:掩码|遮蔽|屏蔽|掩蔽|mask)\\s*(?:之?后|过)的?(?:打分|得分|分数)?(?:矩阵)?|\\bmasked (?:scores?|score matrix|logits?)\\b|\\bafter (?:the )?(?:causal )?mask(?:ing)?(?! (?:and )?softmax)\\b",
        Quantities.MASKED);
    sure(
        "(?:注意力)?权重(?!参数|(?:矩阵)?[\\s$]*W|矩阵(?!两行|各行|[是为](?!\\s*\\$?W)))|注意力(?:分布|概率|系数)|概率(?:分布)?|\\bsoft-?max\\b|\\battention (?:weights?|distributions?|probabilit\\w+|pattern|coefficients?|matrix)"
            + "|\\bweights?\\b(?! matri)|\\bprobabilit\\w+|\\bdistribution\\b",
        Quantities.A);
    sure("拼接|串联|\\bconcat\\w*", Quantities.CONCAT);
    sure(
        "(?:乘以?|经过?|\\bafter|\\bby|\\btimes|\\bapply(?:ing)?|\\bwith)\\s*\\$?W\\s*[_^]?\\{?O\\b",
        Quantities.O);
    sure(
        "输出投影|\\boutput projection\\b|最终(?:的)?(?:输出|结果)|\\bfinal (?:outputs?|results?)\\b",
        Quantities.O);
    sure("(?:两个?头|多头)(?:注意力)?的?(?:最终)?输出|最终投影|\\bmulti-?head output\\b", Quantities.O);
    sure("残差(?:和|连接|相加)?|\\bresidual(?: sum| connection)?\\b", Quantities.Y);
    sure(
        "层归一化|\\blayer[- ]?norm\\w*|\\bLN\\b|方差\\s*(?:为\\s*)?1|\\bunit variance\\b|标准化|\\bnormali[sz]ed (?:vector|row|output|values?|result)\\b|\\bnormali[sz]ed\\b",
        Quantities.LAYER_NORM);
    sure(
        "均值\\s*(?:为\\s*)?0|减(?:去|掉)?(?:每行的?|各行的?)?(?:均值|平均值)|\\bsubtract\\w*\\s+(?:the\\s+)?(?:row\\s+)?means?\\b|去均值|中心化|\\bzero mean\\b|\\bmean 0\\b|\\bcent(?:er|re)d\\b|\\bdeviations?(?: from the mean)\\b",
        Quantities.CENTERED);
    sure("均值|平均值|平均数|\\bmeans?\\b(?! that| the)", Quantities.MEAN);
    sure("方差|\\bvariances?\\b", Quantities.VARIANCE);
    sure("标准差|\\bstandard deviations?\\b|\\bstd\\b", Quantities.DEVIATION);
    sure("\\b(?:sums?|totals?) of (?:the )?exponentials\\b", Quantities.ROW_SUM);
    sure("指数|\\bexp\\b|\\bexponentials?\\b", Quantities.EXPONENTIALS);
    unsure(
        "分母|总和|合计|(?:指数)?之和|(?<!加权)和为|\\bdenominator\\b|\\bnormali[sz]er\\b", Quantities.ROW_SUM);
    unsure(
        "(?:它|其)的?平方根|\\bits square root\\b|缩放因子|缩放系数|除数|除以多少|\\bscal(?:e|ing) factor\\b|\\bdivisor\\b|\\bdivide by\\s*\\?",
        Quantities.ROOT_D_K);
    sure(
        "每个?头的?(?:特征)?维度?|\\b(?:head|per-head) (?:dimension|width|size)\\b|\\bdimensions? per head\\b|\\bwidth of (?:each|a) head\\b",
        Quantities.D_K);
    sure(
        "(?:W_?\\{?O\\}?|四个(?:投影)?矩阵|投影矩阵)[^。.?？]{0,40}?(?:参数(?:量|总数|个数|数量|数)?|\\bparameters?\\b|\\bweights\\b)|\\battention (?:layer )?parameters\\b|\\bhow many (?:parameters|weights)[^.?]{0,40}\\bW_?\\{?O",
        Quantities.PARAMETERS_ATTENTION);
    sure(
        "(?:前馈|FFN|MLP)[^。.;；:：=，,]{0,14}?参数(?:量|总数|个数|数量|数)?|\\b(?:feed[- ]?forward|FFN|MLP)(?: \\w+){0,2} (?:parameters?|weights)\\b|\\b(?:parameters?|weights) (?:of|in|for) (?:the )?(?:feed[- ]?forward|FFN|MLP)\\b",
        Quantities.PARAMETERS_FEED_FORWARD);
    sure(
        "总参数(?:量|数)?|参数(?:总量|合计)|\\btotal (?:number of )?parameters?\\b|\\bparameters? in total\\b",
        Quantities.PARAMETERS);
    sure(
        "注意力[^。.;；:：=，,]{0,6}?参数(?:量|总数|个数|数量|数)?|\\bparameters? (?:of|in|for) (?:the )?(?:attention|four projections)\\b",
        Quantities.PARAMETERS_ATTENTION);
    unsure("参数(?:量|总数|个数|数量|数)|\\bparameters?\\b|\\bparams\\b", Quantities.PARAMETERS_ATTENTION);
    sure(
        "输出|上下文(?:向量|表示)?|加权(?:求)?和|加权平均|\\boutputs?\\b|(?<!\\b(?:come|comes|coming|came|work|works|turn|turns) )\\bouts?\\b(?! (?:of|as)\\b)|\\bcontext (?:vectors?|representation)\\b|\\battended (?:values?|vectors?|outputs?)\\b|\\bweighted (?:sums?|averages?|values?)\\b|\\battention results?\\b|\\b(?:resulting|mixed|new) vectors?\\b|\\b(?:attention )?sub-?layer (?:returns?|returned|outputs?|gives?|gave|adds?)\\b",
        Quantities.Z);
  }

  /** Words for what is given; they name it only right before its numbers. */
  private static final Map<Pattern, Quantity> INPUTS = new LinkedHashMap<>();

  static {
    input("查询(?:向量|矩阵)?|\\bquer(?:y|ies)(?: (?:vectors?|matrix))?\\b", Quantities.Q);
    input("(?<!关)键(?:向量|矩阵)?|\\bkeys?(?: (?:vectors?|matrix))?\\b", Quantities.K);
    input("(?<![均数取分])值(?:向量|矩阵)?|\\bvalues?(?: (?:vectors?|matrix))?\\b", Quantities.V);
    input(
        "输入(?:向量|矩阵)?|词?嵌入|\\binputs?(?: (?:vectors?|matrix))?\\b|\\bembeddings?\\b", Quantities.X);
    input("温度(?:系数)?|\\btemperature\\b", Quantities.TEMPERATURE);
    input("头数|\\bnumber of heads\\b|(?<![\\d\\w] )\\bheads(?=\\s*[:：=])", Quantities.HEADS);
    input(
        "模型维度|隐藏(?:层)?(?:维度|大小)|\\bhidden (?:size|dimension|width)\\b|\\bembedding (?:size|dimension|dim)\\b|\\bmodel (?:dimension|width|size)\\b",
        Quantities.D_MODEL);
  }

  private static final Pattern ROW =
      Pattern.compile(
          "第\\s*\\$?("
              + Numbers.ONE
              + ")\\$?\\s*(?:行|个?(?:token|词元?|查询|位置|样本|标记|向量|个?(?:的)?(?=[，,：:])))"
              + "|\\b(?:rows?|tokens?|query|queries|positions?|word)\\s*#?\\$?("
              + Numbers.ONE
              + ")\\b|\\b(first|second|third|fourth)\\s+(?:row|token|query|position|word)\\b"
              + "|(?:位置|词元|行|查询|标记)\\s*\\$?(\\d{1,2})(?!\\d)"
              + "|\\bat (?:the )?output\\s*#?(\\d)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern KEY =
      Pattern.compile(
          "第\\s*("
              + Numbers.ONE
              + ")\\s*个?(?:键|key)|\\bkey\\s*#?(\\d{1,2})\\b|\\b(first|second|third|fourth)\\s+key\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HEAD =
      Pattern.compile(
          "第?\\s*("
              + Numbers.ONE
              + ")\\s*个?号?(?:注意力)?头(?!部|数|，共)|\\bhead\\s*#?("
              + Numbers.ONE
              + ")\\b|头\\s*(\\d{1,2})(?!\\d)|\\b(first|second|third|fourth)\\s+head\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HEADS =
      Pattern.compile(
          "(\\d{1,2}|[一两二三四五六七八九十])\\s*\\$?\\s*个?(?:注意力)?头(?!部)|\\b(\\d{1,2}|one|two|three|four|eight)\\s+(?:attention\\s+|parallel\\s+)?heads?\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TEMPERATURE =
      Pattern.compile(
          "温度|temperature|temper|/\\s*T\\b|τ|tau|sharp|尖锐|平滑|锐化", Pattern.CASE_INSENSITIVE);
  private static final Pattern STATISTICS =
      Pattern.compile("方差|分布|饱和|variance|distribution|saturat", Pattern.CASE_INSENSITIVE);
  private static final Pattern ASKS =
      Pattern.compile(
          "计算|求|写出|算出|给出|多少|如何|怎样|怎么|哪|什么|应用|说明|得到|\\?|？|填|\\b(?:compute|calculate|find|what|give|show|determine|work out|write|apply|list|evaluate|obtain|fill|complete|how many)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SENTENCE = Pattern.compile("[^。；;?？!！\\n]+[。；;?？!！\\n]?");
  private static final Pattern VERB =
      Pattern.compile(
          "计算|求|写出|算出|给出|应用|填|\\b(?:fill|complete|how many|compute|calculate|find|give|show|determine|work out|write|apply|list|evaluate|obtain|what)\\b",
          Pattern.CASE_INSENSITIVE);

  private Concepts() {}

  private static void sure(String pattern, Quantity quantity) {
    ENTRIES.add(new Entry(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), quantity, true));
  }

  private static void unsure(String pattern, Quantity quantity) {
    ENTRIES.add(new Entry(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), quantity, false));
  }

  private static void input(String pattern, Quantity quantity) {
    INPUTS.put(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), quantity);
  }

  /** All quantities that words speak of, in order; of overlapping ones the longest. */
  public static List<Mention> in(String words) {
    if (words.chars().noneMatch(Character::isLetter)) {
      return List.of();
    }
    List<Mention> all = new ArrayList<>();
    for (Entry entry : ENTRIES) {
      Matcher m = entry.pattern().matcher(words);
      while (m.find()) {
        all.add(new Mention(entry.quantity(), m.start(), m.end(), entry.sure()));
      }
    }
    all.sort(Comparator.comparingInt(Mention::start).thenComparingInt(m -> -m.end()));
    List<Mention> kept = new ArrayList<>();
    for (Mention mention : all) {
      boolean after =
          mention.quantity().equals(Quantities.MASKED)
              && words
                  .substring(mention.start(), mention.end())
                  .toLowerCase(java.util.Locale.ROOT)
                  .startsWith("after")
              && kept.stream()
                  .anyMatch(
                      k -> k.quantity().equals(Quantities.A) || k.quantity().equals(Quantities.Z));
      if (!after && (kept.isEmpty() || mention.start() >= kept.getLast().end())) {
        kept.add(mention);
      }
    }
    return kept;
  }

  /** The quantity that words speak of last. */
  public static Optional<Mention> last(String words) {
    List<Mention> all = in(words);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** The given quantity that words name at their end. */
  public static Optional<Mention> input(String words) {
    Mention found = null;
    for (Map.Entry<Pattern, Quantity> entry : INPUTS.entrySet()) {
      Matcher m = entry.getKey().matcher(words);
      while (m.find()) {
        if (found == null || m.end() > found.end()) {
          found = new Mention(entry.getValue(), m.start(), m.end(), true);
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** The row, token or query that words number. */
  public static OptionalInt row(String words) {
    return lastNumber(ROW, words);
  }

  /** All rows that words number. */
  public static List<Integer> rows(String words) {
    List<Integer> rows = new ArrayList<>();
    Matcher m = ROW.matcher(words);
    while (m.find()) {
      for (int g = 1; g <= m.groupCount(); g++) {
        if (m.group(g) != null) {
          Numbers.of(m.group(g)).ifPresent(rows::add);
        }
      }
    }
    return rows;
  }

  /** The key that words number. */
  public static OptionalInt key(String words) {
    return lastNumber(KEY, words);
  }

  /** The head that words number. */
  public static OptionalInt head(String words) {
    return lastNumber(HEAD, words);
  }

  private static OptionalInt lastNumber(Pattern pattern, String words) {
    OptionalInt found = OptionalInt.empty();
    Matcher m = pattern.matcher(words);
    while (m.find()) {
      for (int g = 1; g <= m.groupCount(); g++) {
        if (m.group(g) != null) {
          found = Numbers.of(m.group(g));
        }
      }
    }
    return found;
  }

  /** How many heads words speak of. */
  public static OptionalInt heads(String words) {
    Matcher m = HEADS.matcher(words);
    return m.find()
        ? Numbers.of(m.group(1) == null ? m.group(2) : m.group(1))
        : OptionalInt.empty();
  }

  public static boolean speaksOfHeads(String words) {
    return words.contains("头") || words.toLowerCase(java.util.Locale.ROOT).contains("head");
  }

  /** Whether words speak of a temperature. */
  public static boolean speaksOfTemperature(String words) {
    return TEMPERATURE.matcher(words).find();
  }

  public static boolean asksForStatistics(String words) {
    return STATISTICS.matcher(words).find();
  }

  /**
   * The quantities that a line asks for: those behind a verb of asking, or before a question mark.
   */
  public static List<Mention> asked(String line) {
    List<Mention> asked = new ArrayList<>();
    Matcher sentence = SENTENCE.matcher(line);
    while (sentence.find()) {
      String words = sentence.group();
      Matcher verb = VERB.matcher(words);
      int from =
          verb.find()
              ? verb.start()
              : ASKS.matcher(words).find() ? lastClause(words) : words.length();
      for (Mention mention : in(words)) {
        if (mention.start() >= from) {
          asked.add(mention);
        }
      }
    }
    return asked;
  }

  private static int lastClause(String words) {
    return Math.max(words.lastIndexOf('，'), words.lastIndexOf(',')) + 1;
  }

  public static boolean asks(String line) {
    return ASKS.matcher(line).find();
  }
}
