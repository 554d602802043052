package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.Block.Kind;
import dev.qkv.sheet.note.document.Block.Span;
import dev.qkv.sheet.note.document.text.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Cuts Markdown into blocks; a line goes on while a bracket or an environment is open. */
public final class Blocks {
  private static final Parser MARKDOWN =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .inlineParserFactory(context -> (lines, node) -> {})
          .build();

  private static final Set<String> OUTPUTS = Set.of("output", "out", "console", "stdout");
  private static final Set<String> PROSE =
      Set.of("", "text", "txt", "plain", "math", "latex", "tex", "markdown", "md", "plaintext");
  private static final String RULES = "-*_=~—─";
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*[-−+]?[\\d.]+(?:\\s*[\\s,，&]\\s*[-−+]?[\\d./√]+)*\\s*;?\\s*");
  private static final int LONGEST_JOIN = 60;

  private final String text;
  private final Lines lines;
  private final Map<Integer, Block> structured = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();

  private Blocks(String text) {
    this.text = text;
    this.lines = new Lines(text);
  }

  /** The blocks of a Markdown text, in order. */
  public static List<Block> of(String text) {
    Blocks cutter = new Blocks(text);
    cutter.structure();
    cutter.cut(1, cutter.lines.count());
    return cutter.blocks;
  }

  private void structure() {
    MARKDOWN
        .parse(text)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Heading heading) {
                heading(heading);
              }

              @Override
              public void visit(FencedCodeBlock code) {
                fence(code);
              }

              @Override
              public void visit(CustomBlock block) {
                if (block instanceof TableBlock table) {
                  table(table);
                }
              }

              private void heading(Heading heading) {
                int line = first(heading);
                String words = lines.line(line);
                int marks = 0;
                while (marks < words.length() && " \t#".indexOf(words.charAt(marks)) >= 0) {
                  marks++;
                }
                if (words.strip().startsWith("#")) {
                  structured.put(
                      line,
                      block(
                          Kind.HEADING,
                          heading.getLevel(),
                          lines.start(line) + marks,
                          lines.end(line),
                          line,
                          List.of()));
                }
              }
            });
  }

  private static int first(org.commonmark.node.Block block) {
    return block.getSourceSpans().getFirst().getLineIndex() + 1;
  }

  private static int last(org.commonmark.node.Block block) {
    return block.getSourceSpans().getLast().getLineIndex() + 1;
  }

  private static Block block(
      Kind kind, int level, int from, int to, int line, List<List<Span>> rows) {
    return new Block(kind, level, "", "", from, Math.max(from, to), line, rows);
  }

  private void fence(FencedCodeBlock code) {
    int first = first(code);
    int last = last(code);
    String info = code.getInfo() == null ? "" : code.getInfo().strip().toLowerCase(Locale.ROOT);
    boolean closed = code.getClosingFenceLength() != null && last > first;
    int end = closed ? last - 1 : last;
    int from = lines.start(Math.min(first + 1, lines.count()));
    int to = first + 1 <= end ? lines.end(end) : from;
    Kind kind = OUTPUTS.contains(info) ? Kind.OUTPUT : PROSE.contains(info) ? Kind.LINE : Kind.CODE;
    if (kind == Kind.CODE && Code.isSession(text.substring(from, Math.max(from, to)))) {
      kind = Kind.LINE;
    } else if (kind == Kind.LINE && Code.isCode(text.substring(from, Math.max(from, to)))) {
      kind = Kind.CODE;
    } else if (kind == Kind.LINE && isPrinted(first, text.substring(from, Math.max(from, to)))) {
      kind = Kind.OUTPUT;
    }
    lastCode = kind == Kind.CODE ? last : lastCode;
    fences.put(first, new int[] {last, end});
    structured.put(first, block(kind, 0, from, to, first + 1, List.of()));
  }

  /** Whether a fence right behind code shows what the code printed. */
  private boolean isPrinted(int first, String words) {
    boolean behind = lastCode > 0 && first - lastCode <= FARTHEST_OUTPUT;
    boolean said = false;
    for (int line = lastCode + 1; behind && line < first; line++) {
      behind = !lines.line(line).startsWith("#");
      said |= OUTPUT_TITLE.matcher(lines.line(line)).matches();
    }
    return behind && (said || words.lines().anyMatch(l -> PRINTED.matcher(l).lookingAt()));
  }

  /** The last line of the last code; 0 before the first. */
  private int lastCode;

  /** Lines between code and what it printed are few. */
  private static final int FARTHEST_OUTPUT = 5;

  /** A line that says that what code printed follows. */
  private static final Pattern OUTPUT_TITLE =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:(?:it |this |which |the )?(?:outputs?|prints?|printed|gives)(?: is| reads| was)?|(?:程序|运行|打印)?(?:的)?(?:输出|结果|打印)(?:结果|如下|为|是)*)[^\\p{L}]*");

  private static final Pattern PRINTED =
      Pattern.compile("\\s*(?:\\[|\\(\\d|-?\\d|array\\(|tensor\\()");

  private final Map<Integer, int[]> fences = new HashMap<>();
  private final Map<Integer, Integer> tableEnds = new HashMap<>();

  private void table(TableBlock table) {
    int first = first(table);
    int last = last(table);
    List<List<Span>> rows = new ArrayList<>();
    for (int line = first; line <= last; line++) {
      if (line != first + 1) {
        rows.add(cells(line));
      }
    }
    tableEnds.put(first, last);
    structured.put(first, block(Kind.TABLE, 0, lines.start(first), lines.end(last), first, rows));
  }

  private List<Span> cells(int line) {
    List<Span> cells = new ArrayList<>();
    int start = lines.start(line);
    int end = lines.end(line);
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (start < end && text.charAt(start) == '|') {
      start++;
    }
    boolean dollars = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      dollars ^= c == '$';
      if (c == '|' && !dollars && text.charAt(i - 1) != '\\') {
        cells.add(new Span(start, i));
        start = i + 1;
      }
    }
    if (!text.substring(start, end).isBlank()) {
      cells.add(new Span(start, end));
    }
    return cells;
  }

  private void cut(int first, int last) {
    int line = first;
    while (line <= last) {
      Block known = structured.get(line);
      if (known == null) {
        line = line(line, last);
        continue;
      }
      if (known.kind() == Kind.LINE) {
        int[] ends = fences.getOrDefault(line, new int[] {line, line});
        int inner = line + 1;
        while (inner <= ends[1]) {
          inner = line(inner, ends[1]);
        }
        line = ends[0] + 1;
        continue;
      }
      blocks.add(known);
      int[] fence = fences.get(line);
      line = fence != null ? fence[0] + 1 : tableEnds.getOrDefault(line, line) + 1;
    }
  }

  /** Whether a line is three signs or more that only divide. */
  private static boolean isRule(String line) {
    int signs = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (RULES.indexOf(c) >= 0) {
        signs++;
      } else if (!Character.isWhitespace(c)) {
        return false;
      }
    }
    return signs >= 3;
  }

  /** Adds the logical line that starts at a line; the line behind it. */
  private int line(int line, int last) {
    String words = lines.line(line);
    if (words.isBlank()) {
      return line + 1;
    }
    if (isRule(words)) {
      blocks.add(block(Kind.RULE, 0, lines.start(line), lines.end(line), line, List.of()));
      return line + 1;
    }
    int code = Code.lines(lines, line, last);
    if (code > 0) {
      blocks.add(
          block(Kind.CODE, 0, lines.start(line), lines.end(line + code - 1), line, List.of()));
      return line + code;
    }
    int end = end(line, last);
    Label label = Label.of(words);
    int from = lines.start(line) + label.length();
    blocks.add(
        new Block(
            Kind.LINE,
            label.indent(),
            label.value(),
            label.style(),
            from,
            Math.max(from, lines.end(end)),
            line,
            List.of()));
    return end + 1;
  }

  /** The last line of the logical line that starts at a line. */
  private int end(int line, int last) {
    int end = closing(line, last);
    while (end < last) {
      String here = lines.line(end).stripTrailing();
      String next = lines.line(end + 1).strip();
      if (next.isEmpty() || structured.containsKey(end + 1)) {
        return end;
      }
      boolean goesOn =
          next.startsWith("=")
              || next.startsWith("≈")
              || next.startsWith("&=")
              || next.startsWith("\\approx");
      boolean wants = here.endsWith("=") || here.endsWith("≈");
      boolean bars =
          here.endsWith("|") && here.indexOf('|') < here.length() - 1 && next.startsWith("|");
      boolean column =
          (wants || here.endsWith(":") || here.endsWith("：") || NUMBERS.matcher(here).matches())
              && NUMBERS.matcher(next).matches()
              && !Label.of(lines.line(end + 1)).isThere();
      boolean listed =
          (here.endsWith(",") || here.endsWith("，") || here.endsWith("、"))
              && !Label.of(lines.line(end + 1)).isThere()
              && !next.matches("^[-*+•·]\\s.*");
      if (!(goesOn && !isRule(next)) && !wants && !bars && !column && !listed) {
        return end;
      }
      end = closing(end + 1, last);
    }
    return end;
  }

  /** The line at which all that a line opens is closed; the line itself if that never comes. */
  private int closing(int line, int last) {
    Openness open = new Openness();
    int end = line;
    while (true) {
      open.read(text, lines.start(end), lines.end(end));
      if (!open.isOpen()) {
        return end;
      }
      boolean stop =
          end == last
              || end - line >= LONGEST_JOIN
              || structured.containsKey(end + 1)
              || (lines.line(end + 1).isBlank() && !open.inEnvironment());
      if (stop) {
        return line;
      }
      end++;
    }
  }
}
