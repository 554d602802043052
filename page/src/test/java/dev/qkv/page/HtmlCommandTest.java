package dev.qkv.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that write the page into a file, as programs of their own. */
class HtmlCommandTest {
  private static final int LONGEST = 60;

  @TempDir private Path folder;

  /** What a run says on standard error. */
  private String run(int code, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.qkv.app.cli.Qkv");
    command.addAll(List.of(arguments));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(said.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(LONGEST, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(code);
    return Files.readString(said);
  }

  @Test
  void aPageIsWrittenAndItsErrorsAreSaid() throws Exception {
    Files.writeString(
        folder.resolve("odd.md"), "## 1\n```qkv\nQ = [NaN 1; 2 3]\nK = [1 2]\nfind S\n```\n");
    String said = run(2, "solve", "odd.md", "--html", "a page.html");
    assertThat(said).contains("wrote a page.html", "odd.md:3: ");
    assertThat(folder.resolve("out")).isEmptyFile();
    assertThat(Files.readString(folder.resolve("a page.html"))).contains("Q = [NaN 1; 2 3]");
  }

  @Test
  void anAuditIsPrintedAsWell() throws Exception {
    Files.writeString(folder.resolve("note.md"), PageTest.NOTE);
    assertThat(run(1, "check", "note.md", "--html", "page.html")).contains("wrote page.html");
    assertThat(Files.readString(folder.resolve("out"))).contains("SCALE.MISSING");
  }

  @Test
  void aFolderThatIsNotThereIsSaid() throws Exception {
    Files.writeString(folder.resolve("note.md"), PageTest.NOTE);
    assertThat(run(2, "solve", "note.md", "--html", "nowhere/page.html")).contains("nowhere");
  }
}
