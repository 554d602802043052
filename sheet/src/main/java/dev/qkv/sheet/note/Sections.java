package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Kind;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.language.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Divides blocks into exercises, questions and answers; answers at the end go back by number. */
final class Sections {
  private static final Pattern INPUT =
      Pattern.compile(
          "(?<![A-Za-z\\\\])(?:[QKVXqkvxWZ]|W_?[{]?[QKVOqkvo]}?|d_?\\{?(?:\\\\text\\{)?model|h)(?:_?\\{?\\(?\\d+\\)?\\}?|[₁-₉]|\\^\\{?\\(?\\d\\)?\\}?|_\\w{1,8})?\\$?\\s*(?:=|＝|≈|:|：|为|是)\\s*\\$?\\s*[\\[(（\\\\\\d|n-]"
              + "|(?i:quer(?:y|ies)|keys?|查询|键)[^。\\n]{0,14}[:：为是=]\\s*\\$?[\\[(\\\\qk]|(?:得分|分数|\\bscores?|\\blogits?|向量|\\bvector)[^。\\n]{0,10}?[:：为是=]?\\s*\\$?[\\[(（]\\s*[-−]?\\d|np\\.array|torch\\.tensor|\\\\begin\\{[bp]matrix");
  private static final Pattern ASKED =
      Pattern.compile("^[\\s>*_-]*(?:问|提问|Q|Question)\\s*[*_]*[:：]");
  private static final Pattern PROJECTED = Pattern.compile("W_?\\{?[QKVqkv]\\}?\\$?\\s*[=:＝：]");
  private static final Pattern TOPIC =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:(?:投影|分数|打分|得分|点积|缩放|权重|输出|掩码|归一化|残差|均值|方差|与|和|、|的|再|乘|加权求和|注意力|矩阵|线性|scores?|scaled?|scaling|weights?|outputs?|projections?|project|masks?|masking|soft-?max|and|the|of|raw|values?|attention|computing|compute|apply|applying|weighted|sum|dot|products?|concat\\w*|mixing|mix|q|k|v|[,&/+·\\s\\d.()（）^$\\\\{}_])+)");
  private static final Pattern QUESTION =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:questions?|problems?|exercises?|tasks?|front|q|问题|题目|题|习题|题干|问|正面)[^\\p{L}]*");
  private static final Pattern ANSWERS =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:(?:my |model |your )?answers?|solutions?|results?|back|a|答案|解答|参考答案|回答|答|结果|反面|背面)[^\\p{L}]*");
  private static final Pattern PART =
      Pattern.compile(
          "(?<![\\^A-Za-z{_\\d])(?<![=≈＝·/+-]\\s{0,2})[（(]\\s*([1-9]|[b-h])\\s*[)）](?!\\s*[=·/^])");
  private static final Pattern STEP =
      Pattern.compile(
          "(?i)^[^\\p{L}\\p{N}]*(?:\\d+[^\\p{L}\\p{N}]*)?(?:(?:the )?(?:first |second )?head\\b|第?\\s*[\\d一二三四]?\\s*个?头|concat|拼接|step|stage|phase|步骤|第\\s*[\\d一二三四五六七八九十]+\\s*步|given|setup|data|summary|conclusion|recap|final|check|verif\\w*|已知|数据|总结|小结|结论|验证|检验|最终)");
  private static final Pattern INLINE_LABEL =
      Pattern.compile("(?<=[;；。.]\\s{0,3})(\\d{1,2})[.．、)）]\\s*(?=\\D)");

  private final String text;
  private final List<Block> blocks;
  private final Lines lines;
  private final List<Section> sections = new ArrayList<>();
  private final Map<Integer, Heading> starts = new HashMap<>();
  private @Nullable Section current;
  private boolean answer;
  private boolean collected;

  private Sections(String text, List<Block> blocks) {
    this.text = text;
    this.blocks = blocks;
    this.lines = new Lines(text);
  }

  /** The exercises; the first section is what stands before them and may be empty. */
  static List<Section> of(String text, List<Block> blocks) {
    Sections sections = new Sections(text, blocks);
    sections.starts();
    sections.divide();
    return sections.sections;
  }

  private String raw(Block block) {
    int from = lines.start(block.line());
    return text.substring(Math.min(from, block.to()), block.to());
  }

  private void starts() {
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Optional<Heading> heading = Optional.empty();
      if (block.kind() == Kind.HEADING && Heading.answer(raw(block)).isEmpty()) {
        heading = Heading.exercise(block.words(text));
      } else if (block.kind() == Kind.LINE) {
        heading = Heading.exercise(raw(block)).or(() -> Heading.bold(raw(block)));
      }
      if (heading.isPresent()) {
        starts.put(i, heading.get());
      }
    }
    if (starts.isEmpty()) {
      numberedHeadings();
    }
    if (starts.isEmpty()) {
      dialogue();
    }
    if (starts.isEmpty()) {
      labels();
    }
    if (starts.isEmpty()) {
      headings();
    }
  }

  /** Questions without numbers, each with an answer behind it. */
  private void dialogue() {
    Map<Integer, Heading> asked = new HashMap<>();
    boolean answered = true;
    int answers = 0;
    for (int i = 0; i < blocks.size(); i++) {
      String words = blocks.get(i).kind() == Kind.LINE ? raw(blocks.get(i)) : "";
      Optional<Heading> question = Heading.asked(words, asked.size() + 1);
      if (question.isPresent()) {
        asked.put(i, question.get());
        answered = false;
      } else if (!answered && Heading.answer(words).isPresent()) {
        answers++;
        answered = true;
      }
    }
    int first = asked.keySet().stream().mapToInt(i -> i).min().orElse(0);
    if (asked.size() > 1 && answers >= asked.size() - 1 && !hasInputs(0, first)) {
      starts.putAll(asked);
    }
  }

  /** Headings that only have a number. */
  private void numberedHeadings() {
    Map<Integer, Heading> found = new HashMap<>();
    boolean inputs = false;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.kind() == Kind.HEADING) {
        Optional<Heading> heading = Heading.marked(block.words(text));
        if (heading.isPresent() && !isStep(block)) {
          found.put(i, heading.get());
          inputs |= hasInputs(i, nextHeading(i, block.level()));
        }
      }
    }
    if (inputs && !hasInputs(0, found.keySet().stream().mapToInt(i -> i).min().orElse(0))) {
      int top =
          found.keySet().stream()
              .filter(i -> hasInputs(i, nextHeading(i, blocks.get(i).level())))
              .mapToInt(i -> blocks.get(i).level())
              .min()
              .orElse(0);
      found.forEach(
          (i, h) -> {
            if (blocks.get(i).level() == top) {
              starts.put(i, h);
            }
          });
    }
  }

  private int nextHeading(int index, int level) {
    for (int i = index + 1; i < blocks.size(); i++) {
      if (blocks.get(i).kind() == Kind.HEADING && blocks.get(i).level() <= level) {
        return i;
      }
    }
    return blocks.size();
  }

  private boolean hasInputs(int from, int to) {
    for (int i = from; i < to; i++) {
      Block block = blocks.get(i);
      if (block.kind() == Kind.TABLE
          || (block.kind() != Kind.RULE && INPUT.matcher(block.words(text)).find())) {
        return true;
      }
    }
    return false;
  }

  /** Numbered lines are exercises if at least two of them bring numbers of their own. */
  private void labels() {
    Map<String, List<Integer>> byStyle = new java.util.LinkedHashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (i > 0
          && !byStyle.isEmpty()
          && block.kind() != Kind.TABLE
          && Heading.isCollection(raw(block))
          && !goesOn(i, byStyle.values().iterator().next())) {
        break;
      }
      if (block.kind() == Kind.LINE && block.hasLabel() && block.level() < 4) {
        byStyle.computeIfAbsent(block.style(), s -> new ArrayList<>()).add(i);
      }
    }
    List<Integer> best = List.of();
    int most = 1;
    for (List<Integer> items : byStyle.values()) {
      int own = 0;
      for (int k = 0; k < items.size(); k++) {
        int end = k + 1 < items.size() ? items.get(k + 1) : blocks.size();
        own += hasInputs(items.get(k), end) ? 1 : 0;
      }
      boolean first = !hasInputs(0, items.getFirst());
      boolean alone =
          own == 1 && best.isEmpty() && hasInputs(items.getFirst(), items.getFirst() + 1);
      if (first && (own > most || alone)) {
        best = items;
        most = Math.max(own, most);
      }
    }
    best.forEach(i -> starts.put(i, new Heading(blocks.get(i).label(), "", 0)));
  }

  /** Whether the numbers of exercises go on behind a title for answers: it is one's alone. */
  private boolean goesOn(int title, List<Integer> numbered) {
    Block last = blocks.get(numbered.getLast());
    OptionalInt number = Numbers.of(last.label());
    for (int i = title + 1; i < blocks.size() && number.isPresent(); i++) {
      Block block = blocks.get(i);
      if (block.kind() == Kind.LINE && block.style().equals(last.style())) {
        return Numbers.of(block.label()).equals(OptionalInt.of(number.getAsInt() + 1));
      }
    }
    return false;
  }

  /** Headings without numbers, each with numbers of its own below it. */
  private void headings() {
    int level = Integer.MAX_VALUE;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean candidate =
          block.kind() == Kind.HEADING
              && !isStep(block)
              && hasInputs(i, nextHeading(i, 9))
              && block.level() < level;
      level = candidate ? block.level() : level;
    }
    int first = 0;
    while (first < blocks.size()
        && !(blocks.get(first).kind() == Kind.HEADING
            && blocks.get(first).level() == level
            && hasInputs(first, nextHeading(first, level)))) {
      first++;
    }
    if (hasInputs(0, first)) {
      return;
    }
    int count = 0;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean start =
          block.kind() == Kind.HEADING
              && block.level() == level
              && !isStep(block)
              && hasInputs(i, nextHeading(i, block.level()));
      if (start) {
        starts.put(i, new Heading(String.valueOf(++count), block.words(text), 0));
      }
    }
  }

  /** Whether what a heading's words are about can be worked from what stands above it. */
  private boolean isWorked(Block heading) {
    int at = blocks.indexOf(heading);
    boolean projections = false;
    for (int i = 0; i < at; i++) {
      projections |= PROJECTED.matcher(blocks.get(i).words(text)).find();
    }
    int end = nextHeading(at, heading.level());
    return projections
        ? !PROJECTED.matcher(text.substring(heading.from(), blocks.get(end - 1).to())).find()
        : !hasInputs(at, end);
  }

  /** Whether a heading is of a step, a given part or an answer, not of an exercise. */
  private boolean isStep(Block block) {
    return Heading.isCollection(raw(block))
        || Heading.answer(raw(block)).isPresent()
        || STEP.matcher(block.words(text)).find()
        || (TOPIC.matcher(block.words(text)).matches() && isWorked(block));
  }

  private void divide() {
    current = new Section("1", "", 1, 0);
    sections.add(current);
    int level = 9;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Heading heading = starts.get(i);
      if (heading != null) {
        open(heading, block);
        level = block.kind() == Kind.HEADING ? block.level() : 0;
        continue;
      }
      boolean outer = block.kind() == Kind.HEADING && block.level() <= level && !isStep(block);
      if (block.kind() == Kind.HEADING || block.kind() == Kind.LINE) {
        if (Heading.isCollection(raw(block)) && collects(i)) {
          collected = true;
          answer = true;
          continue;
        }
        if (ASKED.matcher(raw(block)).find()) {
          answer = false;
        }
        Optional<Heading> answered = Heading.answer(raw(block));
        if (answered.isPresent() && answer(block, answered.get())) {
          continue;
        }
      }
      if (outer && sections.size() > 1 && !collected) {
        current = null;
        answer = false;
      }
      if (collected && block.kind() == Kind.LINE && collected(block)) {
        continue;
      }
      if (collected && block.kind() == Kind.TABLE && table(block)) {
        continue;
      }
      if (block.kind() == Kind.TABLE && questions(block)) {
        continue;
      }
      if (block.kind() == Kind.LINE && block.hasLabel() && answer && !collected && isQuestion(i)) {
        answer = false;
      }
      add(block, block.from(), block.to());
    }
  }

  private void open(Heading heading, Block block) {
    Optional<Section> known = named(heading.id());
    boolean answers = Heading.answer(heading.title()).isPresent();
    if ((collected || answers) && known.isPresent()) {
      current = known.get();
      answer = true;
    } else {
      collected = false;
      answer = false;
      int start = lines.start(block.line());
      current = new Section(heading.id(), heading.title(), block.line(), start);
      sections.add(current);
    }
    int from =
        block.kind() == Kind.HEADING
            ? block.from()
            : Math.max(
                block.from(), Math.min(block.to(), lines.start(block.line()) + heading.length()));
    add(block, from, block.to());
  }

  private Optional<Section> named(String id) {
    return sections.subList(1, sections.size()).stream().filter(s -> s.id.equals(id)).findFirst();
  }

  /** Whether a title for answers is one for several exercises: the next number is another's. */
  private boolean collects(int index) {
    if (sections.size() <= 2) {
      return false;
    }
    for (int i = index + 1; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Heading heading = starts.get(i);
      String id = heading != null ? heading.id() : block.label();
      if (block.kind() == Kind.TABLE) {
        id =
            block.rows().size() < 2 || block.rows().get(1).isEmpty()
                ? ""
                : words(block.rows().get(1).getFirst())
                    .replaceAll("^[^0-9A-Za-z]*(?:第|题|Q)?\\s*|[^0-9A-Za-z]*$", "");
      }
      if (heading == null && (block.kind() == Kind.LINE || block.kind() == Kind.HEADING)) {
        Optional<Heading> marked = Heading.marked(raw(block));
        id = marked.map(Heading::id).orElse(id);
      }
      boolean weak = heading == null && Heading.exercise(raw(block)).isEmpty();
      if (!id.isEmpty() && weak && !sameStyle(block)) {
        return answersAll(index);
      }
      if (!id.isEmpty()) {
        String first = id;
        return named(first).isPresent()
            && (current == null || !first.equals(sections.getLast().id));
      }
    }
    return false;
  }

  /** Whether exercises start as a line or table does: by labels of the same style. */
  private boolean sameStyle(Block block) {
    return block.kind() == Kind.LINE
        && starts.keySet().stream()
            .anyMatch(
                i ->
                    blocks.get(i).kind() == Kind.LINE
                        && !block.style().isEmpty()
                        && blocks.get(i).style().equals(block.style()));
  }

  /** Whether the labels behind a title are the numbers of all exercises, and not of parts. */
  private boolean answersAll(int index) {
    java.util.Set<String> labels = new java.util.HashSet<>();
    for (int i = index + 1; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (starts.containsKey(i)) {
        return false;
      }
      if (block.kind() == Kind.TABLE) {
        String corner = words(block.rows().getFirst().getFirst());
        boolean numbers = QUESTION.matcher(corner).matches() || corner.matches("#|No\\.?|编?号|题号");
        for (List<Block.Span> row : block.rows().subList(1, block.rows().size())) {
          if (numbers && !row.isEmpty()) {
            labels.add(
                words(row.getFirst())
                    .replaceAll("^[^0-9A-Za-z]*(?:第|题|Q)?\\s*|[^0-9A-Za-z]*$", ""));
          }
        }
      } else if (block.kind() == Kind.LINE) {
        labels.add(Heading.marked(raw(block)).map(Heading::id).orElse(block.label()));
      }
    }
    Section last = sections.getLast();
    boolean parts = last.pieces.stream().anyMatch(p -> !p.answer() && !p.label().isEmpty());
    return !parts
        && sections.subList(1, sections.size()).stream().allMatch(s -> labels.contains(s.id));
  }

  /** Goes into an answer; false if the words are none. */
  private boolean answer(Block block, Heading answered) {
    if (!answered.id().isEmpty()) {
      Optional<Section> known = named(answered.id());
      if (known.isPresent()) {
        current = known.get();
      }
    }
    answer = true;
    int from = lines.start(block.line()) + answered.length();
    if (from < block.to()) {
      add(block, Math.max(from, lines.start(block.line())), block.to());
    }
    return true;
  }

  /** A line in a collection of answers: its number says which exercise it answers. */
  private boolean collected(Block block) {
    Optional<Heading> marked = Heading.marked(raw(block));
    String id = marked.map(Heading::id).orElse(block.label());
    boolean part = block.style().startsWith("(") && !isTop(block);
    Optional<Section> known = id.isEmpty() || part ? Optional.empty() : named(id);
    if (known.isEmpty()) {
      return false;
    }
    current = known.get();
    answer = true;
    int from =
        Math.max(
            block.from(),
            Math.min(
                block.to(), lines.start(block.line()) + marked.map(Heading::length).orElse(0)));
    String words = text.substring(from, block.to());
    Matcher inline = INLINE_LABEL.matcher(words);
    int position = 0;
    while (inline.find()) {
      Optional<Section> next = named(inline.group(1));
      if (next.isPresent() && next.get() != current) {
        add(block, from + position, from + inline.start());
        current = next.get();
        position = inline.end();
      }
    }
    add(block, from + position, block.to());
    return true;
  }

  /** A table in a collection of answers whose first column numbers exercises. */
  private boolean table(Block block) {
    boolean any = false;
    for (int r = 1; r < block.rows().size(); r++) {
      List<Block.Span> row = block.rows().get(r);
      if (row.size() < 2) {
        continue;
      }
      String first = text.substring(row.getFirst().from(), row.getFirst().to()).strip();
      Optional<Section> known =
          named(first.replaceAll("^[^0-9A-Za-z]*(?:第|题|Q)?\\s*|[^0-9A-Za-z]*$", ""));
      if (known.isPresent()) {
        any = true;
        current = known.get();
        Block line =
            new Block(
                Kind.LINE,
                0,
                "",
                "",
                row.get(1).from(),
                row.getLast().to(),
                block.line() + r + 1,
                List.of());
        add(line, line.from(), line.to());
      }
    }
    return any;
  }

  /** A table with a column of questions and one of answers: each row is an exercise. */
  private boolean questions(Block block) {
    List<Block.Span> header = block.rows().getFirst();
    int question = -1;
    int answers = -1;
    for (int c = 0; c < header.size(); c++) {
      String words = words(header.get(c));
      question = QUESTION.matcher(words).matches() && question < 0 ? c : question;
      answers = ANSWERS.matcher(words).matches() ? c : answers;
    }
    if (question < 0 || answers <= question) {
      return false;
    }
    for (int r = 1; r < block.rows().size(); r++) {
      List<Block.Span> row = block.rows().get(r);
      if (row.size() <= answers) {
        continue;
      }
      String id = question > 0 ? words(row.getFirst()).replaceAll("[^0-9A-Za-z.]", "") : "";
      Block.Span asked = row.get(question);
      int line = block.line() + r + 1;
      current = new Section(id.isEmpty() ? String.valueOf(r) : id, "", line, asked.from());
      sections.add(current);
      cell(asked, line, false);
      for (int c = question + 1; c < row.size(); c++) {
        cell(row.get(c), line, true);
      }
    }
    answer = true;
    return true;
  }

  private void cell(Block.Span cell, int line, boolean answered) {
    answer = answered;
    add(
        new Block(Kind.LINE, 0, "", "", cell.from(), cell.to(), line, List.of()),
        cell.from(),
        cell.to());
  }

  private String words(Block.Span span) {
    return text.substring(span.from(), span.to()).strip();
  }

  /** Whether (1) numbers exercises here, as nothing else does. */
  private boolean isTop(Block block) {
    return starts.values().stream().anyMatch(h -> h.id().equals(block.label()))
        && starts.keySet().stream().anyMatch(i -> blocks.get(i).style().equals(block.style()));
  }

  /** Whether a labelled line behind an answer asks the next part: an answer follows it again. */
  private boolean isQuestion(int index) {
    if (Heading.answerInside(blocks.get(index).words(text)).length > 0) {
      return true;
    }
    for (int i = index + 1; i < blocks.size() && !starts.containsKey(i); i++) {
      Block block = blocks.get(i);
      if (block.kind() == Kind.LINE || block.kind() == Kind.HEADING) {
        if (Heading.answer(raw(block)).isPresent()) {
          return true;
        }
        if (block.hasLabel()) {
          return false;
        }
      }
    }
    return false;
  }

  private void add(Block block, int from, int to) {
    Section section = current == null ? stray(block) : current;
    String label = block.hasLabel() && from == block.from() ? block.label() : "";
    if (!answer && block.kind() == Kind.LINE) {
      int[] inside = Heading.answerInside(text.substring(from, to));
      if (inside.length > 0) {
        section.pieces.add(new Piece(block, from, from + inside[0], false, label));
        section.to = Math.max(section.to, from + inside[0]);
        answer = true;
        section.pieces.add(new Piece(block, from + inside[1], to, true, label));
        return;
      }
    }
    if (!answer) {
      section.to = Math.max(section.to, to);
    }
    if (block.kind() == Kind.LINE && parts(section, block, from, to, label)) {
      return;
    }
    section.pieces.add(new Piece(block, from, to, answer, label));
  }

  /** Parts that are numbered inside a line; false if there are none. */
  private boolean parts(Section section, Block block, int from, int to, String label) {
    Matcher part = PART.matcher(text.substring(from, to));
    List<int[]> found = new ArrayList<>();
    String first = label.isEmpty() ? "" : label;
    while (part.find()) {
      String wanted =
          found.isEmpty()
              ? next(first)
              : next(text.substring(from + found.getLast()[2], from + found.getLast()[3]));
      if (part.group(1).equals(wanted)) {
        found.add(new int[] {part.start(), part.end(), part.start(1), part.end(1)});
      }
    }
    if (found.size() + (label.isEmpty() ? 0 : 1) < 2
        || (!label.isEmpty() && !block.style().startsWith("("))) {
      return false;
    }
    section.pieces.add(new Piece(block, from, from + found.getFirst()[0], answer, label));
    for (int k = 0; k < found.size(); k++) {
      int end = k + 1 < found.size() ? from + found.get(k + 1)[0] : to;
      String number = text.substring(from + found.get(k)[2], from + found.get(k)[3]);
      section.pieces.add(new Piece(block, from + found.get(k)[1], end, answer, number));
    }
    return true;
  }

  /** The label behind a label; the first one behind none. */
  private static String next(String label) {
    if (label.isEmpty()) {
      return "1";
    }
    char c = label.charAt(label.length() - 1);
    return label.length() == 1 ? String.valueOf((char) (c + 1)) : "";
  }

  /** A section of its own for what stands between exercises. */
  private Section stray(Block block) {
    Section section = new Section("", block.words(text), block.line(), lines.start(block.line()));
    sections.add(section);
    current = section;
    return section;
  }
}
