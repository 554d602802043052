package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Doubling;
import dev.qkv.sheet.note.document.Lines;
import dev.qkv.sheet.note.language.Lexicon;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Worksheet;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Reads notes as they are pasted: headings, doubled formulas, answers behind a bold word. */
final class PastedReader {
  private static final Parser MARKDOWN =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\[\\]\\n]*)]\\(\\s*https?://[^)\\s]*\\s*\\)");
  private static final Pattern EMPTY_BRACKETS = Pattern.compile("[(（](?:\\s*[,，、]?\\s*)*[)）]");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s)）]+");
  private static final Pattern ANSWER =
      Pattern.compile(
          "^[>\\s*_#-]*(?:参考)?(?:解答|答案|解析|解|答|solution|answer|ans)(?![a-z一-龥])[\\s*_]*(?:[（(][^）)]*[）)])?[\\s*_]*(?:[:：.]\\s*[*_]*|$|(?<=[*_]{2}\\s{0,3}))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKERS =
      Pattern.compile("^(?:[>\\s]|[-*+]\\s|\\d{1,2}[.)、]\\s|[(（]\\d{1,2}[)）]|\\*\\*)+");
  private static final Pattern PSEUDO_HEADING =
      Pattern.compile(
          "^\\s*(?:\\*\\*|__)?\\s*(?:第\\s*[0-9一二三四五六七八九十]+\\s*[题道]|(?:题目?|习题|练习题?|例题?|问题|exercise|problem|question|task)\\s*#?\\s*\\d+).*",
          Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_HEADING = 120;
  private static final int DEEPEST_HEADING = 6;

  private final String text;
  private final Lines lines;
  private final Map<Integer, Integer> headingLevels = new HashMap<>();
  private final List<NoteTable> tables = new ArrayList<>();

  private PastedReader(String text) {
    this.text = text;
    this.lines = new Lines(text);
    structure();
  }

  /** Reads notes. */
  static Worksheet read(String pasted) {
    List<String> plain = pasted.lines().map(PastedReader::withoutLinks).toList();
    boolean doubles = Doubling.occursIn(plain);
    String text =
        plain.parallelStream()
            .map(line -> doubles ? Doubling.undo(line, true) : line)
            .collect(Collectors.joining("\n", "", "\n"));
    return new PastedReader(text).worksheet();
  }

  private static String withoutLinks(String line) {
    String unlinked = LINK.matcher(line).replaceAll("");
    if (!unlinked.equals(line)) {
      unlinked = EMPTY_BRACKETS.matcher(unlinked).replaceAll("");
    }
    return ADDRESS.matcher(unlinked).replaceAll("");
  }

  /** Where a line's words start, behind quotation marks, bullets and numbers. */
  static int contentStart(String text, Lines lines, int line) {
    Matcher markers = MARKERS.matcher(lines.line(line));
    return lines.start(line) + (markers.find() ? markers.end() : 0);
  }

  private void structure() {
    Node document = MARKDOWN.parse(text);
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(org.commonmark.node.Heading heading) {
            headingLevels.put(
                heading.getSourceSpans().getFirst().getLineIndex() + 1, heading.getLevel());
          }

          @Override
          public void visit(CustomBlock block) {
            if (block instanceof TableBlock table) {
              tables.add(NoteTable.of(table, text, lines));
            }
          }
        });
  }

  /** The lines of an exercise; its words start behind its heading. */
  private record Section(Heading heading, int firstLine, int wordsLine, int lastLine) {}

  private Worksheet worksheet() {
    List<Section> sections = sections();
    int preface = sections.isEmpty() ? 1 : sections.getFirst().firstLine();
    Stream<Exercise> exercises =
        sections.isEmpty()
            ? Stream.of(exercise(new Section(new Heading("1", ""), 1, 1, lines.count())))
                .filter(PastedReader::saysSomething)
            : sections.parallelStream().map(this::exercise);
    return new Worksheet(
        text,
        Worksheet.Form.PASTED,
        text.substring(0, lines.start(preface)).strip(),
        exercises.toList(),
        List.of());
  }

  /** Text without a heading is an exercise only if something in it was understood or is wrong. */
  private static boolean saysSomething(Exercise exercise) {
    return !exercise.givens().isEmpty()
        || exercise.claims().stream().anyMatch(c -> !(c instanceof Claim.Words))
        || exercise.issues().stream().anyMatch(i -> i.kind() == Issue.Kind.ERROR);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    Heading open = null;
    int start = 0;
    int level = 0;
    for (int line = 1; line <= lines.count(); line++) {
      Integer depth = headingLevels.get(line);
      Optional<Heading> heading = heading(line, depth != null);
      boolean closes = depth != null && depth <= level && !ANSWER.matcher(lines.line(line)).find();
      if (heading.isPresent() || (closes && open != null)) {
        if (open != null) {
          sections.add(new Section(open, start, start + 1, line - 1));
        }
        open = heading.orElse(null);
        start = line;
        level = depth == null ? DEEPEST_HEADING + 1 : depth;
      }
    }
    if (open != null) {
      sections.add(new Section(open, start, start + 1, lines.count()));
    }
    return sections;
  }

  private Optional<Heading> heading(int line, boolean marked) {
    String words = lines.line(line);
    if (words.length() > LONGEST_HEADING) {
      return Optional.empty();
    }
    if (marked) {
      return Heading.of(words.replaceFirst("^[\\s>]*#+\\s*", ""));
    }
    return PSEUDO_HEADING.matcher(words).matches() && !words.contains("=")
        ? Heading.of(words.replace("**", "").replace("__", ""))
        : Optional.empty();
  }

  private Exercise exercise(Section section) {
    Heading heading = section.heading();
    ExerciseBuilder exercise =
        new ExerciseBuilder(heading.id(), heading.title().replace("$", ""), section.firstLine());
    int answerLine = 0;
    int answerStart = 0;
    List<Integer> body = new ArrayList<>();
    for (int line = section.wordsLine(); line <= section.lastLine() && answerLine == 0; line++) {
      Matcher answer = ANSWER.matcher(lines.line(line));
      if (answer.find()) {
        answerLine = line;
        answerStart = lines.start(line) + answer.end();
        elided(exercise, answer.group(), line);
      } else if (table(line) == null) {
        body.add(line);
      }
    }
    int questionEnd = answerLine == 0 ? section.lastLine() : answerLine - 1;
    int words = lines.start(section.wordsLine());
    exercise.prose(text.substring(words, Math.max(words, lines.end(questionEnd))));
    new QuestionReader(text, lines, exercise)
        .read(heading.title(), body, within(section.firstLine(), questionEnd));
    if (answerLine > 0) {
      AnswerReader answer =
          new AnswerReader(
              text, exercise, Lexicon.speaksOfHeads(heading.title() + exercise.prose()));
      answer.tables(within(answerLine, section.lastLine()));
      answer.line(answerStart, Math.max(answerStart, lines.end(answerLine)), answerLine);
      for (int line = answerLine + 1; line <= section.lastLine(); line++) {
        if (table(line) == null) {
          int from = contentStart(text, lines, line);
          answer.line(from, Math.max(from, lines.end(line)), line);
        }
      }
    }
    if (!exercise.hasContent()) {
      exercise.issue(section.firstLine(), Issue.Kind.GUESS, Message.of("guess.nothing"));
    }
    return exercise.build().withReachableGoals();
  }

  private static void elided(ExerciseBuilder exercise, String marker, int line) {
    if (marker.contains("略") || marker.contains("omitted")) {
      exercise.issue(
          line, Issue.Kind.REMARK, Message.of("remark.elided", marker.replaceAll("[>*_\\s]+", "")));
    }
  }

  private @Nullable NoteTable table(int line) {
    for (NoteTable table : tables) {
      if (line >= table.line() && line <= table.lastLine()) {
        return table;
      }
    }
    return null;
  }

  private List<NoteTable> within(int firstLine, int lastLine) {
    return tables.stream().filter(t -> t.line() >= firstLine && t.line() <= lastLine).toList();
  }
}
