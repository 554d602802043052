package dev.qkv.sheet.note.language;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for gradients: the gradient with respect to V, 对 V 的梯度. */
public final class Gradients {
  private static final String NAME =
      "\\$?\\\\?\\(?([A-Za-z](?:_?\\{?[A-Za-z0-9]{1,2}\\}?)?)(?![A-Za-z])";
  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?i:\\b(?:gradients?|derivatives?)\\b[^.;:=]{0,30}?(?:respect to|w\\.?r\\.?t\\.?|for|of|to)\\s+(?:the\\s+)?(?:(?:attention\\s+)?(?:scores?|weights?|values?|queries|query|keys?|output|matrix|input)\\s+)*)"
              + NAME);
  private static final Pattern CHINESE =
      Pattern.compile("(?:对|关于)?\\s*" + NAME + "\\$?\\s*(?:\\\\\\))?\\s*的(?:梯度|导数|偏导数?)");

  /** Words for what gradients are of. */
  private static final Map<String, String> CONCEPTS =
      Map.ofEntries(
          Map.entry("权重", "dA"),
          Map.entry("得分", "dS"),
          Map.entry("分数", "dS"),
          Map.entry("打分", "dS"),
          Map.entry("softmax", "dS"),
          Map.entry("值", "dV"),
          Map.entry("键", "dK"),
          Map.entry("查询", "dQ"),
          Map.entry("输出", "dZ"),
          Map.entry("weights", "dA"),
          Map.entry("scores", "dS"),
          Map.entry("logits", "dS"),
          Map.entry("values", "dV"),
          Map.entry("queries", "dQ"),
          Map.entry("keys", "dK"),
          Map.entry("output", "dZ"));

  private static final Pattern SPOKEN =
      Pattern.compile(
          "(权重|得分|分数|打分|softmax|输出|(?<!均)值|(?<!关)键|查询)\\s*(?:矩阵|之前|输入)?处?的(?:梯度|导数)"
              + "|(?i:\\bgradients?\\s+(?:of the loss\\s+)?(?:of|for|with respect to|w\\.?r\\.?t\\.?)\\s+(?:(?:the|these|its)\\s+)?(?:(?:attention|scaled)\\s+)?)(weights|scores|logits|values|queries|keys|output)\\b(?!\\s+[A-Z]\\b)");

  /** The gradient from which the others follow. */
  private static final Pattern UPSTREAM =
      Pattern.compile(
          "(?i:\\b(?:upstream|incoming) gradient\\b|\\bgradient (?:that|which) (?:comes|arrives|flows) in\\b|上游(?:传来的|来的)?梯度)(?![^:：=]{0,6}\\$?[dδ∂])");

  private Gradients() {}

  /** The gradients that words speak of, in order. */
  public static List<Quantity> in(String words) {
    List<Quantity> found = new ArrayList<>();
    for (Pattern pattern : List.of(ENGLISH, CHINESE)) {
      Matcher m = pattern.matcher(words);
      while (m.find()) {
        Names.reference(m.group(1))
            .map(Reference::quantity)
            .flatMap(q -> Quantities.named("d" + q.name()))
            .ifPresent(found::add);
      }
    }
    if (UPSTREAM.matcher(words).find()) {
      found.add(Quantities.D_Z);
    }
    Matcher spoken = SPOKEN.matcher(words);
    while (spoken.find()) {
      String concept = spoken.group(1) == null ? spoken.group(2) : spoken.group(1);
      Optional.ofNullable(CONCEPTS.get(concept)).flatMap(Quantities::named).ifPresent(found::add);
    }
    return found;
  }

  /** The one that words speak of last, if they end with it. */
  public static Optional<Quantity> last(String words) {
    List<Quantity> all = in(words);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}
