package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Lists of LaTeX and of its exam class, with the labels that are printed. */
final class LatexLists {
  /** One list: how it was opened, what counts it and what its labels look like. */
  private record Level(String name, String counter, String label) {}

  private static final Set<String> NAMES =
      Set.of(
          "enumerate",
          "itemize",
          "description",
          "compactenum",
          "compactitem",
          "tasks",
          "questions",
          "parts",
          "subparts",
          "subsubparts",
          "choices",
          "oneparchoices",
          "checkboxes");

  private static final String[] COUNTERS = {"enumi", "enumii", "enumiii", "enumiv"};
  private static final String[] LABELS = {"\\arabic*.", "(\\alph*)", "\\roman*.", "\\Alph*."};

  /** Items of the exam class and what their labels look like. */
  private static final Map<String, Level> EXAM =
      Map.of(
          "part", new Level("parts", "partno", "(\\alph*)"),
          "subpart", new Level("subparts", "subpart", "\\roman*."),
          "subsubpart", new Level("subsubparts", "subsubpart", "(\\Alph*)"),
          "choice", new Level("choices", "choice", "\\Alph*."),
          "CorrectChoice", new Level("choices", "choice", "\\Alph*."));

  private final LatexDocument document;
  private final TexText tex;
  private final Page page;
  private final TexCounters counters;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Map<String, String> labels = new HashMap<>();
  private int numbered;

  LatexLists(LatexDocument document) {
    this.document = document;
    this.tex = document.tex();
    this.page = document.page();
    this.counters = document.counters();
  }

  static boolean isList(String name) {
    return NAMES.contains(name.replace("*", ""));
  }

  /** A list starts; returns where its first item may stand. */
  int open(String name, int from) {
    String plain = name.replace("*", "");
    int end = tex.skipOption(from);
    String written =
        end == from ? "" : tex.text().substring(tex.skipBlank(from) + 1, end - 1).strip();
    if (levels.isEmpty()) {
      page.paragraph();
    } else {
      page.line();
    }
    levels.push(
        switch (plain) {
          case "enumerate", "compactenum", "tasks" -> numbered(plain, written);
          case "parts", "subparts", "subsubparts", "choices", "oneparchoices" -> exam(plain);
          default -> new Level(plain, "", "-");
        });
    return end;
  }

  private Level numbered(String name, String written) {
    int depth = Math.min(numbered++, COUNTERS.length - 1);
    String counter = COUNTERS[depth];
    TexOptions options = TexOptions.of(written);
    boolean resumes = options.has("resume") || options.has("resume*");
    String start = options.value("start", "");
    if (start.matches("\\d{1,6}")) {
      counters.set(counter, Integer.parseInt(start) - 1);
    } else if (!resumes) {
      counters.set(counter, 0);
    }
    String usual = labels.getOrDefault(counter, name.equals("tasks") ? "\\alph*)" : LABELS[depth]);
    boolean shortLabel = !written.isEmpty() && !written.contains("=") && !resumes;
    return new Level(
        name, counter, shortLabel ? sample(written, usual) : options.value("label", usual));
  }

  private Level exam(String name) {
    for (Level level : EXAM.values()) {
      if (level.name.equals(name)) {
        counters.set(level.counter, 0);
        return level;
      }
    }
    return new Level(name, "choice", "\\Alph*.");
  }

  /** A label's format after a sample: {@code (a)}, {@code Q1.}, {@code i)}. */
  private static String sample(String written, String usual) {
    String styles = "1aAiI";
    String[] commands = {"\\arabic*", "\\alph*", "\\Alph*", "\\roman*", "\\Roman*"};
    int depth = 0;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      int style = styles.indexOf(c);
      boolean alone =
          (i == 0 || !TexText.letter(written.charAt(i - 1)))
              && (i + 1 == written.length() || !TexText.letter(written.charAt(i + 1)));
      if (depth == 0 && style >= 0 && (alone || c == '1')) {
        return written.substring(0, i) + commands[style] + written.substring(i + 1);
      }
    }
    return usual;
  }

  void close() {
    Level level = levels.poll();
    if (level != null && level.counter.startsWith("enum")) {
      numbered--;
    }
    if (levels.isEmpty()) {
      page.paragraph();
    } else {
      page.line();
    }
  }

  /** {@code \renewcommand{\labelenumi}{…}}: returns where it ends. */
  int relabel(int from) {
    int open = tex.skipBlank(from);
    int named = tex.skip(from, "c");
    String name = tex.is(open, '\\') ? tex.text().substring(open, named) : tex.group(open);
    if (name.startsWith("\\labelenum")) {
      labels.put(name.substring("\\label".length()), tex.group(named));
    }
    return tex.skip(named, "oom");
  }

  /**
   * An item.
   *
   * @return where its text starts; −1 if the command is no item
   */
  int item(String name, int at, int end) {
    return switch (name) {
      case "item" -> item(at, end);
      case "task" -> levels.isEmpty() ? -1 : item(at, end);
      case "question" -> question(at, end);
      case "titledquestion" -> titled(at, end);
      default -> {
        Level level = levels.isEmpty() || tex.is(end, '{') ? null : EXAM.get(name);
        yield level == null ? -1 : examItem(level, at, end);
      }
    };
  }

  private int item(int at, int end) {
    page.line();
    Level level = levels.peek();
    int open = tex.skipBlank(end);
    int close = tex.closeOption(open);
    if (close >= 0) {
      boolean bold = level != null && level.name.equals("description");
      if (bold) {
        page.bold();
      }
      document.at(
          close,
          () -> {
            if (bold) {
              page.unbold();
            }
            page.space();
          });
      return open + 1;
    }
    if (level == null || level.counter.isEmpty()) {
      page.label("-", at);
    } else {
      counters.step(level.counter);
      page.label(counters.label(level.label, level.counter), at);
    }
    return end;
  }

  private int question(int at, int end) {
    page.paragraph();
    page.insert("## Question " + counters.step("question"), at);
    page.flatten();
    int behind = points(end);
    page.unflatten();
    page.paragraph();
    return behind;
  }

  private int titled(int at, int end) {
    page.paragraph();
    page.insert("## Question " + counters.step("question") + ": ", at);
    page.hold();
    int open = tex.skipBlank(end);
    int close = tex.close(open);
    if (close < 0) {
      return end;
    }
    page.flatten();
    document.at(
        close,
        () -> {
          page.unflatten();
          page.paragraph();
        });
    return open + 1;
  }

  private int examItem(Level level, int at, int end) {
    page.line();
    counters.step(level.counter);
    page.label(counters.label(level.label, level.counter), at);
    return points(end);
  }

  /** What an item is worth. */
  private int points(int end) {
    int open = tex.skipBlank(end);
    int close = tex.closeOption(open);
    if (close < 0) {
      return end;
    }
    page.insert(page.atLineStart() ? "(" : " (", open);
    page.copy(open + 1, close);
    page.insert(" points)", close);
    page.space();
    return close + 1;
  }
}
