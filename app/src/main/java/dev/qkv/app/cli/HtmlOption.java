package dev.qkv.app.cli;

import dev.qkv.app.report.Sentence;
import dev.qkv.app.web.OfflinePage;
import dev.qkv.app.web.OfflineSheet;
import dev.qkv.io.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --html FILE}: the page in one file, with the worksheet open in it. */
final class HtmlOption {
  private static final int KILO = 1000;

  private final OptionSpec spec = Options.text("--html", "FILE", "html");
  private final Console console;
  private final ResourceBundle words;

  HtmlOption(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  OptionSpec spec() {
    return spec;
  }

  boolean given() {
    return spec.getValue() != null;
  }

  /**
   * Says what cannot be written before anything is computed.
   *
   * @param worksheets the files of exercises
   * @param key the file of answers, if there is one
   * @param others options that a page does not follow
   */
  void check(List<String> worksheets, @Nullable String key, OptionSpec... others) throws Unusable {
    if (!given()) {
      return;
    }
    for (OptionSpec other : others) {
      if (other.command().commandLine().getParseResult().hasMatchedOption(other)) {
        throw Unusable.of(words, "error.html.with", other.longestName());
      }
    }
    if (worksheets.size() != 1) {
      throw Unusable.of(words, "error.html.files", worksheets.size());
    }
    Path file = file();
    if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".html")) {
      throw Unusable.of(words, "error.html.name", file);
    }
    if (isSame(file, worksheets.getFirst()) || (key != null && isSame(file, key))) {
      throw Unusable.of(words, "error.html.same", file);
    }
    sheet();
  }

  private static boolean isSame(Path file, String read) {
    try {
      return Files.exists(file) && Files.isSameFile(file, Path.of(read));
    } catch (IOException | InvalidPathException e) {
      return false; // reading it says what is wrong with it
    }
  }

  private Path file() throws Unusable {
    try {
      return Path.of(Objects.requireNonNull((String) spec.getValue()));
    } catch (InvalidPathException e) {
      throw Unusable.of(words, e);
    }
  }

  private OfflineSheet sheet() throws Unusable {
    return ServiceLoader.load(OfflineSheet.class)
        .findFirst()
        .orElseThrow(() -> Unusable.of(words, "error.html.sheet"));
  }

  /** Writes the page with an exercise in front, from 0. */
  void write(WorksheetFile worksheet, int exercise) throws Unusable {
    String markdown = worksheet.markdown().get();
    int bytes = markdown.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > OfflinePage.LARGEST_NOTE) {
      throw Unusable.inFile(
          words, "error.html.large", worksheet.file(), bytes, OfflinePage.LARGEST_NOTE);
    }
    Path file = file();
    String page =
        new OfflinePage(sheet()).write(title(worksheet), markdown, worksheet.locale(), exercise);
    try {
      WholeFile.replace(file, WholeFile.text(page));
      console
          .err()
          .println("qkv: " + Sentence.of(words, "html.written", file, Files.size(file) / KILO));
    } catch (IOException e) {
      throw Unusable.of(words, e);
    }
  }

  /** The worksheet's own name; its text is Markdown by now. */
  private static String title(WorksheetFile worksheet) {
    if (worksheet.file().equals("-")) {
      return "note.md";
    }
    String name = String.valueOf(Path.of(worksheet.file()).getFileName());
    return name.endsWith(".md") ? name : name + ".md";
  }
}
