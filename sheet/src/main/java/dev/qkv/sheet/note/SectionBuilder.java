package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds pieces of blocks to the sections that they belong to. */
final class SectionBuilder {
  private static final Pattern PART =
      Pattern.compile(
          "(?<![\\^A-Za-z{_\\d])(?<![=≈＝·/+-]\\s{0,2})[（(]\\s*([1-9]|[a-h])\\s*[)）](?!\\s*[=·/^])");

  /** The exercises; the first section is what stands before them. */
  final List<Section> sections = new ArrayList<>();

  /** The section that is being read; null behind a heading of something else. */
  @Nullable Section current;

  /** Whether an answer is being read. */
  boolean answer;

  private final Page page;

  /** The number of a part inside a line. */
  private record Mark(int from, int to, String label) {}

  SectionBuilder(Page page) {
    this.page = page;
  }

  /** Starts another section, with its question. */
  void start(Section section) {
    sections.add(section);
    current = section;
    answer = false;
  }

  /** The exercise with a number. */
  Optional<Section> named(String id) {
    return sections.subList(1, sections.size()).stream().filter(s -> s.id.equals(id)).findFirst();
  }

  /** The last exercise with a number. */
  Optional<Section> lastNamed(String id) {
    return sections.subList(1, sections.size()).reversed().stream()
        .filter(s -> s.id.equals(id))
        .findFirst();
  }

  /** The exercise with a number, or of which a part has it, as 1a is of 1. */
  Optional<Section> ofPart(String id) {
    Optional<Section> whole = named(id);
    return whole.isPresent() || !id.matches("\\d{1,2}[a-h]")
        ? whole
        : named(id.substring(0, id.length() - 1));
  }

  /** Adds part of a block that answers a part of a question. */
  void add(Block block, int from, int to, String part) {
    Section section = current == null ? stray(block) : current;
    section.pieces.add(new Piece(block, from, to, answer, part));
  }

  /** Adds part of a block, divided where an answer or parts start inside it. */
  void add(Block block, int from, int to) {
    Section section = current == null ? stray(block) : current;
    String label = block.hasLabel() && from == block.from() ? block.label() : "";
    if (!answer && block.kind() == Kind.LINE) {
      int[] inside = Heading.answerInside(page.text().substring(from, to));
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
    Matcher part = PART.matcher(page.text().substring(from, to));
    List<Mark> found = new ArrayList<>();
    while (part.find()) {
      String wanted = next(found.isEmpty() ? label : found.getLast().label());
      boolean first = found.isEmpty() && label.isEmpty() && part.group(1).equals("a");
      if (first || part.group(1).equals(wanted)) {
        found.add(new Mark(from + part.start(), from + part.end(), part.group(1)));
      }
    }
    if (found.size() + (label.isEmpty() ? 0 : 1) < 2
        || (!label.isEmpty() && !block.style().startsWith("("))) {
      return false;
    }
    section.pieces.add(new Piece(block, from, found.getFirst().from(), answer, label));
    for (int k = 0; k < found.size(); k++) {
      int end = k + 1 < found.size() ? found.get(k + 1).from() : to;
      Mark mark = found.get(k);
      section.pieces.add(new Piece(block, mark.to(), end, answer, mark.label()));
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
    Section section = new Section("", block.words(page.text()), block.line(), page.start(block));
    sections.add(section);
    current = section;
    return section;
  }
}
