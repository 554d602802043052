package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads answers that stand together: their numbers say which exercises they answer. */
final class AnswerKey {
  private static final Pattern INLINE_LABEL =
      Pattern.compile("(?<=[;；。.]\\s{0,3})(\\d{1,2})[.．、)）]\\s*(?=\\D)");

  /** What stands over a column with the numbers of exercises. */
  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?i)[\\s*]*(?:#|no\\.?|nr\\.?|q|ex\\.?|exercise|problem|question|题目?|编?号|题号|序号)[\\s*]*");

  /** What may stand around the number of an exercise. */
  private static final Pattern AROUND_NUMBER =
      Pattern.compile("^[^0-9A-Za-z]*(?:第|题|Q)?\\s*|[^0-9A-Za-z]*$");

  private final Page page;
  private final Map<Integer, Heading> starts;
  private final SectionBuilder builder;

  AnswerKey(Page page, Map<Integer, Heading> starts, SectionBuilder builder) {
    this.page = page;
    this.starts = starts;
    this.builder = builder;
  }

  /** Whether a title for answers is one for several exercises: the next number is another's. */
  boolean collects(int index) {
    if (builder.sections.size() <= 2) {
      return false;
    }
    for (int i = index + 1; i < page.size(); i++) {
      Block block = page.get(i);
      Heading heading = starts.get(i);
      String id = heading != null ? heading.id() : block.label();
      if (block.kind() == Kind.TABLE) {
        id =
            block.rows().size() < 2 || block.rows().get(1).isEmpty()
                ? ""
                : number(block.rows().get(1).getFirst());
      }
      if (heading == null && (block.kind() == Kind.LINE || block.kind() == Kind.HEADING)) {
        Optional<Heading> marked = Heading.marked(page.raw(block));
        id = marked.map(Heading::id).orElse(id);
      }
      boolean weak = heading == null && Heading.exercise(page.raw(block)).isEmpty();
      if (!id.isEmpty() && weak && !sameStyle(block)) {
        return answersAll(index);
      }
      if (!id.isEmpty()) {
        return builder.ofPart(id).isPresent()
            && (builder.current == null || !id.equals(builder.sections.getLast().id));
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
                    page.get(i).kind() == Kind.LINE
                        && !block.style().isEmpty()
                        && page.get(i).style().equals(block.style()));
  }

  /** Whether the labels behind a title are the numbers of all exercises, and not of parts. */
  private boolean answersAll(int index) {
    Set<String> labels = new HashSet<>();
    boolean tabled = false;
    boolean parted = false;
    for (int i = index + 1; i < page.size(); i++) {
      Block block = page.get(i);
      if (starts.containsKey(i)) {
        return false;
      }
      if (block.kind() == Kind.TABLE) {
        boolean numbers = isNumbers(block.rows().getFirst().getFirst());
        for (List<Block.Span> row : block.rows().subList(1, block.rows().size())) {
          if (numbers && !row.isEmpty()) {
            labels.add(number(row.getFirst()));
            tabled = true;
          }
        }
      } else if (block.kind() == Kind.LINE) {
        String id = Heading.marked(page.raw(block)).map(Heading::id).orElse(block.label());
        parted |= !id.isEmpty() && builder.named(id).isEmpty() && builder.ofPart(id).isPresent();
        labels.add(builder.ofPart(id).map(s -> s.id).orElse(id));
      }
    }
    Section last = builder.sections.getLast();
    boolean parts =
        last.pieces.stream()
            .anyMatch(p -> !p.answer() && !p.label().isEmpty() && !p.label().equals(last.id));
    return (tabled || parted || !parts)
        && builder.sections.subList(1, builder.sections.size()).stream()
            .allMatch(s -> labels.contains(s.id));
  }

  /** A line in a collection of answers: its number says which exercise it answers. */
  boolean line(Block block) {
    Optional<Heading> marked = Heading.marked(page.raw(block));
    String id = marked.map(Heading::id).orElse(block.label());
    boolean part = block.style().startsWith("(") && !isTop(block);
    Optional<Section> known = id.isEmpty() || part ? Optional.empty() : builder.ofPart(id);
    if (known.isEmpty()) {
      return false;
    }
    builder.current = known.get();
    builder.answer = true;
    int from =
        Math.max(
            block.from(),
            Math.min(block.to(), page.start(block) + marked.map(Heading::length).orElse(0)));
    if (builder.named(id).isEmpty()) {
      builder.add(block, from, block.to(), id.substring(id.length() - 1));
      return true;
    }
    String words = page.text().substring(from, block.to());
    Matcher inline = INLINE_LABEL.matcher(words);
    int position = 0;
    while (inline.find()) {
      Optional<Section> next = builder.named(inline.group(1));
      if (next.isPresent() && next.get() != builder.current) {
        builder.add(block, from + position, from + inline.start());
        builder.current = next.get();
        position = inline.end();
      }
    }
    builder.add(block, from + position, block.to());
    return true;
  }

  /** Whether a table has answers to all exercises, by their numbers, in one column. */
  boolean isTable(Block block) {
    List<Block.Span> header = block.rows().getFirst();
    if (header.size() != 2 || builder.sections.size() <= 2 || !isNumbers(header.getFirst())) {
      return false;
    }
    Set<String> numbers = new HashSet<>();
    for (List<Block.Span> row : block.rows().subList(1, block.rows().size())) {
      if (row.size() < 2 || builder.lastNamed(number(row.getFirst())).isEmpty()) {
        return false;
      }
      numbers.add(number(row.getFirst()));
    }
    return builder.sections.subList(1, builder.sections.size()).stream()
        .allMatch(s -> s.id.isEmpty() || numbers.contains(s.id));
  }

  private boolean isNumbers(Block.Span corner) {
    String words = page.words(corner);
    return QuestionTable.isQuestion(words) || NUMBERS.matcher(words).matches();
  }

  /** A table in a collection of answers whose first column numbers exercises. */
  boolean table(Block block) {
    boolean any = false;
    builder.answer = true;
    for (int r = 1; r < block.rows().size(); r++) {
      List<Block.Span> row = block.rows().get(r);
      if (row.size() < 2) {
        continue;
      }
      Optional<Section> known = builder.lastNamed(number(row.getFirst()));
      if (known.isPresent()) {
        any = true;
        builder.current = known.get();
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
        builder.add(line, line.from(), line.to());
      }
    }
    return any;
  }

  /** Whether (1) numbers exercises here, as nothing else does. */
  private boolean isTop(Block block) {
    return starts.values().stream().anyMatch(h -> h.id().equals(block.label()))
        && starts.keySet().stream().anyMatch(i -> page.get(i).style().equals(block.style()));
  }

  private String number(Block.Span cell) {
    return AROUND_NUMBER.matcher(page.words(cell)).replaceAll("");
  }
}
