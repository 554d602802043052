package dev.qkv.sheet.note;

import dev.qkv.sheet.commentary.Remarks;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.code.Meaning;
import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.worksheet.Issue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the blocks of one exercise say, before it is settled what follows from what. */
final class SectionReader {
  private static final Pattern ELIDED =
      Pattern.compile("[（(]\\s*(?:过程)?(?:省?略|omitted|elided)[^）)]*[）)]");

  /** The number of a heading. */
  private static final Pattern NUMBER =
      Pattern.compile("[^\\p{L}\\p{N}]*\\d{1,2}(?:\\.\\d{1,2})+[.、)）]?\\s+");

  private static final Pattern CONDITION =
      Pattern.compile(
          "如果|若(?!干)|假如|假设再|要是|换成|改成|\\bwhat if\\b|[,.;?]\\s*(?:and )?if\\b|\\bhow (?:does|do|would|will)\\b[^.?]{0,60}\\b(?:if|when|with)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern HEAD =
      Pattern.compile(
          "(?i)^[^\\p{L}\\p{N}]*(?:\\d+[^\\p{L}\\p{N}]*)?(?:(?:the )?(?:first|second|third|fourth) head\\b|head\\s*\\d(?!\\s*[=≈~])|第?\\s*[\\d一二三四]\\s*个?头(?!的?维)|头\\s*[\\d一二])");

  private static final Pattern STEP =
      Pattern.compile(
          "(?i)^[^\\p{L}\\p{N}]*(?:step\\s*\\d|步骤\\s*[\\d一二三四五六]|第\\s*[\\d一二三四五六]\\s*步)[^=≈]{0,60}$");

  private final String text;
  private final Lines lines;
  private final Section section;
  private final Draft draft;
  private final Context context = new Context();
  private final CodeReader code;

  /** Labels of the question's parts that have been read since the last answer. */
  private final Set<String> parts = new HashSet<>();

  private SectionReader(Page page, Section section, Meaning meaning) {
    this.text = page.text();
    this.lines = page.lines();
    this.section = section;
    this.draft = new Draft(section.id, section.title, section.line);
    this.code = new CodeReader(text, lines, draft, context, meaning);
  }

  /**
   * Reads an exercise.
   *
   * @param page the page on which it stands
   * @param section the exercise
   * @param tokens names of tokens that are known from before
   * @param meaning what the variables of the note's code are; what the exercise sets is added
   */
  static Draft read(Page page, Section section, Collection<String> tokens, Meaning meaning) {
    SectionReader reader = new SectionReader(page, section, meaning);
    reader.draft.tokens.addAll(tokens);
    reader.read();
    return reader.draft;
  }

  private void read() {
    for (int k = 0; k < section.pieces.size(); k++) {
      Piece piece = section.pieces.get(k);
      if (piece.answer() && !context.answer) {
        answers();
      }
      context.answer = piece.answer();
      read(piece, paragraph(section.pieces, k));
    }
    draft.prose.append(
        text, section.from, Math.max(section.from, Math.min(section.to, text.length())));
    boolean silent = !section.hasAnswer() && draft.isEmpty();
    if (silent && !section.id.isEmpty() && !section.pieces.isEmpty()) {
      draft.issue(section.line, Issue.Kind.GUESS, Message.of("guess.nothing"));
    }
  }

  /** Turns to the answer of what has been asked. */
  private void answers() {
    boolean one = parts.size() == 1;
    int own = one ? draft.stages.getOrDefault(parts.iterator().next(), 0) : 0;
    context.stage = draft.stages.isEmpty() ? context.stage : own;
    parts.clear();
    if (!draft.hasResults(context.stage) && !draft.asked.isEmpty()) {
      context.quantity = draft.asked.size() == 1 ? draft.asked.iterator().next() : null;
    }
    if (!context.token) {
      context.row = draft.rows.size() == 1 ? String.valueOf(draft.rows.iterator().next()) : "";
    }
  }

  private void read(Piece piece, String paragraph) {
    Block block = piece.block();
    String words = text.substring(piece.from(), piece.to());
    if (!piece.label().isEmpty()) {
      context.part = piece.label();
      context.spoken = false;
    }
    if (piece.answer()) {
      elided(words, block.line());
    } else {
      if (!context.part.isEmpty()) {
        parts.add(context.part);
      }
      if (block.kind() != Block.Kind.CODE && block.kind() != Block.Kind.OUTPUT) {
        draft.ask(words);
      }
    }
    Remarks.about(words).ifPresent(m -> draft.issue(block.line(), Issue.Kind.REMARK, m));
    stage(piece, paragraph);
    switch (block.kind()) {
      case TABLE -> new TableReader(text, draft, context, block).read();
      case CODE -> code.code(block);
      case OUTPUT -> code.output(block);
      case HEADING -> heading(piece, words);
      case LINE -> line(piece, words);
      case RULE -> {}
    }
    if (!piece.answer()) {
      Concepts.heads(words).ifPresent(h -> draft.headsAt.put(context.stage, h));
    }
  }

  private void heading(Piece piece, String words) {
    context.topic = null;
    context.row = "";
    context.token = false;
    head(words);
    Matcher number = NUMBER.matcher(words);
    int from = piece.from() + (number.lookingAt() ? number.end() : 0);
    new LineReader(text, draft, context).read(from, piece.to(), piece.block().line(), false);
    context.topic = Concepts.last(words).map(Concepts.Mention::quantity).orElse(null);
  }

  private void line(Piece piece, String words) {
    if (STEP.matcher(words).find()) {
      context.topic = Concepts.last(words).map(Concepts.Mention::quantity).orElse(null);
    }
    head(words);
    new LineReader(text, draft, context)
        .read(piece.from(), piece.to(), lines.of(piece.from()), !piece.label().isEmpty());
  }

  /** The words of a paragraph at its first line; nothing at the others. */
  private String paragraph(List<Piece> pieces, int at) {
    Piece piece = pieces.get(at);
    if (at > 0 && piece.goesOnFrom(pieces.get(at - 1), text)) {
      return "";
    }
    StringBuilder words = new StringBuilder(text.substring(piece.from(), piece.to()));
    for (int k = at + 1;
        k < pieces.size() && pieces.get(k).goesOnFrom(pieces.get(k - 1), text);
        k++) {
      words.append(' ').append(text, pieces.get(k).from(), pieces.get(k).to());
    }
    return words.toString();
  }

  /** Finds what is chosen in words, and whether the setting changes by it. */
  private void stage(Piece piece, String paragraph) {
    String label = piece.label();
    if (piece.answer() && !label.isEmpty() && draft.stages.containsKey(label)) {
      context.stage = draft.stages.getOrDefault(label, 0);
      draft.placed.add(piece.block().line());
    }
    if (piece.block().kind() == Block.Kind.CODE
        || piece.block().kind() == Block.Kind.OUTPUT
        || piece.block().kind() == Block.Kind.TABLE) {
      return;
    }
    List<ChoiceGrammar.Said> said = piece.answer() ? List.of() : ChoiceGrammar.read(paragraph);
    boolean changes = said.stream().anyMatch(this::changes);
    if (changes && CONDITION.matcher(paragraph).find() && asksBefore(paragraph)) {
      for (ChoiceGrammar.Said one : said) {
        draft.said.add(new Draft.Chosen(one, context.stage + 1));
      }
      return;
    }
    boolean later = !draft.parts.isEmpty() && !label.isEmpty() && !draft.parts.containsKey(label);
    if (changes && (hasResults(piece) || later)) {
      context.stage++;
    }
    if (!piece.answer() && !label.isEmpty()) {
      draft.stages.putIfAbsent(label, context.stage);
    }
    for (ChoiceGrammar.Said one : said) {
      draft.said.add(new Draft.Chosen(one, context.stage));
    }
  }

  /** Whether a setting has results; a question that an answer follows has none of its own. */
  private boolean hasResults(Piece piece) {
    boolean given = !piece.answer() && section.hasAnswer();
    return given
        ? draft.assertions.stream().anyMatch(a -> a.answer() && a.stage() == context.stage)
        : draft.hasResults(context.stage);
  }

  /** Whether something is asked before a condition: what then is a second question. */
  private boolean asksBefore(String paragraph) {
    Matcher condition = CONDITION.matcher(paragraph);
    return condition.find()
        && draft.parts.isEmpty()
        && Concepts.asks(paragraph.substring(0, condition.start()));
  }

  private boolean changes(ChoiceGrammar.Said said) {
    boolean unscaled =
        draft.said.stream()
            .anyMatch(c -> c.said() instanceof ChoiceGrammar.Scaling before && !before.scaled());
    return !(said instanceof ChoiceGrammar.Unclear)
        && !(said instanceof ChoiceGrammar.Scaling scaling && scaling.scaled() && !unscaled);
  }

  /** A heading or a line that begins with a head speaks of it, and so does what follows. */
  private void head(String words) {
    Matcher head = HEAD.matcher(words);
    if (head.find()) {
      context.head = Concepts.head(head.group()).orElse(context.head);
    }
  }

  private void elided(String words, int line) {
    Matcher elided = ELIDED.matcher(words);
    if (elided.find()) {
      draft.issue(line, Issue.Kind.REMARK, Message.of("remark.elided", elided.group()));
    }
  }
}
