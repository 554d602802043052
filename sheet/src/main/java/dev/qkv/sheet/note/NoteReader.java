package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.commentary.Remarks;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.code.Meaning;
import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Blocks;
import dev.qkv.sheet.note.document.Cleaning;
import dev.qkv.sheet.note.document.Spelling;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Numbers;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads notes as people write them. */
final class NoteReader {
  private static final Pattern ELIDED =
      Pattern.compile("[（(]\\s*(?:过程)?(?:省?略|omitted|elided)[^）)]*[）)]");
  private static final Pattern CONTINUES =
      Pattern.compile(
          "接上[例题]|[与和同跟]\\s*(?:上[一面]?|前[一面]?|第[一二三四五六七八九十\\d]+)[题例](?:[完全的条件数据]*)?(?:一样|相同|同)|(?:都|均|保持)不变|上[一]?[题例]|同上|沿用|仍用|继续|相同的\\s*\\$?[QKV]|前[一面]题|\\bsame\\b\\s*[,:，]|\\b(?:the )?same\\s+(?:\\$?\\\\?\\(?[QKVXqkvx]\\b|inputs?|quer\\w+|keys?|values?|tokens?|setup|matri\\w+|vectors|numbers|data|as)|\\bcontinu\\w+|\\bprevious\\b|\\bas in\\b|\\b(?:the|as) above\\b|上述|如上|\\bfrom (?:problem|question|exercise|part)\\b|例?\\s*\\d+\\s*[题的]?中的",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NAMED =
      Pattern.compile(
          "(?:\\b(?:problem|question|exercise|example|task)|题|例|第|\\b(?:in|from|of))\\s*([0-9]+(?:[.\\-][0-9]+)*[a-z]?|[A-H](?![A-Za-z])|[一二三四五六七八九十](?=\\s*[题道问例]))(?!\\s*(?:分|个|points?|行))",
          Pattern.CASE_INSENSITIVE);

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

  /** An exercise goes on from one that is no farther above. */
  private static final int FARTHEST = 64;

  /** Issues about something given that is not used. */
  private static final Set<String> UNUSED = Set.of("guess.given.again", "guess.ignored");

  /** A name with several numbers in brackets. */
  private static final Pattern GRID =
      Pattern.compile("[=≈]\\D*(?:matrix|array|[\\[(（]\\s*[-−\\d.]+\\s*[,，;；\\s])");

  private final Traced source;
  private final String text;
  private final Lines lines;

  /** What the variables of the note's code are. */
  private final Meaning meaning = new Meaning();

  private NoteReader(Traced source) {
    this.source = source;
    this.text = source.text();
    this.lines = new Lines(text);
  }

  /** Reads a Markdown text. */
  static Worksheet read(Traced markdown) {
    Traced clean = markdown.then(Cleaning.of(markdown.text()));
    Traced spelled = clean.then(Spelling.of(clean.text()));
    return new NoteReader(spelled.then(Definitions.of(spelled.text()))).worksheet();
  }

  private Worksheet worksheet() {
    List<Block> blocks = Blocks.of(text);
    List<Section> sections = Sections.of(text, blocks);
    List<Draft> drafts = new ArrayList<>();
    for (Section section : sections) {
      drafts.add(
          draft(section, drafts.isEmpty() ? List.of() : List.copyOf(drafts.getFirst().tokens)));
    }
    List<Exercise> exercises = new ArrayList<>();
    Draft preface = drafts.getFirst();
    boolean alone = drafts.size() == 1;
    @Nullable Exercise shared = null;
    if (!alone) {
      shared = Inheritance.best(preface, List.of(), 0, 0).exercise();
      if (shared.claims().stream().anyMatch(c -> c instanceof Claim.Formula)) {
        exercises.add(shared);
      }
    }
    for (int i = alone ? 0 : 1; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      if (!alone) {
        draft.said.addAll(0, preface.said);
      }
      boolean numbered = !draft.id.isEmpty() && !alone;
      for (Draft question : Division.of(draft)) {
        settle(question, before(question, exercises, shared), numbered, exercises);
        numbered = false;
      }
    }
    String start = alone ? "" : text.substring(0, Math.min(text.length(), sections.get(1).from));
    Tracing tracing = new Tracing(source);
    return new Worksheet(
        source.source(),
        Worksheet.Form.PASTED,
        start.strip(),
        exercises.stream().map(tracing::exercise).toList(),
        List.of());
  }

  /** Adds the settings of a question as exercises; one with a number in any case. */
  private static void settle(
      Draft draft, Before before, boolean numbered, List<Exercise> exercises) {
    Stages.settle(draft, before.exercises(), before.told());
    List<Exercise> own = new ArrayList<>(); // the setting before this one, and the first
    for (int stage = 0; stage <= draft.lastStage(); stage++) {
      Exercise exercise =
          Inheritance.best(draft.at(stage), before.with(own), before.told(), own.size()).exercise();
      if (!exercise.givens().isEmpty()) {
        if (own.size() > 1) {
          own.removeFirst();
        }
        own.addFirst(exercise);
      }
      if ((stage == 0 && numbered) || saysSomething(exercise)) {
        exercises.add(doubting(exercise));
      }
    }
  }

  /** With something given that is not used, nothing is called wrong. */
  private static Exercise doubting(Exercise exercise) {
    Exercise doubting = exercise;
    for (Issue issue : exercise.issues()) {
      String key = issue.message().key();
      boolean unused =
          key.equals("guess.given.unfit")
              || (UNUSED.contains(key) && GRID.matcher(issue.message().in(Locale.ENGLISH)).find());
      if (issue.kind() == Issue.Kind.GUESS && unused) {
        doubting = doubting.withDoubt(Message.of("doubt.unused", issue.message()));
      }
    }
    return doubting;
  }

  /** Exercises that one may go on from, of which its words speak of the first. */
  private record Before(List<Exercise> exercises, int told) {
    /** These, with the settings of the same exercise behind those that its words speak of. */
    List<Exercise> with(List<Exercise> own) {
      List<Exercise> all = new ArrayList<>(exercises);
      all.addAll(told, own);
      return all;
    }
  }

  /** Whose givens an exercise may go on with, the likeliest first. */
  private static Before before(Draft draft, List<Exercise> exercises, @Nullable Exercise shared) {
    List<Exercise> candidates = new ArrayList<>();
    String words = draft.title + draft.question;
    Matcher named = NAMED.matcher(words);
    while (named.find()) {
      OptionalInt number = Numbers.of(named.group(1));
      String id = number.isPresent() ? String.valueOf(number.getAsInt()) : named.group(1);
      if (!id.equals(draft.id)) {
        exercises.stream().filter(e -> e.id().equals(id)).findFirst().ifPresent(candidates::add);
      }
    }
    boolean continues = CONTINUES.matcher(words).find();
    Optional<Exercise> last =
        exercises.reversed().stream()
            .limit(FARTHEST)
            .filter(e -> !e.givens().isEmpty())
            .findFirst();
    if (continues) {
      last.ifPresent(candidates::add);
    }
    int told = candidates.size();
    if (shared != null && !shared.givens().isEmpty()) {
      candidates.add(shared);
    }
    if (!continues) {
      last.ifPresent(candidates::add);
    }
    return new Before(candidates, told);
  }

  /** Text without a heading is an exercise only if something in it was understood or is wrong. */
  private static boolean saysSomething(Exercise exercise) {
    return !exercise.givens().isEmpty()
        || exercise.claims().stream().anyMatch(c -> !(c instanceof Claim.Words))
        || exercise.issues().stream().anyMatch(i -> i.kind() == Issue.Kind.ERROR);
  }

  private Draft draft(Section section, List<String> tokens) {
    Draft draft = new Draft(section.id, section.title, section.line);
    draft.tokens.addAll(tokens);
    Context context = new Context();
    CodeReader code = new CodeReader(text, lines, draft, context, meaning);
    boolean answered = section.hasAnswer();
    Set<String> parts = new HashSet<>();
    for (int k = 0; k < section.pieces.size(); k++) {
      Piece piece = section.pieces.get(k);
      if (piece.answer() && !context.answer) {
        boolean one = parts.size() == 1;
        int own = one ? draft.stages.getOrDefault(parts.iterator().next(), 0) : 0;
        context.stage = draft.stages.isEmpty() ? context.stage : own;
        parts.clear();
        if (!draft.hasResults(context.stage) && !draft.asked.isEmpty()) {
          context.quantity = draft.asked.size() == 1 ? draft.asked.iterator().next() : null;
        }
        boolean row = draft.rows.size() == 1;
        context.row =
            context.token ? context.row : row ? String.valueOf(draft.rows.iterator().next()) : "";
      }
      context.answer = piece.answer();
      if (!piece.label().isEmpty()) {
        context.part = piece.label();
      }
      if (!piece.answer() && !context.part.isEmpty()) {
        parts.add(context.part);
      }
      Block block = piece.block();
      String words = text.substring(piece.from(), piece.to());
      if (!piece.answer() && block.kind() != Block.Kind.CODE && block.kind() != Block.Kind.OUTPUT) {
        draft.ask(words);
      }
      if (piece.answer()) {
        elided(draft, words, block.line());
      }
      Remarks.about(words).ifPresent(m -> draft.issue(block.line(), Issue.Kind.REMARK, m));
      stage(draft, context, piece, paragraph(section.pieces, k));
      switch (block.kind()) {
        case TABLE -> new TableReader(text, draft, context, block).read();
        case CODE -> code.code(block);
        case OUTPUT -> code.output(block);
        case HEADING -> {
          context.topic = null;
          context.row = "";
          context.token = false;
          head(context, words);
          Matcher number = NUMBER.matcher(words);
          int from = piece.from() + (number.lookingAt() ? number.end() : 0);
          new LineReader(text, draft, context).read(from, piece.to(), block.line(), false);
          context.topic = Concepts.last(words).map(Concepts.Mention::quantity).orElse(null);
        }
        case LINE -> {
          if (STEP.matcher(words).find()) {
            context.topic = Concepts.last(words).map(Concepts.Mention::quantity).orElse(null);
          }
          head(context, words);
          new LineReader(text, draft, context)
              .read(piece.from(), piece.to(), lines.of(piece.from()), !piece.label().isEmpty());
        }
        case RULE -> {}
      }
      if (!piece.answer()) {
        Concepts.heads(words).ifPresent(h -> draft.headsAt.put(context.stage, h));
      }
    }
    draft.prose.append(
        text, section.from, Math.max(section.from, Math.min(section.to, text.length())));
    if (!answered && draft.isEmpty() && !section.id.isEmpty() && !section.pieces.isEmpty()) {
      draft.issue(section.line, Issue.Kind.GUESS, Message.of("guess.nothing"));
    }
    return draft;
  }

  /** The words of a paragraph at its first line; nothing at the others. */
  private String paragraph(List<Piece> pieces, int at) {
    Piece piece = pieces.get(at);
    if (at > 0 && goesOn(pieces.get(at - 1), piece)) {
      return "";
    }
    StringBuilder words = new StringBuilder(text.substring(piece.from(), piece.to()));
    for (int k = at + 1; k < pieces.size() && goesOn(pieces.get(k - 1), pieces.get(k)); k++) {
      words.append(' ').append(text, pieces.get(k).from(), pieces.get(k).to());
    }
    return words.toString();
  }

  /** Whether a line goes on with the sentence of the line above it. */
  private boolean goesOn(Piece above, Piece piece) {
    boolean lines =
        above.block().kind() == Block.Kind.LINE && piece.block().kind() == Block.Kind.LINE;
    if (!lines || !piece.label().isEmpty() || above.answer() != piece.answer()) {
      return false;
    }
    String between = text.substring(Math.min(above.to(), piece.from()), piece.from());
    return between.chars().filter(c -> c == '\n').count() == 1 && between.isBlank();
  }

  /** Finds what is chosen in words, and whether the setting changes by it. */
  private static void stage(Draft draft, Context context, Piece piece, String paragraph) {
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
    boolean changes = said.stream().anyMatch(s -> changes(s, draft));
    if (changes && CONDITION.matcher(paragraph).find() && asksBefore(paragraph, draft)) {
      for (ChoiceGrammar.Said one : said) {
        draft.said.add(new Draft.Chosen(one, context.stage + 1));
      }
      return;
    }
    boolean later = !draft.parts.isEmpty() && !label.isEmpty() && !draft.parts.containsKey(label);
    if (changes && (draft.hasResults(context.stage) || later)) {
      context.stage++;
    }
    if (!piece.answer() && !label.isEmpty()) {
      draft.stages.putIfAbsent(label, context.stage);
    }
    for (ChoiceGrammar.Said one : said) {
      draft.said.add(new Draft.Chosen(one, context.stage));
    }
  }

  /** Whether something is asked before a condition: what then is a second question. */
  private static boolean asksBefore(String paragraph, Draft draft) {
    Matcher condition = CONDITION.matcher(paragraph);
    return condition.find()
        && draft.parts.isEmpty()
        && Concepts.asks(paragraph.substring(0, condition.start()));
  }

  private static boolean changes(ChoiceGrammar.Said said, Draft draft) {
    boolean unscaled =
        draft.said.stream()
            .anyMatch(c -> c.said() instanceof ChoiceGrammar.Scaling before && !before.scaled());
    return !(said instanceof ChoiceGrammar.Unclear)
        && !(said instanceof ChoiceGrammar.Scaling scaling && scaling.scaled() && !unscaled);
  }

  /** A heading or a line that begins with a head speaks of it, and so does what follows. */
  private static void head(Context context, String words) {
    Matcher head = HEAD.matcher(words);
    if (head.find()) {
      context.head = Concepts.head(head.group()).orElse(context.head);
    }
  }

  private static void elided(Draft draft, String words, int line) {
    var elided = ELIDED.matcher(words);
    if (elided.find()) {
      draft.issue(line, Issue.Kind.REMARK, Message.of("remark.elided", elided.group()));
    }
  }
}
