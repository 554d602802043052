package dev.qkv.sheet.note;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/** Reads the native form: Markdown with {@code qkv} and {@code answer} blocks. */
final class NativeReader {
  private static final Parser MARKDOWN =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

  private final String text;
  private final Lines lines;
  private final StringBuilder preface = new StringBuilder();
  private final List<ExerciseBuilder> exercises = new ArrayList<>();
  private final List<Issue> issues = new ArrayList<>();
  private @Nullable Heading pending;

  NativeReader(String text) {
    this.text = text;
    this.lines = new Lines(text);
  }

  /** Whether a text has blocks of the native form. */
  static boolean hasBlocks(String text) {
    return text.lines().anyMatch(line -> line.strip().matches("(```+|~~~+)\\s*(qkv|answer)\\s*"));
  }

  Worksheet read() {
    Node document = MARKDOWN.parse(text);
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        keepPending();
        pending = heading;
      } else if (node instanceof FencedCodeBlock block && kind(block) != null) {
        block(block);
      } else {
        strayBlocks(node);
        prose(source(node));
      }
    }
    keepPending();
    return new Worksheet(
        text,
        Worksheet.Form.NATIVE,
        preface.toString().strip(),
        exercises.stream().map(ExerciseBuilder::build).toList(),
        issues);
  }

  private static @Nullable String kind(FencedCodeBlock block) {
    String info = block.getInfo() == null ? "" : block.getInfo().strip();
    return info.equals("qkv") || info.equals("answer") ? info : null;
  }

  /** A block inside a list or a quotation would be passed over: say so. */
  private void strayBlocks(Node node) {
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(FencedCodeBlock block) {
            if (kind(block) != null) {
              issues.add(
                  new Issue(firstLine(block), Issue.Kind.ERROR, Message.of("error.block.nested")));
            }
          }
        });
  }

  private static int firstLine(Block block) {
    return block.getSourceSpans().getFirst().getLineIndex() + 1;
  }

  private static int lastLine(Block block) {
    return block.getSourceSpans().getLast().getLineIndex() + 1;
  }

  private String source(Node node) {
    if (!(node instanceof Block block) || block.getSourceSpans().isEmpty()) {
      return "";
    }
    return text.substring(lines.start(firstLine(block)), lines.end(lastLine(block))) + "\n\n";
  }

  /** Words belong to the exercise above them; before the first, and under a heading, they wait. */
  private void prose(String words) {
    if (pending != null) {
      waiting.append(words);
    } else if (exercises.isEmpty()) {
      preface.append(words);
    } else {
      exercises.getLast().prose(words);
    }
  }

  private final StringBuilder waiting = new StringBuilder();

  /** A heading without blocks is not an exercise: its words go where the words before it went. */
  private void keepPending() {
    if (pending != null) {
      String words = source(pending) + waiting;
      pending = null;
      waiting.setLength(0);
      prose(words);
    }
  }

  private void block(FencedCodeBlock block) {
    if (pending != null || exercises.isEmpty()) {
      open(block);
    }
    ExerciseBuilder exercise = exercises.getLast();
    int first = firstLine(block);
    int last = lastLine(block);
    boolean closed = block.getClosingFenceLength() != null;
    if (!closed) {
      exercise.error(first, Message.of("error.block.unclosed", String.valueOf(kind(block))));
    }
    new Statements(text, lines, exercise, "answer".equals(kind(block)))
        .read(first + 1, closed ? last - 1 : last);
  }

  private void open(FencedCodeBlock block) {
    Heading heading = pending;
    String title = "";
    int line = firstLine(block);
    if (heading != null) {
      title = TextContentRenderer.builder().build().render(heading).strip();
      line = firstLine(heading);
    }
    Optional<dev.qkv.sheet.note.Heading> numbered = dev.qkv.sheet.note.Heading.marked(title);
    String id = numbered.map(h -> h.id()).orElse(String.valueOf(exercises.size() + 1));
    exercises.add(new ExerciseBuilder(id, numbered.map(h -> h.title()).orElse(title), line));
    exercises.getLast().prose(waiting.toString());
    waiting.setLength(0);
    pending = null;
  }
}
