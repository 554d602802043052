package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private final String text;
  private final Lines lines;
  private final Map<Integer, Integer> headingLevels = new HashMap<>();
  private final List<NoteTable> tables = new ArrayList<>();
  private final List<Exercise> exercises = new ArrayList<>();

  private PastedReader(String text) {
    this.text = text;
    this.lines = new Lines(text);
    structure();
  }

  /** Reads notes. */
  static Worksheet read(String pasted) {
    List<String> plain = pasted.lines().map(PastedReader::withoutLinks).toList();
    boolean doubles = Doubling.occursIn(plain);
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < plain.size(); k++) {
      String line = plain.get(k);
      text.append(doubles ? Doubling.undo(line, true) : line).append('\n');
    }
    return new PastedReader(text.toString()).worksheet();
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

  private Worksheet worksheet() {
    int start = 0;
    int level = 0;
    Heading open = null;
    List<int[]> sections = new ArrayList<>();
    List<Heading> headings = new ArrayList<>();
    for (int line = 1; line <= lines.count(); line++) {
      Integer depth = headingLevels.get(line);
      Optional<Heading> heading = heading(line, depth != null);
      boolean closes = depth != null && depth <= level;
      if (heading.isPresent() || (closes && open != null)) {
        if (open != null) {
          sections.add(new int[] {start, line - 1});
          headings.add(open);
        }
        open = heading.orElse(null);
        start = line;
        level = depth == null ? 7 : depth;
      }
    }
    if (open != null) {
      sections.add(new int[] {start, lines.count()});
      headings.add(open);
    }
    int preface = sections.isEmpty() ? 1 : sections.getFirst()[0];
    if (sections.isEmpty()) {
      section(new Heading("1", ""), 1, lines.count(), true);
    }
    for (int k = 0; k < sections.size(); k++) {
      section(headings.get(k), sections.get(k)[0], sections.get(k)[1], false);
    }
    return new Worksheet(
        text,
        Worksheet.Form.PASTED,
        text.substring(0, lines.start(preface)).strip(),
        exercises,
        List.of());
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

  private void section(Heading heading, int firstLine, int lastLine, boolean whole) {
    ExerciseBuilder exercise =
        new ExerciseBuilder(heading.id(), heading.title().replace("$", ""), firstLine);
    int answerLine = 0;
    int answerStart = 0;
    List<Integer> body = new ArrayList<>();
    for (int line = whole ? firstLine : firstLine + 1;
        line <= lastLine && answerLine == 0;
        line++) {
      Matcher answer = ANSWER.matcher(lines.line(line));
      if (answer.find()) {
        answerLine = line;
        answerStart = lines.start(line) + answer.end();
        elided(exercise, answer.group(), line);
      } else if (table(line) == null) {
        body.add(line);
      }
    }
    int questionEnd = answerLine == 0 ? lastLine : answerLine - 1;
    exercise.prose(
        text.substring(
            lines.start(whole ? firstLine : firstLine + 1),
            Math.max(
                lines.start(whole ? firstLine : firstLine + 1),
                lines.end(Math.max(questionEnd, firstLine)))));
    QuestionReader question = new QuestionReader(text, lines, exercise);
    question.read(heading.title(), body, within(firstLine, questionEnd));
    if (answerLine > 0) {
      AnswerReader answer =
          new AnswerReader(
              text, exercise, Lexicon.speaksOfHeads(heading.title() + exercise.prose()));
      answer.tables(within(answerLine, lastLine));
      answer.line(answerStart, Math.max(answerStart, lines.end(answerLine)), answerLine);
      for (int line = answerLine + 1; line <= lastLine; line++) {
        if (table(line) == null) {
          int from = contentStart(text, lines, line);
          answer.line(from, Math.max(from, lines.end(line)), line);
        }
      }
    }
    if (exercise.hasContent()) {
      exercises.add(exercise.build());
    } else if (!whole) {
      exercise.issue(firstLine, Issue.Kind.GUESS, Message.of("guess.nothing"));
      exercises.add(exercise.build());
    }
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
