package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Traced;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names that are spelled with words, as 查询1 =, grad V or \\text{output}, by their signs. */
public final class Spelling {
  private static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("查询", "Q"),
          Map.entry("query", "Q"),
          Map.entry("键", "K"),
          Map.entry("key", "K"),
          Map.entry("值", "V"),
          Map.entry("value", "V"),
          Map.entry("得分", "S"),
          Map.entry("scores", "S"),
          Map.entry("logits", "S"),
          Map.entry("权重", "A"),
          Map.entry("weights", "A"),
          Map.entry("attn", "A"),
          Map.entry("输出", "Z"),
          Map.entry("output", "Z"),
          Map.entry("context", "Z"),
          Map.entry("queries", "Q"),
          Map.entry("keys", "K"),
          Map.entry("values", "V"),
          Map.entry("attention", "A"),
          Map.entry("打分", "S"),
          Map.entry("上下文", "Z"),
          Map.entry("out", "Z"));

  private record Rule(Pattern pattern, Function<MatchResult, String> sign) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "(\\\\[dt]?frac)\\s*+(\\d)\\s*+(?=\\d|\\{)",
              m -> m.group(1) + "{" + m.group(2) + "}"),
          rule(
              "(\\\\[dt]?frac\\s*+\\{[^{}]{1,12}\\})\\s*+(\\d)",
              m -> m.group(1) + "{" + m.group(2) + "}"),
          rule(
              "(?<==\\s{0,2})(?-i:I)_\\{?([2-4])\\}?(?![\\w^])",
              m -> diagonal(Collections.nCopies(Integer.parseInt(m.group(1)), "1"))),
          rule(
              "(?<=[=：:为]\\s{0,2})(?:an? |the )?([2-4])\\s*+(?:[×x]\\s*+\\1|阶)?\\s*+的?(?:identity(?: matrix)?|单位(?:矩)?阵)",
              m -> diagonal(Collections.nCopies(Integer.parseInt(m.group(1)), "1"))),
          rule(
              "(?<==\\s{0,2})(?:the )?identity(?: matrix)? of (?:size|order) ([2-4])",
              m -> diagonal(Collections.nCopies(Integer.parseInt(m.group(1)), "1"))),
          rule(
              "(?<==\\s{0,2})(?:\\\\(?:operatorname|mathrm|text)\\{)?diag\\}?\\(([-−\\d.,\\s/]{3,40})\\)",
              m -> diagonal(List.of(m.group(1).strip().split("\\s*+,\\s*+")))),
          rule(
              "(?m)^([ \\t]*)(?-i:(d(?:W_?)?[QKVASZXO]|[SAZ]))[ \\t]{2,}(?=[\\[(]\\s*+[-−]?[\\d.])",
              m -> m.group(1) + m.group(2) + " =\n" + m.group(1)),
          rule("\\bQ\\s*+(?:点?乘以?|×|\\btimes\\b)\\s*+K\\s*+的?(?:转置|\\btransposed?\\b)", m -> "QKᵀ"),
          rule(
              "(?<![A-Za-z均数取分\\p{IsHan}])(查询|键|值|得分|权重|输出|query|key|value|scores|weights|output)(?=[1-4]\\s*+[=＝])",
              m -> sign(m.group(1))),
          rule(
              "(?<![_^]\\{|[_^])\\\\(?:text|mathrm|operatorname|mathit|textit)\\{(query|key|value|queries|keys|values|weights|attention|attn|output|context|out|查询|键|值|权重|打分|得分|输出|上下文)\\}",
              m -> sign(m.group(1))),
          rule(
              "(?<=\\\\nabla_\\{)\\\\(?:text|mathrm)\\{(scores|logits|weights|attn|output|context|out)\\}",
              m -> sign(m.group(1))),
          rule(
              "\\\\(?:text|mathrm|operatorname)\\{(?:self[- ]?)?(?:attn|attention)\\}\\s*+\\(\\s*+x\\s*+\\)(?=\\s*+[=≈])",
              m -> "Z"),
          rule(
              "\\\\(?:bar|overline)\\s*+(?:\\{\\s*+)?(?-i:([QKVASZP]))(?:\\s*+\\})?(?![A-Za-z])",
              m -> "d" + m.group(1)),
          rule(
              "(\\\\sigma|σ)\\s*+(?:\\^\\{?2\\}?|²)_\\{?(\\d)\\}?",
              m -> m.group(1) + "_{" + m.group(2) + "}^2"),
          rule(
              "(?<![A-Za-z\\\\_^{])(?-i:([QKVSAZOEPYX]))(\\$?)\\s*+[,，]?\\s*+(?:查询|第|词元?|位置|query|row|token)\\s*+(\\d)\\s*+(?:行|个)?\\s*+(?=[:：=＝])",
              m -> m.group(1) + "[" + m.group(3) + "]" + m.group(2)),
          rule(
              "(?<![A-Za-z均数取分关\\p{IsHan}])(键|值|key|value)\\s*+([1-9])(?=\\s*+[:：=＝]\\s*+\\$?[\\[(（])",
              m -> sign(m.group(1)).toLowerCase(Locale.ROOT) + "_" + m.group(2)),
          rule(
              "((?:得分|打分|分数|权重|注意力|输出|结果|scores?|logits|weights?|outputs?|context)\\s?[,，]?\\s?)(?:查询|query)\\s*+(\\d)(?=\\s*+[:：=＝]\\s*+\\$?[\\[(\\d.-])",
              m -> m.group(1) + "row " + m.group(2)),
          rule("(?<=\\$|\\})(查询|键|值)(?=\\s*+(?:=|\\^|\\$))", m -> sign(m.group(1))),
          rule(
              "(?<=\\S)[ \\t]{0,3}[(（](?:head|头)\\s*+(\\d)[)）](?=\\s*+[=＝≈])",
              m -> "^{(" + m.group(1) + ")}"),
          rule("(?<![A-Za-z\\\\])d\\\\[,;](?=\\s*+[A-Z])", m -> "d"),
          rule(
              "(?<![A-Za-z])gradients? (?:of|for|w\\.?r\\.?t\\.?|with respect to|on|at) (?:the )?\\$?(?-i:([QKVASZXO]|W_?\\{?[QKVO]\\}?))\\$?(?=\\s*+[:：=＝])",
              m -> "d" + m.group(1)),
          rule(
              "((?:weights?|scores?|logits|outputs?|context|权重|得分|打分|输出)(?: vector| row)? (?:of|for|from) )\\$?q_?\\{?(\\d)\\}?\\$?(?=\\s*+[:：=＝(\\[])",
              m -> m.group(1) + "query " + m.group(2)),
          rule(
              "(?<![A-Za-z\\\\_])\\$?q_?\\{?(\\d)\\}?\\$?\\s*+的\\s*+(?=(?:注意力)?(?:权重|得分|打分|分数|输出|结果))",
              m -> "查询 " + m.group(1) + " 的"),
          rule(
              "\\b(scores?|得分|打分)\\s?[(（][^()（）=]{0,24}(?=d_k\\s?=\\s?\\d{1,4}[)）]\\s?[:：])",
              m -> m.group(1) + "; "),
          rule("(?<=; d_k\\s?=\\s?\\d{1,4})[)）]\\s?(?=[:：])", m -> "; scores"),
          rule(
              "(mask|掩码(?:矩阵)?)\\s?[(（]\\s?(?=[^()（）]{2,60}[)）])(?:1\\s?[=＝:：]\\s?(?:visible|keep|kept|seen|allowed|可见|保留|能看)|0\\s?[=＝:：]\\s?(?:hidden|masked|blocked|屏蔽|遮))[^()（）]{0,50}[)）]\\s?(?:[:：=]\\s?)?(?=\\$*(?:\\[\\[|\\\\begin))",
              m -> m.group(1) + " M = "),
          rule(
              "\\b((?:self-?)?attention|feed-?forward|FFN|MLP)(?: (?:network|block|layer|part|projections?|sub-?layer))*+(?:\\s?\\([^()\\d]{0,40}\\))? (?:has|have|needs?|uses?|contains?|holds?) (\\d[\\d,]{2,})",
              m -> m.group(1) + " parameters: " + m.group(2)),
          rule(
              "(?<![\\d.,])(?=\\d[\\d,]{2,}(?:\\s(?:parameters|params|weights))? (?:in|for) (?:the )?((?:self-?)?attention|feed-?forward|FFN|MLP)\\b)",
              m -> m.group(1) + " parameters: "),
          rule(
              "(注意力|前馈|FFN)(?:网络|部分|模块|层|子层)*+(?:总共|一共|共)?(?:需要|包含|有)\\s?(?=\\d{3,}\\s?个(?:参数|权重))",
              m -> m.group(1) + "参数量："),
          rule(
              "(?<![\\\\\\w^_}])\\{\\s?(?=\\{)((?:\\{[-−\\d.,\\s/√()]{1,80}\\}[\\s,;]{0,4}){1,12})\\}",
              m -> "[" + m.group(1).replace('{', '[').replace('}', ']') + "]"),
          rule(
              "(?<=[=:：]\\s{0,3})\\(\\s?([-−]?[\\d.]++(?:\\s++[-−]?[\\d.]++){1,8})\\s?\\)",
              m -> m.group().replaceAll("(?<=[\\d.])\\s(?=\\s*[-−\\d.])", ",")),
          rule("(?<=[:：=]\\s?)(?:the )?rows?\\s+(?=[\\[(]\\s?[-−]?[.\\d])", m -> ""),
          rule("(?<![A-Za-z_.])grad\\s(?=\\$?[QKVASPZXOYW](?![A-Za-z]))", m -> "d"),
          rule(
              "(?:新的|更新(?:一[步次])?(?:之?后)?的?\\s?|\\b(?:new|updated) )\\s*+(?=\\$?W)(\\$?)W_?\\{?([QKVO])\\}?(?![A-Za-z_^])",
              m -> m.group(1) + "W_{" + m.group(2) + "}^{new}"),
          rule(
              "\\(([A-Z](?:_\\{?\\d\\}?)?|\\\\nabla_\\{?[\\w\\\\^{}]{1,12}\\}?\\s*+L)\\)_\\{?(\\d)\\}?(?![\\d,])",
              m -> m.group(1) + "[" + m.group(2) + "]"),
          rule("=\\s*+d_?\\{?v\\}?\\s*+(?==)", m -> ""),
          rule("(?<=\\d) x (?=\\d)", m -> " × "));

  private Spelling() {}

  private static Rule rule(String pattern, Function<MatchResult, String> sign) {
    return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), sign);
  }

  /** A matrix with numbers from its upper left to its lower right, and zeros around them. */
  private static String diagonal(List<String> numbers) {
    StringBuilder matrix = new StringBuilder("[");
    for (int i = 0; i < numbers.size(); i++) {
      for (int j = 0; j < numbers.size(); j++) {
        matrix.append(j > 0 ? " " : i > 0 ? "; " : "").append(i == j ? numbers.get(i) : "0");
      }
    }
    return matrix.append(']').toString();
  }

  private static String sign(String word) {
    return SIGNS.getOrDefault(word.toLowerCase(Locale.ROOT), word);
  }

  /** The text with the signs, traced to the text as it was. */
  public static Traced of(String text) {
    Traced made = Traced.whole(text);
    for (Rule rule : RULES) {
      made = made.then(Traced.replacing(made.text(), rule.pattern(), rule.sign()));
    }
    return made;
  }
}
