package dev.qkv.app.cli;

import dev.qkv.app.report.Sentence;
import dev.qkv.io.WholeFile;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.CorrectedCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * The corrected copy that {@code --fix} writes.
 *
 * @param console where to say so
 * @param words the program's words
 */
record Correction(Console console, ResourceBundle words) {
  /** Formats in which a mark could break what stands around it. */
  private static final Pattern UNMARKED =
      Pattern.compile(".*\\.(?:tex|ltx|ipynb|html?|xhtml|csv|tsv|py)", Pattern.CASE_INSENSITIVE);

  /** Writes {@code name.fixed.md} beside {@code name.md}; a file that exists is left alone. */
  void write(WorksheetFile sheet, List<Checked> checked) throws Unusable {
    if (sheet.name().equals("-")) {
      throw Unusable.of(words, "error.fix.stdin");
    }
    Path original = Path.of(sheet.name());
    String name = String.valueOf(original.getFileName());
    int point = name.lastIndexOf('.');
    String fixed =
        point <= 0 ? name + ".fixed" : name.substring(0, point) + ".fixed" + name.substring(point);
    Path copy = original.resolveSibling(fixed);
    if (name.endsWith(".pdf")) {
      throw Unusable.inFile(words, "error.fix.format", sheet.name());
    }
    boolean marked = !UNMARKED.matcher(name).matches();
    CorrectedCopy corrected = CorrectedCopy.of(sheet.worksheet(), checked, marked);
    try {
      WholeFile.create(copy, WholeFile.text(corrected.text()));
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw Unusable.inFile(words, "error.fix.exists", copy);
    } catch (IOException e) {
      throw Unusable.of(words, e);
    }
    console.err().println(Sentence.of(words, "fix.written", copy, corrected.corrections()));
  }
}
