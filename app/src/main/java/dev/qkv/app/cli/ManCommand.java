package dev.qkv.app.cli;

import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code qkv man}: the manual page. */
final class ManCommand implements Callable<Integer> {
  private final Console console;
  private final ResourceBundle words;
  private final CommandSpec spec;

  private ManCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
    this.spec =
        CommandSpec.wrapWithoutInspection(this)
            .addOption(Options.help())
            .addOption(Options.language("attend.lang"));
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    return new ManCommand(console, words).spec;
  }

  @Override
  public Integer call() {
    console.out().print(ManPage.of(spec.root().commandLine(), words));
    return 0;
  }
}
