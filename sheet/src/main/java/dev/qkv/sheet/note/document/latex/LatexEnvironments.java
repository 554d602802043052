package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What environments print: lists, tables, formulas, code, exercises and their solutions. */
final class LatexEnvironments {
  /** Parts of formulas, which stand outside of them only by mistake. */
  private static final Set<String> FORMULAS =
      Set.of(
          "matrix",
          "pmatrix",
          "bmatrix",
          "Bmatrix",
          "vmatrix",
          "Vmatrix",
          "smallmatrix",
          "cases",
          "array",
          "aligned",
          "split");

  /** Pictures are kept as code: nothing in them is lost, and nothing is read as a formula. */
  private static final Set<String> PICTURES =
      Set.of("tikzpicture", "pgfpicture", "picture", "forest", "tikzcd", "axis");

  /** Arguments that are not printed. */
  private static final Map<String, String> SKIPPED =
      Map.ofEntries(
          Map.entry("figure", "o"),
          Map.entry("table", "o"),
          Map.entry("wrapfigure", "omom"),
          Map.entry("subfigure", "om"),
          Map.entry("minipage", "ooom"),
          Map.entry("multicols", "m"),
          Map.entry("adjustbox", "m"),
          Map.entry("column", "m"),
          Map.entry("columns", "o"),
          Map.entry("spacing", "m"),
          Map.entry("thebibliography", "m"),
          Map.entry("CJK", "omm"));

  private static final Set<String> COMMANDS =
      Set.of("exercise", "problem", "example", "solution", "answer", "sol", "ans", "Exercise");

  private static final Set<String> TITLED = Set.of("frame", "block", "exampleblock", "alertblock");

  private final LatexDocument document;
  private final TexText tex;
  private final Page page;
  private final LatexTheorems theorems;
  private final Deque<String> open = new ArrayDeque<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> unclosed = new HashSet<>();
  private boolean tablesUnclosed;

  LatexEnvironments(LatexDocument document, Map<String, TexDefinitions.Theorem> declared) {
    this.document = document;
    this.tex = document.tex();
    this.page = document.page();
    this.theorems = new LatexTheorems(document, declared);
  }

  /** An environment starts; returns where to read on. */
  int begin(int at, int nameAt) {
    String name = tex.group(nameAt);
    int from = tex.skipGroup(nameAt);
    String plain = name.replace("*", "");
    if (from == nameAt) {
      return nameAt;
    }
    int whole = whole(name, plain, at, from);
    if (whole >= 0) {
      return whole;
    }
    open.push(name);
    counts.merge(name, 1, Integer::sum);
    if (LatexLists.isList(name)) {
      return document.lists().open(name, from);
    }
    if (TITLED.contains(plain)) {
      return titled(plain, from);
    }
    int theorem = theorems.begin(name, at, from);
    if (theorem >= 0) {
      return theorem;
    }
    page.paragraph();
    return optional(tex.skip(from, SKIPPED.getOrDefault(plain, "")));
  }

  /**
   * A command that some classes have in place of an environment.
   *
   * @return where to read on; −1 if the command is none of these
   */
  int command(String name, int at, int end) {
    return COMMANDS.contains(name) ? theorems.begin(name, at, end) : -1;
  }

  /** Environments that are read as a whole; −1 if this is none or does not end. */
  private int whole(String name, String plain, int at, int from) {
    String arguments = LatexTable.ARGUMENTS.get(name);
    if (arguments != null && !page.isFlat() && !tablesUnclosed) {
      int end = LatexTable.write(document, tex.skip(from, arguments));
      tablesUnclosed = end < 0;
      return end;
    }
    boolean code = TexExpansion.VERBATIM.contains(name);
    boolean display = LatexMath.isDisplay(name);
    if (!code && !display && !PICTURES.contains(plain) && !FORMULAS.contains(plain)) {
      return -1;
    }
    int close = close(name, from);
    if (close < 0) {
      return -1;
    }
    int behind = close + "\\end{}".length() + name.length();
    if (code) {
      code(name, from, close);
    } else if (display) {
      int start = plain.equals("alignat") ? tex.skipGroup(from) : from;
      LatexMath.display(document, name, start, close);
    } else if (FORMULAS.contains(plain)) {
      LatexMath.inline(document, at, behind);
    } else {
      page.code("tikz", lineFrom(from), close);
    }
    return behind;
  }

  private int close(String name, int from) {
    int close = unclosed.contains(name) ? -1 : tex.text().indexOf("\\end{" + name + "}", from);
    if (close < 0) {
      unclosed.add(name);
    }
    return close;
  }

  private void code(String name, int from, int close) {
    int start = tex.skipOption(from);
    String options = tex.text().substring(from, start);
    String language = "";
    if (name.equals("minted")) {
      language = tex.group(start);
      start = tex.skipGroup(start);
    } else if (options.toLowerCase(Locale.ROOT).contains("python")) {
      language = "python";
    }
    page.code(language.matches("\\w*") ? language : "", lineFrom(start), close);
  }

  /** Behind what is left of a line, if that is blank. */
  private int lineFrom(int from) {
    int i = from;
    while (tex.is(i, ' ') || tex.is(i, '\t')) {
      i++;
    }
    return tex.is(i, '\n') ? i + 1 : from;
  }

  private int titled(String plain, int from) {
    int open = tex.skipBlank(tex.skip(from, "o"));
    page.paragraph();
    if (tex.close(open) < 0) {
      return tex.skip(from, "o");
    }
    if (plain.equals("frame")) {
      theorems.heading("## ", open, tex.close(open));
    } else {
      theorems.bold(tex.close(open));
    }
    return open + 1;
  }

  /** Options of a box: its title is printed, its look is not. */
  private int optional(int from) {
    int bracket = tex.skipBlank(from);
    int close = tex.closeOption(bracket);
    if (close < 0
        || tex.text().indexOf('=', bracket) > close
        || tex.text().indexOf('=', bracket) < 0) {
      return from;
    }
    int title = tex.text().indexOf("title=", bracket);
    if (title >= 0 && title < close) {
      int start = title + "title=".length();
      int comma = tex.text().indexOf(',', start);
      int end =
          tex.close(start) >= 0 ? tex.close(start) : comma < 0 ? close : Math.min(comma, close);
      theorems.title(start, end);
    }
    return close + 1;
  }

  /** An environment ends; returns where to read on. */
  int end(int at, int nameAt) {
    String name = tex.group(nameAt);
    int behind = tex.skipGroup(nameAt);
    if (counts.getOrDefault(name, 0) > 0) {
      String last;
      do {
        last = open.pop();
        counts.merge(last, -1, Integer::sum);
        if (LatexLists.isList(last)) {
          document.lists().close();
        }
      } while (!last.equals(name));
      if (!LatexLists.isList(name)) {
        page.paragraph();
      }
    }
    return Math.max(behind, at + 1);
  }
}
