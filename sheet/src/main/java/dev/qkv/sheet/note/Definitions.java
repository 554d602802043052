package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.document.text.Traced;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.term.Quantity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Letters that a note says the meaning of: <em>let E be the scores</em>, <em>the attention output
 * H</em>, 记 P 为权重. Where they usually mean something else, or nothing, they are read as the names
 * of what they mean here.
 */
final class Definitions {
  private static final String SYMBOL = "(\\\\tilde\\s*\\{?\\s*[A-Z]\\s*\\}?|[B-Zρωφ]['′]?)";

  /** A letter by itself, with nothing below or above it. */
  private static final Pattern LETTER =
      Pattern.compile("(?<![A-Za-z\\\\_^{.@·*])" + SYMBOL + "(?![A-Za-z0-9_^({\\[₀-₉^·@*])");

  /** What may stand between a word and the letter for it. */
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?:矩阵|向量|记[作为]|[的是为])?\\s*(?:[(（]\\s*记[作为]\\s*|（\\s*)?[\\s$*`]{0,4}(?:\\\\\\()?");

  private static final Pattern FORWARD =
      Pattern.compile(
          "^[\\s$*`]*(?:\\\\\\))?[\\s$*`]*(?:是|为|表示|代表|指|denotes?|means?|stands? for|is|are|be|for)\\s*(?:softmax\\s*(?:[后之]后?)?的?\\s*|the\\s+|our\\s+)?",
          Pattern.CASE_INSENSITIVE);

  /** Where letters for quantities are introduced. */
  private static final Pattern INTRODUCED =
      Pattern.compile(
          "记号|记|令|约定|符号|\\b(?:let|notation|denot\\w+|writing)\\b", Pattern.CASE_INSENSITIVE);

  /** What a letter is said to be in passing, as in <em>X the input and C the output</em>. */
  private static final Pattern ARTICLE =
      Pattern.compile("^[\\s$*`]*(?:\\\\\\))?[\\s$*`]*(?:is |are )?the ", Pattern.CASE_INSENSITIVE);

  private static final int REACH = 24;

  /** An attribute before a quantity, as in <em>attention output</em>, is no longer. */
  private static final int ATTRIBUTE = 12;

  private static final Pattern PLAIN = Pattern.compile("[^,，.。;；、:：]*");

  /** What letters can be said to mean, with the name that stands for it. */
  private static final Map<Quantity, String> NAMES =
      Map.of(
          Quantities.S, "S",
          Quantities.MASKED, "S_masked",
          Quantities.A, "A",
          Quantities.Z, "Z",
          Quantities.DOT, "QKᵀ",
          Quantities.EXPONENTIALS, "E",
          Quantities.Y, "R",
          Quantities.D_Z, "dZ",
          Quantities.X, "X");

  /** A letter for embeddings, where nothing is called X. */
  private static final Pattern EMBEDDED =
      Pattern.compile(
          "(?:词?嵌入|(?i:\\bembeddings?\\b))[^=。.]{0,40}?[\\s$*:：（(]([EH])\\$?\\s*=\\s*[\\\\\\[(]");

  private static final Pattern INPUT = Pattern.compile("(?<![A-Za-z\\\\])X(?![A-Za-z])");

  /** A letter for the gradient from which the others follow. */
  private static final Pattern UPSTREAM =
      Pattern.compile(
          "(?:上游(?:传来的|来的)?梯度|输出(?:端|处)?的?梯度|(?i:\\b(?:upstream|incoming|output) (?:output )?gradient|\\bgradient (?:at|of|for|with respect to) the output))(?:为|是|记[作为]| is| be|,)?[\\s$*`]{0,4}(?:\\\\\\()?([Gg])(?![A-Za-z_])"
              + "|(?<![A-Za-z\\\\])([Gg])\\s*:?=\\s*\\\\?(?:[dt]?frac\\s*\\{\\s*)?(?:\\\\partial|∂)\\s*(?:\\\\mathcal\\s*\\{?\\s*)?[Lℓ]\\}?\\s*(?:\\}\\s*\\{|/)\\s*(?:\\\\partial|∂)\\s*[ZOCY]");

  private static final Set<String> FIXED = Set.of("Q", "K", "V", "X", "M", "A", "I");

  /** Where a loss is spoken of, L is it. */
  private static final Pattern LOSS =
      Pattern.compile("(?i)损失|\\bloss\\b|梯度|gradient|∂|\\\\partial");

  /** Words that speak of a quantity by what is done to it; what follows is what it is done with. */
  private static final Pattern OPERATION =
      Pattern.compile("除以.*|[÷/].*|.*\\bby", Pattern.CASE_INSENSITIVE);

  /** Longer lines introduce nothing. */
  private static final int LONGEST = 4_000;

  private final String text;
  private final Map<String, Quantity> meanings = new LinkedHashMap<>();
  private final Set<String> doubtful = new HashSet<>();
  private final boolean loss;

  private Definitions(String text) {
    this.text = text;
    this.loss = LOSS.matcher(text).find();
  }

  /** The text with the usual names in place of the letters that it defines, traced to it. */
  static Traced of(String text) {
    Definitions definitions = new Definitions(text);
    definitions.find();
    return definitions.renamed();
  }

  private void find() {
    Matcher embedded = EMBEDDED.matcher(text);
    if (embedded.find() && !INPUT.matcher(text).find()) {
      define(embedded.group(1), Quantities.X);
    }
    Matcher upstream = UPSTREAM.matcher(text);
    while (upstream.find()) {
      String letter = upstream.group(1) == null ? upstream.group(2) : upstream.group(1);
      define(letter, Quantities.D_Z);
    }
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      line(text.substring(from, end));
      from = end + 1;
    }
    meanings.keySet().removeAll(doubtful);
    meanings.entrySet().removeIf(e -> isTaken(e.getKey(), e.getValue()));
  }

  private void line(String line) {
    if (line.length() > LONGEST) {
      return;
    }
    boolean introduced = INTRODUCED.matcher(line).find();
    Matcher letter = LETTER.matcher(line);
    while (letter.find()) {
      String symbol = symbol(letter.group(1));
      Optional<Quantity> before = before(line, letter.start());
      if (before.isPresent()) {
        define(symbol, before.get());
      } else {
        after(line.substring(letter.end()), introduced).ifPresent(q -> define(symbol, q));
      }
    }
  }

  /** The quantity that words right before a letter speak of. */
  private static Optional<Quantity> before(String line, int at) {
    String words = line.substring(Math.max(0, at - REACH), at);
    return Concepts.last(words)
        .filter(Concepts.Mention::sure)
        .filter(m -> BETWEEN.matcher(words.substring(m.end())).matches())
        .filter(m -> !OPERATION.matcher(words.substring(m.start(), m.end())).matches())
        .map(Concepts.Mention::quantity);
  }

  /** The quantity of which words right behind a letter say that it is it. */
  private static Optional<Quantity> after(String words, boolean introduced) {
    String near = words.substring(0, Math.min(words.length(), 2 * REACH));
    Matcher forward = (introduced ? FORWARD : ARTICLE).matcher(near);
    if (!forward.find()) {
      return Optional.empty();
    }
    String behind = near.substring(forward.start());
    return Concepts.in(behind).stream()
        .filter(Concepts.Mention::sure)
        .filter(m -> m.start() < forward.end() + ATTRIBUTE)
        .filter(m -> PLAIN.matcher(behind.substring(0, m.start())).matches())
        .map(Concepts.Mention::quantity)
        .findFirst();
  }

  private void define(String symbol, Quantity quantity) {
    if (FIXED.contains(symbol) || (symbol.equals("L") && loss)) {
      return;
    }
    if (!NAMES.containsKey(quantity)) {
      doubtful.add(symbol);
      return;
    }
    Quantity earlier = meanings.putIfAbsent(symbol, quantity);
    if (earlier != null && !earlier.equals(quantity)) {
      doubtful.add(symbol);
    }
  }

  /** Whether a letter means that already, or the note needs the usual name for something else. */
  private boolean isTaken(String symbol, Quantity quantity) {
    Optional<Quantity> usual = Names.reference(symbol).map(Reference::quantity);
    if (usual.filter(quantity::equals).isPresent()) {
      return true;
    }
    String name = NAMES.getOrDefault(quantity, symbol);
    Quantity otherwise = meanings.get(name);
    return doubtful.contains(name) || (otherwise != null && !otherwise.equals(quantity));
  }

  private static String symbol(String written) {
    return written.replaceAll("[\\s{}]", "").replace('′', '\'');
  }

  /** Where a letter stands as a name, alone or with an index, or behind a d. */
  private static Pattern occurrences(String symbol) {
    boolean tilde = symbol.startsWith("\\tilde");
    boolean prime = symbol.endsWith("'");
    String letter = symbol.substring(tilde ? "\\tilde".length() : 0).replace("'", "");
    String written =
        tilde
            ? "\\\\tilde\\s*\\{?\\s*" + letter + "\\s*\\}?"
            : letter + (prime ? "['′]" : "(?!['′])");
    String weights = letter.equals("W") ? "(?![_^]?\\{?[QKVOqkvo1-9])" : "";
    return Pattern.compile(
        "(?:(?<![A-Za-z\\\\_^])|(?<=(?<![A-Za-z\\\\])[d∂]))(?<![_^]\\{)(?<!\\\\tilde[{ ])"
            + written
            + weights
            + "(?![A-Za-z])");
  }

  private Traced renamed() {
    Traced made = Traced.whole(text);
    for (Map.Entry<String, Quantity> meaning : meanings.entrySet()) {
      String name = NAMES.getOrDefault(meaning.getValue(), meaning.getKey());
      made = made.then(Traced.replacing(made.text(), occurrences(meaning.getKey()), m -> name));
    }
    return made;
  }
}
