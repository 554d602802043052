package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.code.Meaning;
import dev.qkv.sheet.note.document.Blocks;
import dev.qkv.sheet.note.document.Cleaning;
import dev.qkv.sheet.note.document.Spelling;
import dev.qkv.sheet.note.document.text.Traced;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.note.language.Numbers;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
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
  private static final Pattern CONTINUES =
      Pattern.compile(
          "接上[例题]|[与和同跟]\\s*(?:上[一面]?|前[一面]?|第[一二三四五六七八九十\\d]+)[题例](?:[完全的条件数据]*)?(?:一样|相同|同)|(?:都|均|保持)不变|上[一]?[题例]|同上|沿用|仍用|继续|(?:同样|相同)的?(?:数据|条件|设定|输入)|数据不变|相同的\\s*\\$?[QKV]|前[一面]题|\\bsame\\b\\s*[,:，]|\\b(?:the )?same\\s+(?:\\$?\\\\?\\(?[QKVXqkvx]\\b|inputs?|quer\\w+|keys?|values?|tokens?|setup|matri\\w+|vectors|numbers|data|as)|\\bcontinu\\w+|\\bprevious\\b|\\bas in\\b|\\b(?:the|as) above\\b|上述|如上|\\bfrom (?:problem|question|exercise|part)\\b|例?\\s*\\d+\\s*[题的]?中的",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NAMED =
      Pattern.compile(
          "(?:\\b(?:problem|question|exercise|example|task)|题|练习|习题|作业|例|第|\\b(?:in|from|of))\\s*([0-9]+(?:[.\\-][0-9]+)*[a-z]?|[A-H](?![A-Za-z])|[一二三四五六七八九十](?=\\s*[题道问例]))(?!\\s*(?:分|个|points?|行))",
          Pattern.CASE_INSENSITIVE);

  /** An exercise goes on from one that is no farther above. */
  private static final int FARTHEST = 64;

  /** Issues about something given that is not used. */
  private static final Set<String> UNUSED = Set.of("guess.given.again");

  /** A name with several numbers in brackets. */
  private static final Pattern GRID =
      Pattern.compile("[=≈]\\D*(?:matrix|array|[\\[(（]\\s*[-−\\d.]+\\s*[,，;；\\s])");

  private final Traced source;
  private final Page page;
  private final List<Exercise> exercises = new ArrayList<>();

  /** Names of tokens in the exercises before. */
  private final Set<String> known = new LinkedHashSet<>();

  /** What the variables of the note's code are. */
  private final Meaning meaning = new Meaning();

  /** What stands before the first exercise; null if all is one. */
  private @Nullable Draft preface;

  /** What it gives to all of them. */
  private @Nullable Exercise shared;

  private NoteReader(Traced source) {
    this.source = source;
    this.page = Page.of(source.text(), Blocks.of(source.text()));
  }

  /** Reads a Markdown text. */
  static Worksheet read(Traced markdown) {
    Traced clean = markdown.then(Cleaning.of(markdown.text()));
    Traced spelled = clean.then(Spelling.of(clean.text()));
    return new NoteReader(spelled.then(Definitions.of(spelled.text()))).worksheet();
  }

  private Worksheet worksheet() {
    List<Section> sections = Sections.of(page);
    boolean alone = sections.size() == 1;
    String start = "";
    if (!alone) {
      preface = draft(sections.getFirst(), meaning);
      shared = Inheritance.best(preface, List.of(), 0, 0).exercise();
      if (shared.claims().stream().anyMatch(c -> c instanceof Claim.Formula)) {
        exercises.add(shared);
      }
      start = page.text().substring(0, Math.min(page.text().length(), sections.get(1).from));
    }
    for (Section section : alone ? sections : sections.subList(1, sections.size())) {
      read(section, !alone && !section.id.isEmpty());
    }
    Tracing tracing = new Tracing(source);
    return new Worksheet(
        source.source(),
        Worksheet.Form.PASTED,
        start.strip(),
        exercises.stream().map(NoteReader::doubting).map(tracing::exercise).toList(),
        List.of());
  }

  /** Adds the exercises that stand under a heading; one with a number in any case. */
  private void read(Section section, boolean numbered) {
    Meaning before = meaning.copy();
    Draft whole = draft(section, meaning);
    new Division(page, part -> draft(part, before.copy()), drafts -> settled(drafts, numbered))
        .of(section, whole).stream().map(Merit::exercise).forEach(exercises::add);
    known.addAll(whole.labels());
  }

  private Draft draft(Section section, Meaning variables) {
    List<String> tokens = preface == null ? List.of() : List.copyOf(preface.tokens);
    Draft draft = SectionReader.read(page, section, tokens, variables);
    if (!Collections.disjoint(draft.labels(), known)) {
      List<String> own = List.copyOf(draft.tokens);
      draft.tokens.clear();
      draft.tokens.addAll(known);
      draft.tokens.addAll(own);
    }
    if (preface != null) {
      preface.said.stream()
          .filter(c -> !(c.said() instanceof ChoiceGrammar.Unclear))
          .toList()
          .reversed()
          .forEach(draft.said::addFirst);
    }
    return draft;
  }

  /** The exercises that each of several questions is, going on from those before it. */
  private List<List<Merit>> settled(List<Draft> questions, boolean numbered) {
    List<Exercise> before = new ArrayList<>(exercises);
    List<List<Merit>> settled = new ArrayList<>();
    for (Draft question : questions) {
      List<Merit> own = settings(question, before(question, before), numbered && settled.isEmpty());
      own.forEach(m -> before.add(m.exercise()));
      settled.add(own);
    }
    return settled;
  }

  /** The settings of a question as exercises; that with a number in any case. */
  private static List<Merit> settings(Draft draft, Before before, boolean numbered) {
    Stages.settle(draft, before.exercises(), before.told());
    List<Merit> settings = new ArrayList<>();
    List<Exercise> own = new ArrayList<>(); // the setting before this one, and the first
    for (int stage = 0; stage <= draft.lastStage(); stage++) {
      Merit merit = Inheritance.best(draft.at(stage), before.with(own), before.told(), own.size());
      if (!merit.exercise().givens().isEmpty()) {
        if (own.size() > 1) {
          own.removeFirst();
        }
        own.addFirst(merit.exercise());
      }
      if ((stage == 0 && numbered) || saysSomething(merit.exercise())) {
        settings.add(merit);
      }
    }
    return settings;
  }

  /** As one that was read; with something given that is not used, nothing in it is called wrong. */
  private static Exercise doubting(Exercise exercise) {
    Exercise doubting = exercise.asRead();
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
  private Before before(Draft draft, List<Exercise> exercises) {
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
}
