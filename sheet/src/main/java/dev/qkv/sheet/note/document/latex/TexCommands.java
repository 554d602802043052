package dev.qkv.sheet.note.document.latex;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What commands of running text print. */
final class TexCommands {
  /** Arguments that are not printed: {@code *} a star, {@code o} brackets, {@code m} braces. */
  private static final Map<String, String> SKIPPED = new HashMap<>();

  /** Commands that print something of their own. */
  private static final Map<String, String> PRINTED =
      Map.ofEntries(
          Map.entry("ldots", "…"),
          Map.entry("dots", "…"),
          Map.entry("textellipsis", "…"),
          Map.entry("textbackslash", "\\"),
          Map.entry("textasciitilde", "~"),
          Map.entry("textasciicircum", "^"),
          Map.entry("textunderscore", "_"),
          Map.entry("textless", "<"),
          Map.entry("textgreater", ">"),
          Map.entry("textbar", "|"),
          Map.entry("textendash", "–"),
          Map.entry("textemdash", "—"),
          Map.entry("textrightarrow", "→"),
          Map.entry("textminus", "−"),
          Map.entry("textdegree", "°"),
          Map.entry("S", "§"),
          Map.entry("slash", "/"),
          Map.entry("LaTeX", "LaTeX"),
          Map.entry("TeX", "TeX"),
          Map.entry("checkmark", "✓"),
          Map.entry("cdot", "·"),
          Map.entry("times", "×"),
          Map.entry("pm", "±"),
          Map.entry("approx", "≈"),
          Map.entry("to", "→"),
          Map.entry("rightarrow", "→"),
          Map.entry("Rightarrow", "⇒"),
          Map.entry("infty", "∞"),
          Map.entry("leq", "≤"),
          Map.entry("geq", "≥"));

  private static final Set<String> SPACES = Set.of("quad", "qquad", "enspace", "hfill", "hfil");

  private static final Set<String> LINES = Set.of("newline", "linebreak", "tabularnewline");

  private static final Set<String> PARAGRAPHS =
      Set.of(
          "par",
          "newpage",
          "clearpage",
          "pagebreak",
          "bigskip",
          "medskip",
          "smallskip",
          "maketitle",
          "hrule",
          "hrulefill");

  private static final Map<String, String> HEADINGS =
      Map.ofEntries(
          Map.entry("title", "# "),
          Map.entry("part", "# "),
          Map.entry("chapter", "# "),
          Map.entry("section", "## "),
          Map.entry("subsection", "### "),
          Map.entry("subsubsection", "#### "),
          Map.entry("paragraph", "##### "),
          Map.entry("subparagraph", "###### "),
          Map.entry("frametitle", "## "));

  /** Formulas that stand outside of dollars: their braces are kept. */
  private static final Set<String> FORMULAS = Set.of("frac", "dfrac", "tfrac", "sqrt", "binom");

  /** A length behind a command: {@code \vskip 3pt plus 1pt}. */
  static final Pattern LENGTH =
      Pattern.compile(
          "\\s*+=?\\s*+-?[\\d.]*+\\s*+(?:pt|em|ex|cm|mm|in|sp|bp|\\\\[a-z]+)(?:\\s++(?:plus|minus)\\s*+[\\d.]++\\s*+[a-z]++)*+");

  private static final Set<String> LENGTHS =
      Set.of("vskip", "hskip", "kern", "parindent", "parskip", "baselineskip", "itemsep", "topsep");

  static {
    for (String one :
        Set.of(
            "label",
            "ref",
            "eqref",
            "cref",
            "Cref",
            "autoref",
            "pageref",
            "nameref",
            "pagestyle",
            "thispagestyle",
            "input",
            "include",
            "bibliography",
            "bibliographystyle",
            "hypersetup",
            "geometry",
            "lstset",
            "index",
            "markright",
            "author",
            "date",
            "institute",
            "usetheme",
            "hypertarget",
            "phantom",
            "href",
            "foreignlanguage",
            "colorbox")) {
      SKIPPED.put(one, "m");
    }
    for (String two :
        Set.of("cite", "citep", "citet", "lhead", "rhead", "chead", "lfoot", "rfoot")) {
      SKIPPED.put(two, "*oom");
    }
    for (String starred : Set.of("vspace", "hspace")) {
      SKIPPED.put(starred, "*m");
    }
    SKIPPED.put("includegraphics", "*om");
    SKIPPED.put("usepackage", "om");
    SKIPPED.put("documentclass", "om");
    SKIPPED.put("fancyhead", "om");
    SKIPPED.put("fancyfoot", "om");
    SKIPPED.put("setlength", "cm");
    SKIPPED.put("addtolength", "cm");
    SKIPPED.put("settowidth", "cm");
    SKIPPED.put("definecolor", "mmm");
    SKIPPED.put("color", "om");
    SKIPPED.put("textcolor", "om");
    SKIPPED.put("fcolorbox", "mm");
    SKIPPED.put("fontsize", "mm");
    SKIPPED.put("rule", "omm");
    SKIPPED.put("markboth", "mm");
    SKIPPED.put("hyperref", "o");
    SKIPPED.put("multicolumn", "mm");
    SKIPPED.put("multirow", "omomo");
    SKIPPED.put("parbox", "om");
    SKIPPED.put("raisebox", "moo");
    SKIPPED.put("makebox", "oo");
    SKIPPED.put("framebox", "oo");
    SKIPPED.put("resizebox", "*mm");
    SKIPPED.put("scalebox", "mo");
    SKIPPED.put("rotatebox", "om");
    SKIPPED.put("footnote", "o");
    SKIPPED.put("cmidrule", "om");
    SKIPPED.put("cline", "m");
  }

  private TexCommands() {}

  static String skipped(String name) {
    return SKIPPED.getOrDefault(name, "");
  }

  /** What a command prints by itself; empty if nothing. */
  static String printed(String name) {
    return PRINTED.getOrDefault(name, "");
  }

  static boolean isSpace(String name) {
    return SPACES.contains(name);
  }

  static boolean isLine(String name) {
    return LINES.contains(name);
  }

  static boolean isParagraph(String name) {
    return PARAGRAPHS.contains(name);
  }

  static boolean isFormula(String name) {
    return FORMULAS.contains(name);
  }

  static boolean takesLength(String name) {
    return LENGTHS.contains(name);
  }

  /** The Markdown in front of a heading; empty if the command is none. */
  static String heading(String name) {
    return HEADINGS.getOrDefault(name, "");
  }
}
