package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Kind;
import java.util.regex.Pattern;

/** Tells what headings are for by what stands below them. */
final class Outline {
  private static final Pattern INPUT =
      Pattern.compile(
          "(?<![A-Za-z\\\\])(?:[QKVXqkvxWZ]|W_?[{]?[QKVOqkvo]}?|d_?\\{?(?:\\\\text\\{)?model|h)(?:_?\\{?\\(?\\d+\\)?\\}?|[₁-₉]|\\^\\{?\\(?\\d\\)?\\}?|_\\w{1,8})?[$`*]*\\s*(?:=|＝|≈|:|：|为|是)\\s*[$`*]*\\s*[\\[(（{\\\\\\d|n-]"
              + "|(?i:quer(?:y|ies)|keys?|查询|键)[^。\\n]{0,14}[:：为是=]\\s*\\$?[\\[(（{\\\\qk]|[QKVX](?:\\s*的各行|,? by rows?)\\s*[:：]|(?:得分|分数|\\bscores?|\\blogits?|向量|\\bvector)[^。\\n]{0,10}?[:：为是=]?\\s*\\$?[\\[(（]\\s*[-−]?\\d|np\\.array|torch\\.tensor|\\\\begin\\{[bp]matrix");

  /** Names of what is given, in the cells of a table. */
  private static final Pattern LABELS =
      Pattern.compile("(?i)\\|\\s*[*$`]*(?:[qkvx](?:[\\s*$`,，_\\d₁-₉][^|]*)?\\||查询|键|quer|key)");

  private static final String IS =
      "\\}?(?:_?\\{?1\\}?)?[$`*\\s]*(?:=|＝|:|：|为|是)[$`*\\s]*(?:\\[|\\(|（|\\\\left|\\\\begin)";
  private static final String SPOKEN = "[^.。\\n=]{0,24}[\\[(（]\\s*[-−]?[\\d.]";
  private static final Pattern INPUTS =
      Pattern.compile("(?<![A-Za-z\\\\_])X" + IS + "|(?i:layer[\\s-]?norm\\w*|层归一化)" + SPOKEN);
  private static final Pattern QUERY =
      Pattern.compile("(?<![A-Za-z\\\\_])[Qq]" + IS + "|(?:(?i:quer(?:y|ies))|查询)" + SPOKEN);
  private static final Pattern KEY =
      Pattern.compile("(?<![A-Za-z\\\\_])[Kk]" + IS + "|(?:(?i:keys?)|键)" + SPOKEN);

  private static final Pattern PROJECTED = Pattern.compile("W_?\\{?[QKVqkv]\\}?\\$?\\s*[=:＝：]");

  private static final Pattern TOPIC =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:(?:投影|分数|打分|得分|点积|缩放|权重|输出|掩码|归一化|残差|均值|方差|与|和|、|的|再|乘|加权求和|注意力|矩阵|线性|scores?|scaled?|scaling|weights?|outputs?|projections?|project|masks?|masking|soft-?max|and|the|of|raw|values?|attention|computing|compute|apply|applying|weighted|sum|dot|products?|concat\\w*|mixing|mix|q|k|v|[,&/+·\\s\\d.()（）^$\\\\{}_])+)");

  private static final Pattern STEP =
      Pattern.compile(
          "(?i)^[^\\p{L}\\p{N}]*(?:\\d+[^\\p{L}\\p{N}]*)?(?:(?:the )?(?:first |second )?head\\b|第?\\s*[\\d一二三四]?\\s*个?头|concat|拼接|step|stage|phase|步骤|第\\s*[\\d一二三四五六七八九十]+\\s*步|given|setup|data|summary|conclusion|recap|final|check|verif\\w*|已知(?=.{0,4}$)|数据(?=.{0,6}$)|总结|小结|结论|验证|检验|最终|计算(?!题)|手算(?!题)|演算|推导|求解|过程|calculation|computation|derivation|worked solution|result)");

  private final Page page;

  Outline(Page page) {
    this.page = page;
  }

  /** Where the next heading of a level or above it stands; behind the last block if none does. */
  int next(int index, int level) {
    for (int i = index + 1; i < page.size(); i++) {
      if (page.get(i).kind() == Kind.HEADING && page.get(i).level() <= level) {
        return i;
      }
    }
    return page.size();
  }

  /** Whether blocks give an input, or a query with keys where no input was given before. */
  boolean startsAfresh(int from, int to) {
    String before = page.text().substring(0, page.get(from).from());
    String here = page.text().substring(page.get(from).from(), page.get(to - 1).to());
    boolean pair = QUERY.matcher(here).find() && KEY.matcher(here).find();
    return INPUTS.matcher(here).find() || (pair && !PROJECTED.matcher(before).find());
  }

  /** Whether blocks give queries, keys, values or inputs. */
  boolean hasGivens(int from, int to) {
    for (int i = from; i < to; i++) {
      Block block = page.get(i);
      Pattern given = block.kind() == Kind.TABLE ? LABELS : INPUT;
      if (block.kind() != Kind.RULE
          && given.matcher(page.text().substring(block.from(), block.to())).find()) {
        return true;
      }
    }
    return false;
  }

  /** Whether blocks bring numbers to start from. */
  boolean hasInputs(int from, int to) {
    for (int i = from; i < to; i++) {
      Block block = page.get(i);
      if (block.kind() == Kind.TABLE
          || (block.kind() != Kind.RULE && INPUT.matcher(block.words(page.text())).find())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a heading is of a step, a given part or an answer, not of an exercise. */
  boolean isStep(Block block) {
    return Heading.isCollection(page.raw(block))
        || Heading.answer(page.raw(block)).isPresent()
        || STEP.matcher(block.words(page.text())).find()
        || (TOPIC.matcher(block.words(page.text())).matches() && isWorked(block));
  }

  /** Whether what a heading's words are about can be worked from what stands above it. */
  private boolean isWorked(Block heading) {
    int at = page.blocks().indexOf(heading);
    boolean projections = false;
    for (int i = 0; i < at; i++) {
      projections |= PROJECTED.matcher(page.get(i).words(page.text())).find();
    }
    int end = next(at, heading.level());
    return projections
        ? !PROJECTED.matcher(page.text().substring(heading.from(), page.get(end - 1).to())).find()
        : !hasInputs(at, end);
  }
}
