package dev.qkv.sheet.note.language;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What words choose: scaling and masks, said or denied. A clause has a topic (to scale, to mask, to
 * see), at most one denial, and for masks what is seen or hidden: the future, the past, some keys.
 */
public final class ChoiceGrammar {
  /** Something chosen in words. */
  public sealed interface Said {
    /** How it was said. */
    String words();
  }

  /** Scores are scaled by 1/√d_k, or are not. */
  public record Scaling(boolean scaled, String words) implements Said {}

  /** Scores are multiplied by a number, or divided by one. */
  public record Factor(String number, boolean divides, String words) implements Said {}

  /** Later tokens are hidden, or no mask is used. */
  public record Causal(boolean masked, String words) implements Said {}

  /**
   * Keys that are seen, or hidden.
   *
   * @param query the query that it holds for, from 1; empty for all
   * @param keys from 1; empty for the last one
   * @param seen whether the keys are seen, and only they
   * @param words how it was said
   */
  public record Keys(OptionalInt query, SortedSet<Integer> keys, boolean seen, String words)
      implements Said {}

  /** A word of choices that this grammar makes nothing of. */
  public record Unclear(boolean masking, String words) implements Said {}

  private static final int FLAGS = Pattern.CASE_INSENSITIVE;
  private static final Pattern CLAUSE =
      Pattern.compile("[^。；;！!？?\\n]+?(?:[。；;！!？?\\n]|(?<=[a-z)\\d])\\.(?=\\s|$)|$)");
  private static final Pattern PART = Pattern.compile("[^，,（）()：:]+");
  private static final Pattern QUESTION =
      Pattern.compile(
          "为什么|为何|(?:若不|如果不|假如不)(?!.*(?:多少|求|计算|呢|写出|算出|是什么|权重))|是否|可以看[到出]|看得出|不难看出|几乎|\\b(?:almost|mostly|nearly)\\b|\\b(?:we|you) (?:can )?(?:see|notice) (?:that|how)\\b|\\bnotice (?:that|how)\\b|\\bwhy\\b|\\bwhat (?:if|happens|would)\\b|\\bif (?:we|you|one) (?:did|do|does) not\\b|\\bhow\\b",
          FLAGS);
  private static final Pattern DENIAL =
      Pattern.compile(
          "不(?!同|妨|难|变|等|超过|仅)|未(?!来)|无(?!关|论|穷)|没有|没|忘记|忘了|忽略|\\bforg[eo]t\\w*\\b|省略|省去|去掉|跳过|免去|取消|关闭|\\bno\\b|\\bnot\\b|n't\\b|\\bnever\\b|\\bwithout\\b|\\bomit\\w*|\\bignor\\w+|\\bskip\\w*|\\bdrop(?:ped|ping)?\\b|\\bunscaled\\b|\\bcannot\\b|\\bnothing\\b|\\bleave out\\b|\\bturned? off\\b",
          FLAGS);
  private static final Pattern SCALE =
      Pattern.compile(
          "缩放|除以\\s*\\$?\\s*(?:√|\\\\sqrt|根号|sqrt|d_?\\{?k)|\\bunscaled\\b|\\bscal(?:e|ed|es|ing)\\b|\\bdivid(?:e|ed|ing)\\s+(?:\\S+\\s+){0,4}?by\\s+(?:the )?\\$?(?:√|\\\\sqrt|sqrt|square root|anything|root)|\\bdivision\\s+by\\s+\\$?(?:√|\\\\sqrt|sqrt)|1\\s*/\\s*(?:√|sqrt|\\\\sqrt)",
          FLAGS);

  /** Scores before they are scaled: a step, not a choice. */
  private static final Pattern UNSCALED =
      Pattern.compile(
          "\\bunscaled\\s+(?:vs\\.?|versus|and|or)\\s+scaled|未缩放(?:与|和|、|对比)缩放|先[^，。]{0,6}未(?:经)?缩放的?(?:点积|内积|分数|得分|打分)|first[^.,]{0,20}unscaled|(?:有|得到?|求出?|算出?|先写?)[^，。]{0,4}未(?:经)?缩放的?(?:注意力)?(?:分数|得分|打分)|(?<![使采]用|[按用以])未(?:经)?缩放的?(?:点积|内积|乘积)(?!注意力)|(?<!\\b(?:use|using|with)\\s)\\bunscaled (?:dot[- ])?products?\\b(?! attention)",
          FLAGS);

  private static final Pattern CAUSAL =
      Pattern.compile(
          "因果|自回归|下三角|\\bcausal(?:ly)?\\b|\\bauto-?regressive\\b|lower[- ]triangular|\\blook[- ]?ahead\\b|masked self[- ]attention|\\bdecoder[- ]style\\b|\\bunidirectional\\b|单向注意力",
          FLAGS);
  private static final Pattern SEE =
      Pattern.compile(
          "看见|看到|看不到|看不见|(?:能|可|只|许|准|得|会)看|关注|注意到|\\battend\\w*|\\bsees?\\b|\\blook(?:s|ing)?\\b(?! up)|\\bpeek\\w*|可见|\\bvisible\\b|访问|\\baccess\\w*|\\b(?:may|can|only|to) use\\b",
          FLAGS);
  private static final Pattern HIDE =
      Pattern.compile(
          "屏蔽|遮蔽|遮挡|遮住|遮掉|掩盖|掩蔽|掩码|掩掉|隐藏|\\bmask(?:s|ed|ing)?\\b|\\bhidden\\b|\\bhide\\b|\\bblock(?:ed|s)?\\b|\\b(?:not allowed|disallowed|forbidden|excluded?|off[- ]limits)\\b|禁止|排除|不参与|不可见|−∞|-∞|-?\\\\infty|-inf",
          FLAGS);
  private static final Pattern FUTURE =
      Pattern.compile(
          "未来|后面|之后|以后|其后|后续|往后|\\bfuture\\b|\\blater\\b|\\bsubsequent\\b|\\bafter (?:it|them|itself)\\b|\\bto (?:its|their|the) right\\b|\\bahead\\b|\\bfollowing (?:tokens|positions|words|ones)\\b|\\bcome after\\b|j\\s*>\\s*i|\\babove the diagonal\\b|对角线(?:上方|以上)|上三角|\\bupper[- ]triang",
          FLAGS);
  private static final Pattern PAST =
      Pattern.compile(
          "之前|前面|以前|此前|先前|左侧|左边|\\bearlier\\b|\\bprevious\\b(?! (?:exercise|problem|question|part|task|example|section))|\\bpreceding\\b|\\bpast\\b|\\bbefore (?:it|them|itself)\\b|\\bto (?:its|the|their) left\\b|(?:j|key)\\s*(?:<=|≤|⩽|\\\\leq?)\\s*\\$?i|≤\\s*\\$?i\\b|\\\\leq?\\s*i\\b|\\bup to (?:and including )?(?:itself|its own|i)\\b",
          FLAGS);
  private static final Pattern SELF =
      Pattern.compile("自己|自身|本身|\\bitself\\b|\\bthemselves\\b", FLAGS);
  private static final Pattern ONLY =
      Pattern.compile(
          "只|仅|\\bonly\\b|\\bjust\\b|\\bexclusively\\b|\\bnothing but\\b|\\brestricted to\\b|\\bkeep\\b|保留",
          FLAGS);

  /** Words before the keys that are kept, where the others are padding. */
  private static final Pattern SEEN =
      Pattern.compile(
          "只(?!是|不过|有)|仅|有效|真实|可见|允许|\\bonly\\b|\\breal\\b|\\bvalid\\b|\\ballowed\\b", FLAGS);

  /** Words behind the keys that are kept. */
  private static final Pattern REAL =
      Pattern.compile(
          "\\s*(?:个|位|号)?(?:词元?|位置|键|token)?\\s*(?:(?:才)?是|为)?\\s*(?:真|有效|实际)|\\s*(?:are|is)\\s+(?:the\\s+)?(?:real|valid|actual)\\b",
          FLAGS);

  private static final Pattern PADDING =
      Pattern.compile("填充|补齐|填补|占位|\\bpad(?:ding|ded)?\\b|<pad>|\\[pad\\]", FLAGS);
  private static final Pattern LAST = Pattern.compile("最后|\\blast\\b|\\bfinal\\b", FLAGS);

  /** Words before a comma that are no statement of their own are longer. */
  private static final int SHORTEST_PART = 6;

  private static final String LIST =
      "\\$?\\\\?\\{?\\s*(?:(?<![A-Za-z])k_?)?(\\d{1,2}(?:\\s*个?\\s*(?:,|，|、|和|与|及|或|and|or|&|,\\s*and)\\s*\\$?(?:第|keys? |k_?|token |键|词元|位置)?\\s*\\d{1,2})*)\\s*\\\\?\\}?";

  /** A query and the keys that it sees. */
  private static final Pattern SIGHT =
      Pattern.compile(
          "(?:\\b(?:token|query|position|row)|词元?|查询|位置|第)\\s*+(\\d)\\s*+(?:个?(?:位置|词元?|查询|token))?\\s*+(?:(?:(?:may|can)\\s+)?(?:only\\s+)?(?:looks?\\s+(?:only\\s+)?at|attends?\\s+(?:only\\s+)?to|sees?(?:\\s+only)?)|at|only\\s+to|(?:只|仅)?(?:可以|能)?(?:可见|看见|看到|看|关注))\\s*+(?:keys?|tokens?|positions?|键|词元?|位置|第)?\\s*+"
              + "(\\d{1,2}(?:\\s*+(?:,\\s*+and|[,，、和与及&]|and)\\s*+(?:k_?|键|keys?\\s)?\\s*+\\d{1,2})*)"
              + "(?!\\d|\\s*+[=:：]|\\s*+个?(?:的|处))",
          FLAGS);

  private static final Pattern ARROW =
      Pattern.compile(
          "(?:token|query|位置|查询|词元)?\\s*\\$?q?_?(\\d{1,3})\\$?\\s*(?:→|->|\\\\to|\\\\rightarrow)\\s*"
              + LIST,
          FLAGS);

  /** Where a list of arrows goes on. */
  private static final Pattern ARROWS =
      Pattern.compile(
          "[;；](?=\\s*(?:(?:token|query|位置|查询|词元)\\s*)?\\$?q?_?\\d{1,2}\\$?\\s*(?:→|->|\\\\to))",
          FLAGS);

  private static final Pattern QUERY =
      Pattern.compile(
          "(?:\\btokens?|\\bquery|\\bposition|\\bword|词元|词(?=\\s*\\d)|查询|位置|第|q_?|token)\\s*\\$?(\\d{1,2})(?!\\d)|\\b(first|second|third|fourth)\\s+(?:query|token|position|word)",
          FLAGS);
  private static final Pattern ORDINAL_WORD = Pattern.compile("第([一二三四五六七八九十])个");
  private static final Pattern NTH =
      Pattern.compile("\\b(?:the )?(first|second|third|fourth)\\s+key\\b", FLAGS);
  private static final Pattern FIRST_KEYS =
      Pattern.compile(
          "\\bfirst\\s+(two|three|four|five|\\d)\\s+(?:\\w+\\s+)?(?:keys?|tokens?|positions?|words?)|前\\s*([一两二三四五\\d])\\s*个?\\s*(?:键|词|位置|token|词元|key)",
          FLAGS);
  private static final Pattern KEY_LIST =
      Pattern.compile(
          "(?:\\bkeys?|\\btokens?|\\bpositions?|\\bk_?|键|词元|词(?=\\s*\\d)|位置|第|token|(?<![A-Za-z])k)\\s*\\$?(?:为|是)?\\s*"
              + LIST,
          FLAGS);

  private static final String NUMBER =
      "\\$?(\\d+(?:\\.\\d+)?(?:\\s*/\\s*(?:\\d+(?:\\.\\d+)?|d_?\\{?k\\}?))?|d_?\\{?k\\}?(?![\\w}]))\\$?(?![\\d.]*(?:\\(|\\s*(?:[%√/]|\\\\)))";
  private static final Pattern FRACTION =
      Pattern.compile(
          "\\\\[dt]?frac\\s*\\{([^{}\\\\]{1,12}(?:\\{\\w\\})?)\\}\\s*\\{([^{}\\\\]{1,12}(?:\\{\\w\\})?)\\}");
  private static final Pattern SHORT_FRACTION = Pattern.compile("\\\\[dt]?frac(\\d)(\\d)");
  private static final Pattern FACTOR =
      Pattern.compile(
          "(?:\\b(?:scores?|products?|logits?)[^.]{0,30}?\\bmultipl(?:y|ies|ied|ying)\\s+(?:\\w+\\s+){0,3}?by\\s+|\\bmultipl(?:y|ies|ied|ying)\\s+(?:\\w+\\s+){0,3}?(?:scores?|products?|logits?)\\s+by\\s+|(?:打分|得分|分数|点积|内积)[^。，]{0,8}(?:统一)?(?:乘以|乘上|乘)\\s*|\\b(?:scale|scaling)(?: factor)?(?: of| is| =|\\s*=|:)\\s*|\\bscal(?:e|ing) factor\\s+(?=\\d)|\\bscaled by\\s+|\\b(?:scores?|logits?)\\s*(?:is|are|=|:=)\\s*(?=[\\d./]+\\s*(?:times|·|\\*|×)\\s*(?:the )?(?:dot|inner|q))|缩放(?:因子|系数)(?:取|为|是|用|改为|改成|设为|=|＝|:|：|不[^。]{1,24}而是)\\s*)"
              + NUMBER
              + "|\\buse\\s+"
              + NUMBER
              + "\\s+as\\s+(?:the\\s+|a\\s+)?scal(?:e|ing)\\b|(?:\\bdivid(?:e|ed|ing)\\s+(?:\\w+\\s+){0,4}?by\\s+|除以\\s*)"
              + NUMBER
              + "(?=[^.。]{0,20}(?:instead|rather|\\bnot\\b|而不是|而非|不是|代替))|(?:用|改用|使用)\\s*"
              + NUMBER
              + "\\s*(?:作为|做|当作?)\\s*缩放",
          FLAGS);

  /** What else is divided by a number. */
  private static final Pattern STATISTICS =
      Pattern.compile(
          "方差|标准差|层归一化|\\bvariance\\b|\\bstandard deviation\\b|\\blayer ?norm\\w*", FLAGS);

  /** What is not to be forgotten is to be done. */
  private static final Pattern REMINDER =
      Pattern.compile("(?:\\bnot|n't|\\bnever)\\s+forget|别忘|不要忘|勿忘|不能忘|记得", FLAGS);

  /** Keys near the query's own; which they are is not worked out. */
  private static final Pattern NEIGHBOURS =
      Pattern.compile("\\bneighbou?rs?\\b|\\bwindow\\b|相邻|邻近|左右|窗口", FLAGS);

  /** What a layer norm scales by. */
  private static final Pattern AFFINE =
      Pattern.compile(
          "可学习|平移|偏移|\\blearn(?:ed|able)\\b|\\bshift\\w*|\\bgain\\b|γ|gamma|\\baffine\\b", FLAGS);

  /** A comma behind which a list of what each query sees goes on. */
  private static final Pattern EACH =
      Pattern.compile(
          "[,，](?=\\s*(?:(?:and|而) ?)?(?:词元?|查询|位置|token|query|position|word)\\s*\\d\\s*(?:只|仅|全部|不|可|能|can|may|only|sees|attends|keeps))",
          FLAGS);

  /** Where a part of a sentence ends. */
  private static final Pattern COMMA = Pattern.compile("[，,：:]");

  private ChoiceGrammar() {}

  /** What a text chooses, sentence by sentence. */
  public static List<Said> read(String text) {
    List<Said> said = new ArrayList<>();
    String plain =
        SHORT_FRACTION
            .matcher(FRACTION.matcher(text).replaceAll("$1/$2"))
            .replaceAll("$1/$2")
            .replace("$", "")
            .replace("**", "")
            .replace("\\(", "")
            .replace("\\)", "");
    plain = enumerated(EACH.matcher(ARROWS.matcher(plain).replaceAll(",")).replaceAll("；"), said);
    plain = NTH.matcher(plain).replaceAll(m -> "key " + Numbers.of(m.group(1)).orElseThrow());
    plain = ORDINAL_WORD.matcher(plain).replaceAll(m -> "第" + digits(m.group(1)) + "个");
    Matcher sentence = CLAUSE.matcher(plain);
    while (sentence.find()) {
      if (!QUESTION.matcher(sentence.group()).find()) {
        sentence(sentence.group(), said);
      }
    }
    return said;
  }

  /** Takes out what several queries see, one after another: <em>token 2 at keys 2 and 3</em>. */
  private static String enumerated(String text, List<Said> said) {
    List<MatchResult> sights = SIGHT.matcher(text).results().toList();
    if (sights.stream().map(s -> s.group(1)).distinct().count() < 2) {
      return text;
    }
    for (MatchResult sight : sights) {
      said.add(
          new Keys(
              Numbers.of(sight.group(1)), numbers(sight.group(2)), true, sight.group().strip()));
    }
    return SIGHT.matcher(text).replaceAll("");
  }

  private static String digits(String word) {
    OptionalInt number = Numbers.of(word);
    return number.isPresent() ? String.valueOf(number.getAsInt()) : word;
  }

  private static void sentence(String sentence, List<Said> said) {
    if (arrows(sentence, said)) {
      return;
    }
    masks(sentence, said);
    if (factor(sentence, said)) {
      return;
    }
    Matcher part = PART.matcher(sentence);
    while (part.find()) {
      scaling(part.group(), said);
    }
  }

  private static boolean factor(String part, List<Said> said) {
    Matcher factor = FACTOR.matcher(part);
    if (STATISTICS.matcher(part).find() || !factor.find()) {
      return false;
    }
    boolean divides = factor.group(3) != null;
    for (int g = 1; g <= factor.groupCount(); g++) {
      if (factor.group(g) != null) {
        said.add(new Factor(factor.group(g), divides, part.strip()));
      }
    }
    return true;
  }

  private static void scaling(String part, List<Said> said) {
    Matcher scale = SCALE.matcher(part);
    if (!scale.find() || AFFINE.matcher(part).find()) {
      return;
    }
    boolean denied = DENIAL.matcher(part).find() && !REMINDER.matcher(part).find();
    if (denied && UNSCALED.matcher(part).find()) {
      return;
    }
    boolean adverb =
        part.matches(
            "(?is).*缩放(?:因子|系数|点积).*|.*scal(?:e|ing) factor.*|.*(?<!un|non-)scaled[- ]dot.*");
    if (denied
        && adverb
        && !part.matches("(?is).*(?:不|未|无|没)\\S{0,6}缩放.*|.*\\b(?:no|without|omit|not)\\b.*")) {
      return;
    }
    said.add(new Scaling(!denied, part.strip()));
  }

  private static boolean arrows(String sentence, List<Said> said) {
    if (!ONLY.matcher(sentence).find()
        && !SEE.matcher(sentence).find()
        && !SEEN.matcher(sentence).find()) {
      return false;
    }
    boolean any = false;
    Matcher arrow = ARROW.matcher(sentence);
    while (arrow.find()) {
      said.add(
          new Keys(
              Numbers.of(arrow.group(1)), numbers(arrow.group(2)), true, arrow.group().strip()));
      any = true;
    }
    return any;
  }

  private static void masks(String sentence, List<Said> said) {
    boolean causal = CAUSAL.matcher(sentence).find();
    boolean hide = HIDE.matcher(sentence).find();
    boolean see = SEE.matcher(sentence).find();
    boolean future = FUTURE.matcher(sentence).find();
    boolean past = PAST.matcher(sentence).find();
    boolean only = ONLY.matcher(sentence).find();
    if (PADDING.matcher(sentence).find() && padding(sentence, said)) {
      return;
    }
    if (see && NEIGHBOURS.matcher(sentence).find()) {
      said.add(new Unclear(true, sentence.strip()));
    } else if (causal) {
      said.add(new Causal(!deniesMask(sentence, CAUSAL), sentence.strip()));
    } else if (future && (hide || see)) {
      boolean denied = DENIAL.matcher(sentence).find();
      boolean hidden = hide ? !deniesMask(sentence, HIDE) : denied;
      said.add(new Causal(hidden, sentence.strip()));
    } else if (past && (see || only) && (only || SELF.matcher(sentence).find())) {
      said.add(new Causal(true, sentence.strip()));
    } else if (hide && !see && deniesMask(sentence, HIDE)) {
      said.add(new Causal(false, sentence.strip()));
    } else if (see || (hide && KEY_LIST.matcher(sentence).find())) {
      keys(sentence, hide && !see, only, said);
    } else if (hide && sentence.matches("(?is).*(?:\\bmask\\w*|屏蔽|遮蔽|掩码).*")) {
      said.add(new Unclear(true, sentence.strip()));
    }
  }

  /** A denial right before a word, or right behind it as in 不使用. */
  private static boolean deniesMask(String sentence, Pattern topic) {
    Matcher word = topic.matcher(sentence);
    while (word.find()) {
      int from = Math.max(0, word.start() - 24);
      String before = sentence.substring(from, word.start());
      int cut = Math.max(before.lastIndexOf('，'), before.lastIndexOf(','));
      if (DENIAL.matcher(before.substring(cut + 1)).find()) {
        return true;
      }
    }
    return false;
  }

  private static boolean padding(String sentence, List<Said> said) {
    Matcher word = PADDING.matcher(sentence);
    int at = word.find() ? word.start() : 0;
    if (deniesMask(sentence, PADDING)) {
      said.add(new Causal(false, sentence.strip()));
      return true;
    }
    String list = null;
    Matcher keys = KEY_LIST.matcher(sentence);
    while (keys.find()) {
      list = list == null || keys.end() <= at ? keys.group(1) : list;
    }
    if (list != null) {
      int from = sentence.indexOf(list);
      String before = sentence.substring(0, from);
      int comma = Math.max(before.lastIndexOf('，'), before.lastIndexOf(','));
      boolean seen =
          SEEN.matcher(before.substring(comma + 1)).find()
              || REAL.matcher(sentence.substring(from + list.length())).lookingAt();
      said.add(new Keys(OptionalInt.empty(), numbers(list), seen, sentence.strip()));
      return true;
    }
    Matcher ordinal =
        Pattern.compile(
                "(?:第\\s*|the\\s+)(" + Numbers.ONE + ")\\s*(?:个|token|key|position|word)", FLAGS)
            .matcher(sentence);
    if (ordinal.find() && Numbers.of(ordinal.group(1)).isPresent()) {
      TreeSet<Integer> one = new TreeSet<>();
      one.add(Numbers.of(ordinal.group(1)).getAsInt());
      said.add(new Keys(OptionalInt.empty(), one, false, sentence.strip()));
      return true;
    }
    if (LAST.matcher(sentence).find()) {
      said.add(new Keys(OptionalInt.empty(), new TreeSet<>(), false, sentence.strip()));
      return true;
    }
    said.add(new Unclear(true, sentence.strip()));
    return true;
  }

  private static void keys(String sentence, boolean hide, boolean only, List<Said> said) {
    Matcher topic = (hide ? HIDE : SEE).matcher(sentence);
    if (!topic.find()) {
      return;
    }
    String behind = sentence.substring(topic.end()).replaceFirst("[(（].*", "");
    Matcher list = KEY_LIST.matcher(behind);
    boolean found = list.find();
    if (!found && !hide && !topic.group().endsWith("use")) {
      list = Pattern.compile("^\\s*(?:to\\s+)?" + LIST, FLAGS).matcher(behind);
      found = list.find();
    }
    boolean denied = DENIAL.matcher(part(sentence, topic.start())).find();
    Matcher first = FIRST_KEYS.matcher(sentence);
    if (!found && (only || denied) && first.find()) {
      int last = Numbers.of(first.group(1) == null ? first.group(2) : first.group(1)).orElse(0);
      TreeSet<Integer> listed = new TreeSet<>();
      for (int k = 1; k <= last; k++) {
        listed.add(k);
      }
      said.add(new Keys(OptionalInt.empty(), listed, only && !denied, sentence.strip()));
      return;
    }
    if (!found && (hide || denied || only)) {
      String before =
          sentence.substring(sentence.lastIndexOf('=', topic.start()) + 1, topic.start());
      list = KEY_LIST.matcher(before);
      if (list.find()) {
        boolean seen = ONLY.matcher(before.substring(0, list.start())).find();
        if (!seen && !hide && !denied) {
          return;
        }
        said.add(new Keys(OptionalInt.empty(), numbers(list.group(1)), seen, sentence.strip()));
        return;
      }
    }
    if (!found || (!only && !denied && !hide)) {
      return;
    }
    OptionalInt query = OptionalInt.empty();
    Matcher asked = QUERY.matcher(sentence.substring(0, topic.start()));
    while (asked.find()) {
      query = Numbers.of(asked.group(1) == null ? asked.group(2) : asked.group(1));
    }
    said.add(new Keys(query, numbers(list.group(1)), only && !denied, sentence.strip()));
  }

  /** The part of a sentence between commas that holds a place, with what is left of a short one. */
  private static String part(String sentence, int at) {
    int from = 0;
    int to = sentence.length();
    Matcher comma = COMMA.matcher(sentence);
    while (comma.find()) {
      boolean formula = sentence.substring(from, comma.start()).indexOf('=') >= 0;
      if (comma.end() <= at && (formula || comma.end() <= at - SHORTEST_PART)) {
        from = comma.end();
      } else if (comma.start() > at && to == sentence.length()) {
        to = comma.start();
      }
    }
    return sentence.substring(from, to);
  }

  private static SortedSet<Integer> numbers(String list) {
    TreeSet<Integer> keys = new TreeSet<>();
    Matcher number = Pattern.compile("\\d{1,2}").matcher(list);
    while (number.find()) {
      keys.add(Integer.parseInt(number.group()));
    }
    return keys;
  }
}
