package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Lines;
import java.util.regex.Pattern;

/** Tells source code from prose, where no fence says so. */
final class Code {
  private static final Pattern PROMPT = Pattern.compile("\\s*(?:>>>|\\.\\.\\.|In \\[\\d+\\]:).*");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\s*(?:import\\s+\\w+.*|from\\s+\\w[\\w.]*\\s+import\\s.*|def\\s+\\w+\\(.*|print\\(.*|return\\s.*"
              + "|[A-Za-z_]\\w*(?:\\s*,\\s*[A-Za-z_]\\w*)*\\s*=\\s*(?:np|torch|numpy|F|math|jnp)\\..*"
              + "|.*\\b(?:np|torch|numpy)\\.(?:array|tensor|sqrt|exp|matmul|softmax|dot|allclose|zeros|ones|concatenate|hstack|vstack|cat|stack|where|triu|tril|full|eye|mean|var|std|sum|round|einsum)\\(.*"
              + "|[A-Za-z_]\\w*\\s*=\\s*\\w+(?:\\.T)?\\s*@.*)");

  /** Assignments with commas between them are prose with code in it. */
  private static final Pattern SEVERAL =
      Pattern.compile(".*[)\\]]\\s*[,，、]\\s*(?:and\\s+)?[A-Za-z]\\w*\\s*=.*");

  private Code() {}

  /** Words between the prompts of a session, as no statement and no output is. */
  private static final Pattern REMARK =
      Pattern.compile(
          "\\s*(?:\\d{1,2}[.)、]|[(（]?[a-h\\d][)）]|#{1,4}\\s|\\p{Lu}\\p{Ll}+ |\\p{IsHan}).*\\p{L}{2}.*");

  /** Whether a fenced block is a session with prompts and with words between them. */
  static boolean isSession(String block) {
    boolean prompts = false;
    boolean words = false;
    boolean blank = true;
    for (String line : block.lines().toList()) {
      boolean prompt = PROMPT.matcher(line).matches();
      prompts |= prompt;
      words |= blank && !prompt && REMARK.matcher(line).matches();
      blank = line.isBlank();
    }
    return prompts && words;
  }

  /** Whether a fenced block without a language is code. */
  static boolean isCode(String block) {
    return block
        .lines()
        .anyMatch(l -> PROMPT.matcher(l).matches() || STATEMENT.matcher(l).matches());
  }

  /**
   * How many lines of code start at a line of prose; 0 for none. What a prompt prints belongs to
   * it; a statement goes on while its brackets are open.
   */
  static int lines(Lines lines, int first, int last) {
    String words = lines.line(first);
    boolean prompt = PROMPT.matcher(words).matches();
    boolean several = !prompt && SEVERAL.matcher(words).matches();
    if (several || (!prompt && !STATEMENT.matcher(words).matches())) {
      return 0;
    }
    int line = first;
    while (line < last) {
      String next = lines.line(line + 1);
      boolean code =
          PROMPT.matcher(next).matches()
              || STATEMENT.matcher(next).matches()
              || next.startsWith("    ")
              || next.startsWith("\t")
              || (next.startsWith("#") && !next.matches("#{1,6} .*"))
              || (prompt && next.matches("\\s*(?:array|tensor|\\[|-?\\d).*"))
              || next.strip().matches("[\\])}]+.*");
      if (!code) {
        break;
      }
      line++;
    }
    return line - first + 1;
  }
}
