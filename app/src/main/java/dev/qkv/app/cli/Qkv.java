package dev.qkv.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The program: {@code qkv COMMAND}. */
public final class Qkv {
  Qkv() {}

  /**
   * Runs a command and exits with its code: 0 fine, 1 wrong answers found, 2 unusable input.
   *
   * @param arguments as typed
   */
  public static void main(String[] arguments) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    boolean terminal = isTerminal(System.console());
    int code = run(arguments, new Console(out, err, terminal));
    out.flush();
    err.flush();
    Runtime.getRuntime().halt(code);
  }

  private static boolean isTerminal(java.io.@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
        false,
        StandardCharsets.UTF_8);
  }

  static int run(String[] arguments, Console console) {
    Locale chosen = Language.of(List.of(arguments)).orElse(Language.ofSystem());
    ResourceBundle words =
        ResourceBundle.getBundle(
            "dev.qkv.app.messages",
            chosen.getLanguage().equals("zh") ? Locale.CHINESE : Locale.ROOT);
    CommandLine line = commandLine(console, words);
    if (arguments.length == 0) {
      line.usage(console.err());
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  private static CommandLine commandLine(Console console, ResourceBundle words) {
    CommandSpec spec = CommandSpec.create().name("qkv").versionProvider(new Version());
    spec.addOption(Options.help()).addOption(Options.version());
    spec.addSubcommand("solve", SolveCommand.spec(console, words));
    spec.addSubcommand("check", CheckCommand.spec(console, words));
    spec.addSubcommand("new", NewCommand.spec(console, words));
    spec.addSubcommand("certify", CertifyCommand.spec(console, words));
    spec.addSubcommand("mistakes", MistakesCommand.spec(console, words));
    spec.addSubcommand("serve", ServeCommand.spec(console, words));
    spec.addSubcommand("attend", AttendCommand.spec(console, words));
    spec.addSubcommand("bench", BenchCommand.spec(console, words));
    spec.addSubcommand("train", TrainCommand.spec(console, words));
    spec.addSubcommand("completion", CompletionCommand.spec(console, words));
    spec.addSubcommand("man", ManCommand.spec(console, words));
    CommandLine line = new CommandLine(spec);
    line.setResourceBundle(words);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setAdjustLineBreaksForWideCJKCharacters(true);
    line.setParameterExceptionHandler(new UsageErrors(words));
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          console.err().println(words.getString("error.internal") + " " + e);
          return CommandLine.ExitCode.USAGE;
        });
    return line;
  }
}
