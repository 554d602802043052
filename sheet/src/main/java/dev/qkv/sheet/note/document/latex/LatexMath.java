package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Formulas of a LaTeX text: TeX between dollars, on one line. Rows of displayed formulas become
 * lines; a row that goes on with {@code =} goes on on its line.
 */
final class LatexMath {
  /** Where rows end. */
  private enum Rows {
    /** A formula within a line has none. */
    NONE,
    /** Each is a formula. */
    APART,
    /** All are one formula. */
    JOINED
  }

  /** Environments of displayed formulas. */
  private static final Set<String> DISPLAYS =
      Set.of(
          "equation",
          "align",
          "gather",
          "multline",
          "eqnarray",
          "flalign",
          "alignat",
          "displaymath",
          "dmath",
          "math");

  /** Environments within a display whose rows are the display's. */
  private static final Set<String> PARTS =
      Set.of(
          "aligned", "split", "gathered", "alignedat", "multlined", "align", "align*", "gather*");

  /** Commands that print nothing, with the arguments that they take along. */
  private static final Map<String, String> SILENT =
      Map.ofEntries(
          Map.entry("label", "m"),
          Map.entry("nonumber", ""),
          Map.entry("notag", ""),
          Map.entry("displaystyle", ""),
          Map.entry("textstyle", ""),
          Map.entry("allowdisplaybreaks", "o"),
          Map.entry("hspace", "*m"),
          Map.entry("vspace", "*m"),
          Map.entry("color", "om"),
          Map.entry("textcolor", "om"),
          Map.entry("colorbox", "m"),
          Map.entry("ensuremath", ""),
          Map.entry("underbrace", ""),
          Map.entry("overbrace", ""),
          Map.entry("hfill", ""),
          Map.entry("(", ""),
          Map.entry(")", ""));

  private static final Set<String> TEXTS = Set.of("text", "mbox", "textrm", "textbf", "textit");

  private static final Set<String> GOES_ON =
      Set.of("approx", "simeq", "equiv", "times", "cdot", "cong", "propto");

  private static final Set<String> RELATIONS =
      Set.of("approx", "simeq", "equiv", "le", "leq", "ge", "geq", "propto", "in", "sim", "to");

  private final LatexDocument document;
  private final TexText tex;
  private final Page page;
  private final Rows rows;
  private final boolean everyBarAligns;
  private final Deque<Boolean> transparent = new ArrayDeque<>();
  private final Set<Integer> braced = new HashSet<>();
  private final List<int[]> notes = new ArrayList<>();
  private int inner;
  private int braces;
  private int fences;
  private int bars;
  private boolean open;
  private boolean rowEnded;
  private char last;

  private LatexMath(LatexDocument document, Rows rows, boolean everyBarAligns) {
    this.document = document;
    this.tex = document.tex();
    this.page = document.page();
    this.rows = rows;
    this.everyBarAligns = everyBarAligns;
  }

  static boolean isDisplay(String environment) {
    return DISPLAYS.contains(environment.replace("*", ""));
  }

  /** A formula within a line. */
  static void inline(LatexDocument document, int from, int to) {
    new LatexMath(document, Rows.NONE, false).write(from, to);
  }

  /** What an environment of displayed formulas holds. */
  static void display(LatexDocument document, String environment, int from, int to) {
    Rows rows = environment.startsWith("multline") ? Rows.JOINED : Rows.APART;
    document.page().line();
    new LatexMath(document, rows, environment.startsWith("eqnarray")).write(from, to);
    document.page().line();
  }

  /** A formula between dollars; returns where it ends. */
  static int dollars(LatexDocument document, int at) {
    TexText tex = document.tex();
    boolean display = tex.is(at + 1, '$');
    int start = display ? at + 2 : at + 1;
    for (int i = start; i < tex.length(); i++) {
      char c = tex.text().charAt(i);
      if (c == '\\') {
        i = behindText(tex, i) - 1;
      } else if (c == '$' && (!display || tex.is(i + 1, '$'))) {
        if (display) {
          display(document, "", start, i);
        } else {
          inline(document, start, i);
        }
        return i + start - at;
      } else if (c == '\n' && tex.skipBlank(i) == i) {
        break;
      }
    }
    document.page().insert("\\$", at);
    return at + 1;
  }

  /** A formula between {@code \(} and {@code \)} or their like; returns where it ends. */
  static int bracketed(LatexDocument document, int at, char bracket) {
    TexText tex = document.tex();
    String close = bracket == '(' ? ")" : "]";
    int start = at + 2;
    for (int i = tex.text().indexOf('\\', start); i >= 0; i = tex.text().indexOf('\\', i)) {
      String name = tex.command(i);
      if (name.equals(close)) {
        if (bracket == '(') {
          inline(document, start, i);
        } else {
          display(document, "", start, i);
        }
        return i + 2;
      }
      if (name.equals(String.valueOf(bracket))) {
        break;
      }
      i = Math.max(behindText(tex, i), i + 1);
    }
    return start;
  }

  /** Behind a command within a formula; one that prints text is passed with its text. */
  private static int behindText(TexText tex, int backslash) {
    int end = tex.commandEnd(backslash);
    return TEXTS.contains(tex.command(backslash)) ? tex.skipGroup(end) : end;
  }

  private void write(int from, int to) {
    int i = from;
    while (i < to) {
      if (braced.remove(i)) {
        i = behindBrace(i);
      }
      if (i < to) {
        i = next(i, to);
      }
    }
    closeRow();
  }

  private int next(int i, int to) {
    char c = tex.text().charAt(i);
    switch (c) {
      case '\\' -> {
        return command(i, to);
      }
      case '&' -> {
        bar(i);
        return i + 1;
      }
      case '$' -> {
        return i + 1;
      }
      case '{' -> braces++;
      case '}' -> braces = Math.max(0, braces - 1);
      default -> {
        if (Page.blank(c) || c == '~') {
          page.space();
          return i + 1;
        }
      }
    }
    int end = i + 1;
    while (end < to
        && Character.isLetterOrDigit(c)
        && Character.isLetterOrDigit(tex.text().charAt(end))) {
      end++;
    }
    show(i, end);
    return end;
  }

  private boolean atTop() {
    return rows != Rows.NONE && inner == 0 && braces == 0;
  }

  private void bar(int at) {
    if (!atTop()) {
      show(at, at + 1);
      return;
    }
    bars++;
    page.space();
    if (bars % 2 == 0 && !everyBarAligns && open && !relates(tex.skipBlank(at + 1))) {
      page.insert("\\quad", at);
      page.space();
    }
  }

  private boolean relates(int at) {
    return at >= tex.length()
        || "=<>&".indexOf(tex.text().charAt(at)) >= 0
        || (tex.is(at, '\\') && (tex.is(at + 1, '\\') || RELATIONS.contains(tex.command(at))));
  }

  private int command(int at, int to) {
    String name = tex.command(at);
    int end = Math.min(tex.commandEnd(at), to);
    String silent = SILENT.get(name);
    if (silent != null) {
      if (name.endsWith("brace")) {
        braced.add(tex.close(tex.skipBlank(end)) + 1);
      }
      page.space();
      return Math.min(to, tex.skip(end, silent));
    }
    if (name.equals("\\") && atTop()) {
      rowEnded = true;
      bars = 0;
      return Math.min(to, tex.is(end, '[') || tex.is(end, '*') ? tex.skip(end, "*o") : end);
    }
    if (name.equals("begin") || name.equals("end")) {
      return environment(name.equals("begin"), at, Math.min(to, tex.skipGroup(end)), end);
    }
    if (name.endsWith("intertext") && atTop() && tex.close(tex.skipBlank(end)) >= 0) {
      return between(end);
    }
    fences += name.equals("left") ? 1 : name.equals("right") ? -1 : 0;
    show(at, end);
    return end;
  }

  private int environment(boolean begins, int at, int end, int nameAt) {
    String name = tex.group(nameAt);
    if (begins) {
      boolean part = atTop() && fences <= 0 && PARTS.contains(name);
      transparent.push(part);
      if (part) {
        return name.equals("alignedat") ? tex.skipGroup(end) : tex.skipOption(end);
      }
      inner++;
    } else if (!transparent.isEmpty()) {
      if (transparent.pop()) {
        return end;
      }
      inner--;
    }
    show(at, end);
    return end;
  }

  private int between(int end) {
    int open = tex.skipBlank(end);
    int close = tex.close(open);
    closeRow();
    page.line();
    document.within(open + 1, close);
    page.line();
    return close + 1;
  }

  /** A brace over or under a part of a formula explains it: numbers in that are kept behind. */
  private int behindBrace(int at) {
    int script = tex.skipBlank(at);
    if (!tex.is(script, '_') && !tex.is(script, '^')) {
      return at;
    }
    int start = tex.skipBlank(script + 1);
    int close = tex.close(start);
    int end = close >= 0 ? close + 1 : tex.is(start, '\\') ? tex.commandEnd(start) : start + 1;
    boolean number =
        tex.text()
            .substring(start, Math.min(end, tex.length()))
            .chars()
            .anyMatch(Character::isDigit);
    if (number) {
      notes.add(close >= 0 ? new int[] {start + 1, close} : new int[] {start, end});
    }
    return end;
  }

  /** Appends a part of the formula, on a new row where the last one has ended. */
  private void show(int from, int to) {
    if (open && rowEnded) {
      if (rows == Rows.JOINED || goesOn(from)) {
        page.space();
      } else {
        closeRow();
      }
    }
    if (!open) {
      if (rows == Rows.APART) {
        page.line();
      }
      page.insert("$", from);
      page.hold();
      open = true;
    }
    rowEnded = false;
    page.copy(from, to);
    last = tex.text().charAt(to - 1);
  }

  private boolean goesOn(int at) {
    char c = tex.text().charAt(at);
    return c == '='
        || c == '+'
        || (c == '-' && bars > 0)
        || last == '='
        || last == '+'
        || (c == '\\' && GOES_ON.contains(tex.command(at)));
  }

  private void closeRow() {
    if (open) {
      page.tight("$");
      open = false;
    }
    rowEnded = false;
    last = ' ';
    for (int[] note : notes) {
      page.insert(" ($", note[0]);
      page.words(note[0], note[1]);
      page.tight("$)");
    }
    notes.clear();
  }
}
