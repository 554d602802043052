package dev.qkv.sheet.note;

import static java.util.stream.Collectors.toSet;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Kind;
import dev.qkv.sheet.note.language.Concepts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides blocks into exercises, questions and answers; answers at the end go back by number. */
final class Sections {
  private static final Pattern ASKED =
      Pattern.compile(
          "^[\\s>*_-]*(?:(?:问|提问|Question)\\s*[*_]*[:：]|Q\\s*[*_]*[:：](?=[\\s*_]*\\p{L}))");

  private final Page page;
  private final Outline outline;
  private final Map<Integer, Heading> starts;
  private final SectionBuilder builder;
  private final AnswerKey key;
  private final QuestionTable table;

  /** Who names exercises in a conversation. */
  private final Set<String> askers;

  /** Whether the number of the first exercise has come again. */
  private boolean repeated;

  /** Whether answers to several exercises are being read. */
  private boolean collected;

  /** Whether their exercises have headings there: labels are their parts'. */
  private boolean reopened;

  private Sections(Page page) {
    this.page = page;
    this.outline = new Outline(page);
    this.starts = Starts.of(page, outline);
    this.builder = new SectionBuilder(page);
    this.askers =
        starts.keySet().stream()
            .flatMap(i -> Heading.speaker(page.raw(page.get(i))).stream())
            .map(Heading::id)
            .collect(toSet());
    this.key = new AnswerKey(page, starts, builder);
    this.table = new QuestionTable(page, builder);
  }

  /** The exercises; the first section is what stands before them and may be empty. */
  static List<Section> of(Page page) {
    Sections sections = new Sections(page);
    sections.divide();
    return sections.builder.sections;
  }

  private void divide() {
    builder.start(new Section("1", "", 1, 0));
    int level = 9;
    for (int i = 0; i < page.size(); i++) {
      Block block = page.get(i);
      Heading heading = starts.get(i);
      if (heading != null) {
        open(heading, block);
        level = block.kind() == Kind.HEADING ? block.level() : 0;
        continue;
      }
      boolean outer =
          block.kind() == Kind.HEADING && block.level() <= level && !outline.isStep(block);
      if (block.kind() == Kind.HEADING || block.kind() == Kind.LINE) {
        String title = page.raw(block);
        if ((Heading.isCollection(title) || Heading.isResults(title)) && key.collects(i)) {
          collected = true;
          builder.answer = true;
          continue;
        }
        if (collected && !reopened && block.kind() == Kind.LINE && key.line(block)) {
          continue;
        }
        Matcher asked = ASKED.matcher(title);
        if (block.kind() == Kind.LINE && asked.find()) {
          builder.answer = false;
          int from = Math.max(block.from(), page.start(block) + asked.end());
          builder.add(block, Math.min(from, block.to()), block.to());
          continue;
        }
        Optional<Heading> answered = Heading.answer(page.raw(block)).or(() -> replied(block));
        if (answered.isPresent()) {
          answer(block, answered.get());
          continue;
        }
      }
      if (outer && builder.sections.size() > 1 && !collected) {
        builder.current = null;
        builder.answer = false;
      }
      if (collected && block.kind() == Kind.TABLE && key.table(block)) {
        continue;
      }
      if (block.kind() == Kind.TABLE && key.isTable(block) && key.table(block)) {
        continue;
      }
      if (block.kind() == Kind.TABLE && table.read(block)) {
        continue;
      }
      if (block.kind() == Kind.LINE
          && block.hasLabel()
          && builder.answer
          && !collected
          && isQuestion(i)) {
        builder.answer = false;
      }
      if (!builder.answer && restarts(block)) {
        builder.answer = true;
      }
      builder.add(block, block.from(), block.to());
    }
  }

  /** The reply of somebody else than who names the exercises. */
  private Optional<Heading> replied(Block block) {
    Optional<Heading> speaker =
        askers.isEmpty() || builder.sections.size() < 2
            ? Optional.empty()
            : Heading.speaker(page.raw(block));
    return speaker
        .filter(s -> !askers.contains(s.id()))
        .map(s -> new Heading("", s.title(), s.length()));
  }

  /** Goes into the exercise with a heading, or into the answer to it. */
  private void open(Heading heading, Block block) {
    Optional<Section> known = builder.named(heading.id());
    boolean answers = Heading.answer(heading.title()).isPresent() || isRepeated(heading);
    if ((collected || answers) && known.isPresent()) {
      builder.current = known.get();
      builder.answer = true;
      reopened = true;
    } else {
      collected = false;
      int start = page.start(block);
      builder.start(new Section(heading.id(), heading.title(), block.line(), start));
    }
    int from =
        block.kind() == Kind.HEADING
            ? block.from()
            : Math.max(block.from(), Math.min(block.to(), page.start(block) + heading.length()));
    builder.add(block, from, block.to());
  }

  /** Whether the numbers of all exercises come again, and none has been answered before. */
  private boolean isRepeated(Heading heading) {
    List<Section> before = builder.sections.subList(1, builder.sections.size());
    if (repeated || before.size() < 2 || !before.getFirst().id.equals(heading.id())) {
      return false;
    }
    repeated = true; // they come again once, or are no numbers of exercises
    return before.subList(0, before.size() - 1).stream().noneMatch(Section::hasAnswer)
        && starts.values().stream()
            .allMatch(h -> before.stream().anyMatch(s -> s.id.equals(h.id())));
  }

  /** Goes into an answer, with what stands behind its title in the same line. */
  private void answer(Block block, Heading answered) {
    if (!answered.id().isEmpty()) {
      builder.named(answered.id()).ifPresent(s -> builder.current = s);
    }
    builder.answer = true;
    int from = page.start(block) + answered.length();
    if (from < block.to()) {
      builder.add(block, Math.max(from, page.start(block)), block.to());
    }
  }

  /** Whether the labels of a question's parts start again, with nothing that is asked. */
  private boolean restarts(Block block) {
    Section section = builder.current;
    return section != null
        && block.kind() == Kind.LINE
        && block.hasLabel()
        && !Concepts.asks(block.words(page.text()))
        && section.pieces.stream()
            .filter(p -> !p.answer())
            .map(Piece::block)
            .anyMatch(b -> b.label().equals(block.label()) && b.style().equals(block.style()));
  }

  /** Whether a labelled line behind an answer asks the next part: an answer follows it again. */
  private boolean isQuestion(int index) {
    if (Heading.answerInside(page.get(index).words(page.text())).length > 0) {
      return true;
    }
    for (int i = index + 1; i < page.size() && !starts.containsKey(i); i++) {
      Block block = page.get(i);
      if (block.kind() == Kind.LINE || block.kind() == Kind.HEADING) {
        if (Heading.answer(page.raw(block)).isPresent()) {
          return true;
        }
        if (block.hasLabel()) {
          return false;
        }
      }
    }
    return false;
  }
}
