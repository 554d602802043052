package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shells complete, the manual, and what is suggested for a slip of the pen. */
class CompletionTest {
  @TempDir private Path folder;

  /** Asks a real bash what it offers for the last word. */
  @ParameterizedTest
  @DisabledOnOs(OS.WINDOWS)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          qkv so              | solve
          qkv solve --ma      | --markdown
          qkv train re        | reversal
          qkv serve --no      | --no-open
          qkv check --lang z  | zh
          qkv completion f    | fish
          """)
  void bashCompletes(String typed, String offered) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, CommandLineTest.run(false, "completion", "bash").out());
    String ask =
        """
        . "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        _complete_qkv 2>/dev/null
        echo "${COMPREPLY[*]}"
        """;
    List<String> command = new ArrayList<>(List.of("bash", "-c", ask, "ask", script.toString()));
    command.addAll(List.of(typed.split(" ")));
    Process bash = new ProcessBuilder(command).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out.strip()).isEqualTo(offered);
  }

  @Test
  void fishHasEveryCommandAndItsOptions() {
    assertThat(CommandLineTest.run(false, "completion", "fish").out())
        .contains("complete -c qkv -n '__fish_use_subcommand' -f -a check -d 'Audit")
        .contains("complete -c qkv -n '__fish_seen_subcommand_from solve' -l json -f -d '")
        .contains("'__fish_seen_subcommand_from train' -f -a 'reversal anomaly' -d '")
        .contains("'__fish_seen_subcommand_from solve' -l lang -x -a 'zh en' -d '");
  }

  @Test
  void unknownShellIsAnError() {
    CommandLineTest.Run run = CommandLineTest.run(false, "completion", "fsh", "--lang", "en");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "qkv: completion: expected one of bash, zsh, fish, got fsh, did you mean fish?\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void manualHasEveryCommand(String language) {
    String manual = CommandLineTest.run(false, "man", "--lang", language).out();
    assertThat(manual)
        .startsWith(".TH \"QKV\" \"1\"")
        .contains(".SS \"qkv check\"")
        .contains(".SS \"qkv serve\"")
        .contains("\\fB\\-\\-key=")
        .contains("QKV_JAVA_HOME")
        .doesNotContain("%n");
    assertThat(manual.lines())
        .filteredOn(line -> line.startsWith("."))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|B|br|nh)( \"[^\"]*\")*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          slove         | qkv: unknown argument: slove, did you mean solve?
          solve --jsno a.md | qkv: unknown argument: --jsno, did you mean --json?
          check --zzzz a.md | qkv: unknown argument: --zzzz
          train reverse | qkv: reverse: expected reversal or anomaly, did you mean reversal?
          """)
  void slipsAreNoticed(String typed, String said) {
    CommandLineTest.Run run = CommandLineTest.run(false, (typed + " --lang en").split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines().findFirst()).contains(said);
  }

  @Test
  void wrongWordsOfAWorksheetAreNoticed() throws Exception {
    Path file = folder.resolve("slips.md");
    Files.writeString(
        file,
        """
        ## 12. Slips
        ```qkv
        Q = [1 0]
        K = [1 0; 0 1]
        V = [1; 2]
        mask = casual
        norm = layr
        find Z, row_summ
        ```
        """);
    String out = CommandLineTest.run(false, "solve", file.toString()).out();
    assertThat(out)
        .contains("got casual, did you mean causal?")
        .contains("got layr, did you mean layer?")
        .contains("formula sheet, did you mean row_sum?");
    assertThat(CommandLineTest.run(false, "solve", "--only", "99", file.toString()).err())
        .endsWith("no exercise has the number 99; it has: 12\n");
    assertThat(CommandLineTest.run(false, "solve", "--only", "21", file.toString()).code())
        .isEqualTo(2);
  }

  @Test
  void versionNamesTheCommit() {
    assertThat(CommandLineTest.run(false, "--version").out())
        .matches("(?s)qkv [\\w.-]+ \\((commit )?[\\w +.-]+\\)\nJava .*\nengine: .*")
        .doesNotContain("${");
  }
}
