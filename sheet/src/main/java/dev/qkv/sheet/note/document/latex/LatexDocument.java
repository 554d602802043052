package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;

/**
 * LaTeX as Markdown: what the running text prints. Commands that are not known print their
 * arguments.
 */
public final class LatexDocument {
  /** What happens where a group ends. */
  private record Closer(int end, Runnable action) {}

  private static final int DEEPEST = 16;
  private static final String SPECIAL = "\\{}$~&-`']";

  /** Groups of three digits, as a thin space separates them. */
  private static final int THOUSANDS = 3;

  private final TexText tex;
  private final Page page;
  private final TexCounters counters = new TexCounters();
  private final LatexLists lists;
  private final LatexEnvironments environments;
  private final Deque<Closer> closers = new ArrayDeque<>();
  private int limit;
  private int depth;

  private LatexDocument(TexExpansion.Expanded expanded) {
    this.tex = new TexText(expanded.text().text(), false);
    this.page = new Page(tex.text());
    this.lists = new LatexLists(this);
    this.environments = new LatexEnvironments(this, expanded.theorems());
  }

  /** A LaTeX source as Markdown. */
  public static Traced of(String source) {
    TexExpansion.Expanded expanded = TexExpansion.of(source);
    LatexDocument document = new LatexDocument(expanded);
    document.run(0, document.tex.length());
    return expanded.text().then(document.page.build());
  }

  TexText tex() {
    return tex;
  }

  Page page() {
    return page;
  }

  TexCounters counters() {
    return counters;
  }

  LatexLists lists() {
    return lists;
  }

  /** Runs an action where the text reaches a place: the bracket there is not printed. */
  void at(int end, Runnable action) {
    closers.push(new Closer(end, action));
  }

  /** Prints a part of the text, unless parts are within parts too deeply: then as it is. */
  void within(int from, int to) {
    if (depth >= DEEPEST) {
      page.words(from, to);
      return;
    }
    depth++;
    int outer = limit;
    run(from, to);
    limit = outer;
    depth--;
  }

  private void run(int from, int to) {
    limit = to;
    int i = from;
    while (i < to) {
      i = closed(i);
      if (i < to) {
        i = next(i, to);
      }
    }
    closed(to);
  }

  private int closed(int position) {
    int i = position;
    while (!closers.isEmpty()
        && closers.getFirst().end() <= i
        && closers.getFirst().end() < limit) {
      Closer closer = closers.pop();
      closer.action().run();
      i = closer.end() == i ? i + 1 : i;
    }
    return i;
  }

  private int next(int i, int to) {
    char c = tex.text().charAt(i);
    return switch (c) {
      case '\\' -> command(i);
      case '{' -> {
        if (tex.close(i) >= 0) {
          at(tex.close(i), LatexDocument::nothing);
        }
        yield i + 1;
      }
      case '}' -> i + 1;
      case '$' -> LatexMath.dollars(this, i);
      case '~', '&' -> {
        page.space();
        yield i + 1;
      }
      case '-', '`', '\'' -> ligature(i, c);
      default -> Page.blank(c) ? blank(i, to) : plain(i, to);
    };
  }

  private static void nothing() {}

  private int plain(int from, int to) {
    int i = from + 1;
    while (i < to
        && SPECIAL.indexOf(tex.text().charAt(i)) < 0
        && !Page.blank(tex.text().charAt(i))) {
      i++;
    }
    page.copy(from, i);
    return i;
  }

  private int blank(int from, int to) {
    int lines = 0;
    int i = from;
    while (i < to && Page.blank(tex.text().charAt(i))) {
      lines += tex.is(i, '\n') ? 1 : 0;
      i++;
    }
    if (lines == 0) {
      page.space();
    } else if (lines == 1) {
      page.line();
    } else {
      page.paragraph();
    }
    return i;
  }

  private int ligature(int at, char c) {
    int end = at + 1;
    int longest = at + (c == '-' ? 3 : 2);
    while (end < longest && tex.is(end, c)) {
      end++;
    }
    if (end == at + 1) {
      if (c == '`') {
        page.insert("'", at);
      } else {
        page.copy(at, end);
      }
    } else {
      page.insert(c != '-' ? "\"" : end == longest ? "—" : "–", at);
    }
    return end;
  }

  private int command(int at) {
    int end = tex.commandEnd(at);
    if (end == at + 1) {
      return end;
    }
    String name = tex.command(at);
    if (!TexText.letter(name.charAt(0))) {
      return symbol(at, end, name.charAt(0));
    }
    return switch (name) {
      case "begin" -> environments.begin(at, end);
      case "end" -> environments.end(at, end);
      case "verb", "lstinline", "mintinline" -> code(at);
      case "textbf" -> grouped(end, page::bold, page::unbold);
      case "bfseries", "bf" -> boldFromHere(end);
      case "textsuperscript" -> enclosed(at, end, "^{", "}");
      case "textsubscript" -> enclosed(at, end, "_{", "}");
      case "footnote" -> enclosed(at, tex.skipOption(end), " (", ")");
      case "caption" -> caption(end);
      case "ensuremath" -> ensured(end);
      case "arabic", "alph", "Alph", "roman", "Roman", "chinese" -> number(at, tex.skipGroup(end));
      case "setcounter", "addtocounter", "stepcounter", "refstepcounter", "newcounter" ->
          count(name, end);
      case "renewcommand" -> lists.relabel(end);
      default -> {
        int item = lists.item(name, at, end);
        int theorem = item >= 0 ? item : environments.command(name, at, end);
        yield theorem >= 0 ? theorem : named(name, at, end);
      }
    };
  }

  private int named(String name, int at, int end) {
    String heading = TexCommands.heading(name);
    if (!heading.isEmpty()) {
      return heading(name, heading, at, end);
    }
    if (TexCommands.isFormula(name)) {
      int behind = tex.skip(end, name.equals("sqrt") ? "om" : "mm");
      page.copy(at, behind);
      return behind;
    }
    if (TexCommands.takesLength(name)) {
      Matcher length = TexCommands.LENGTH.matcher(tex.text()).region(end, tex.length());
      return length.lookingAt() ? length.end() : end;
    }
    if (name.startsWith("the") && counters.has(name.substring(3))) {
      return number(at, end);
    }
    if (TexCommands.isSpace(name)) {
      page.space();
    } else if (TexCommands.isLine(name)) {
      page.line();
    } else if (TexCommands.isParagraph(name)) {
      page.paragraph();
    } else if (!TexCommands.printed(name).isEmpty()) {
      page.insert(TexCommands.printed(name), at);
    }
    return tex.skip(end, TexCommands.skipped(name));
  }

  private int heading(String name, String marks, int at, int end) {
    int starred = tex.skip(end, "*");
    if (starred == end) {
      counters.step(name);
    }
    page.paragraph();
    int open = tex.skipBlank(tex.skipOption(starred));
    if (tex.close(open) < 0) {
      return starred;
    }
    page.insert(marks, at);
    page.hold();
    return grouped(
        open,
        page::flatten,
        () -> {
          page.unflatten();
          page.paragraph();
        });
  }

  private int caption(int end) {
    page.paragraph();
    return grouped(tex.skip(end, "*o"), LatexDocument::nothing, page::paragraph);
  }

  private int enclosed(int at, int end, String before, String behind) {
    return grouped(end, () -> page.insert(before, at), () -> page.tight(behind));
  }

  /** Prints a group between two actions; nothing where there is none. */
  private int grouped(int end, Runnable before, Runnable behind) {
    int open = tex.skipBlank(end);
    int close = tex.close(open);
    if (close < 0) {
      return end;
    }
    before.run();
    at(close, behind);
    return open + 1;
  }

  private int boldFromHere(int end) {
    Closer group = closers.peek();
    if (group != null && group.end() < limit) {
      page.bold();
      at(group.end(), page::unbold);
    }
    return end;
  }

  private int code(int at) {
    int start = Verbatim.start(tex, at);
    int end = Verbatim.end(tex, at);
    if (end > start) {
      String ticks = tex.text().substring(start + 1, end - 1).contains("`") ? "`` " : "`";
      page.insert(ticks, at);
      page.copy(start + 1, end - 1);
      page.insert(new StringBuilder(ticks).reverse().toString(), end - 1);
    }
    return end;
  }

  private int ensured(int end) {
    int open = tex.skipBlank(end);
    int close = tex.close(open);
    if (close < 0) {
      return end;
    }
    LatexMath.inline(this, open + 1, close);
    return close + 1;
  }

  private int number(int at, int end) {
    String written = tex.text().substring(at, end);
    page.insert(counters.label(written, ""), at);
    return end;
  }

  private int count(String name, int end) {
    String counter = tex.group(end);
    int named = tex.skipGroup(end);
    if (name.endsWith("stepcounter")) {
      counters.step(counter);
      return named;
    }
    String written = tex.group(named);
    int value = written.matches("-?\\d{1,6}") ? Integer.parseInt(written) : 0;
    if (name.equals("newcounter")) {
      counters.set(counter, 0);
      return tex.skipOption(named);
    }
    counters.set(counter, value + (name.equals("addtocounter") ? counters.get(counter) : 0));
    return tex.skipGroup(named);
  }

  private int symbol(int at, int end, char symbol) {
    switch (symbol) {
      case '(', '[' -> {
        return LatexMath.bracketed(this, at, symbol);
      }
      case '\\' -> {
        page.line();
        return tex.skip(end, tex.is(end, '[') || tex.is(end, '*') ? "*o" : "");
      }
      case '$' -> page.copy(at, end);
      case '%', '&', '#', '_', '{', '}' -> page.copy(at + 1, end);
      case '|' -> page.insert("‖", at);
      case ' ', '\n', '\t', ';', ':' -> page.space();
      case ',' -> {
        if (!inNumber(at, end)) {
          page.space();
        }
      }
      default -> {}
    }
    return end;
  }

  private boolean inNumber(int at, int end) {
    boolean number = at > 0 && Character.isDigit(tex.text().charAt(at - 1));
    for (int i = end; i < end + THOUSANDS; i++) {
      number &= i < tex.length() && Character.isDigit(tex.text().charAt(i));
    }
    return number;
  }
}
