package dev.qkv.app.cli;

import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code qkv completion SHELL}: what makes a shell complete commands and options. */
final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final Console console;
  private final ResourceBundle words;
  private final PositionalParamSpec shell =
      PositionalParamSpec.builder()
          .index("0")
          .paramLabel(String.join("|", SHELLS))
          .required(true)
          .type(String.class)
          .completionCandidates(SHELLS)
          .descriptionKey("completion.shell")
          .build();
  private final CommandSpec spec;

  private CompletionCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
    this.spec =
        CommandSpec.wrapWithoutInspection(this)
            .addOption(Options.help())
            .addOption(Options.language("attend.lang"))
            .addPositional(shell);
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    return new CompletionCommand(console, words).spec;
  }

  @Override
  public Integer call() {
    String given = Objects.requireNonNull(shell.getValue());
    CommandLine program = spec.root().commandLine();
    switch (given) {
      // One script for both: it asks zsh to understand bash's completions.
      case "bash", "zsh" -> console.out().println(AutoComplete.bash("qkv", program));
      case "fish" -> console.out().print(FishCompletion.of(program));
      default -> {
        String near = Limits.suggestion(given, SHELLS, words);
        String known = String.join(", ", SHELLS);
        String text = Unusable.of(words, "error.shell", known, given, near).getMessage();
        console.err().println("qkv: " + text);
        return CommandLine.ExitCode.USAGE;
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
