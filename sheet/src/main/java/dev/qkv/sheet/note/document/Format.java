package dev.qkv.sheet.note.document;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a document is written in. */
public enum Format {
  /** Markdown, and plain text of any kind. */
  MARKDOWN,
  /** A LaTeX source, whole or a part. */
  LATEX,
  /** A Jupyter notebook. */
  NOTEBOOK,
  /** A web page. */
  HTML,
  /** PDF with a text layer. */
  PDF,
  /** Values separated by commas, semicolons or tabs. */
  CSV,
  /** A Python file whose comments are prose. */
  PYTHON;

  private static final Map<String, Format> ENDINGS =
      Map.ofEntries(
          Map.entry("md", MARKDOWN),
          Map.entry("markdown", MARKDOWN),
          Map.entry("tex", LATEX),
          Map.entry("latex", LATEX),
          Map.entry("ltx", LATEX),
          Map.entry("ipynb", NOTEBOOK),
          Map.entry("html", HTML),
          Map.entry("htm", HTML),
          Map.entry("xhtml", HTML),
          Map.entry("pdf", PDF),
          Map.entry("csv", CSV),
          Map.entry("tsv", CSV),
          Map.entry("tab", CSV),
          Map.entry("py", PYTHON));

  private static final String PDF_MARK = "%PDF";

  /** How far into a text is looked for what tells its format. */
  private static final int HEAD = 100_000;

  private static final Pattern PAGE =
      Pattern.compile(
          "\\A\\s*+(?:<\\?xml[^>]*+>\\s*+)?+(?:<!--(?:(?!-->).)*+-->\\s*+)*+<(?:!doctype\\s++html|html|head|body)\\b|<math[\\s>]",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Commands that structure a document, where formulas alone would be no sign of LaTeX. */
  private static final Pattern TEX =
      Pattern.compile(
          "^[ \\t]*+\\\\(?:documentclass|usepackage|(?:sub)*section|chapter|begin\\s*\\{"
              + "(?:document|enumerate|itemize|problem|exercise|question|solution|proof|tabular|parts|frame)[*s]?\\})",
          Pattern.MULTILINE);

  private static final Pattern IMPORT =
      Pattern.compile("^(?:import|from) +\\w+", Pattern.MULTILINE);

  /** A line of Python: a comment, a statement, or something that goes on. */
  private static final Pattern CODE =
      Pattern.compile(
          "\\s*(?:#(?!#).*|(?:import|from|def|return|print|for|if|assert|with)\\b.*|[A-Za-z_][\\w.]*(?:\\[.*\\])?(?:\\s*,\\s*\\w+)*\\s*[-+*/@]?=[^=].*|[A-Za-z_][\\w.]*\\(.*|[\\[\\](){},].*|\"{3}.*|'{3}.*)| {4,}.*");

  private static final Pattern FENCE = Pattern.compile("^ {0,3}(?:```|~~~)", Pattern.MULTILINE);

  /** The format that a file name promises; null where its ending says nothing. */
  static @Nullable Format named(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0 ? null : ENDINGS.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Whether a file begins as a PDF does, whatever its name. */
  static boolean isPdf(byte[] content) {
    return content.length >= PDF_MARK.length()
        && new String(content, 0, PDF_MARK.length(), StandardCharsets.ISO_8859_1).equals(PDF_MARK);
  }

  /** The format that a text shows. */
  static Format shown(String text) {
    String head = text.substring(0, Math.min(text.length(), HEAD));
    if (head.stripLeading().startsWith("{") && text.contains("\"nbformat\"")) {
      return NOTEBOOK;
    }
    if (FENCE.matcher(head).find()) {
      return MARKDOWN;
    }
    if (isPython(head)) {
      return PYTHON;
    }
    return PAGE.matcher(head).find() ? HTML : TEX.matcher(head).find() ? LATEX : MARKDOWN;
  }

  /** Whether a text imports something, and all but a few of its lines are code and comments. */
  private static boolean isPython(String head) {
    if (!IMPORT.matcher(head).find()) {
      return false;
    }
    long lines = head.lines().filter(l -> !l.isBlank()).count();
    long code = head.lines().filter(l -> CODE.matcher(l).matches()).count();
    return 10 * code >= 8 * lines;
  }
}
