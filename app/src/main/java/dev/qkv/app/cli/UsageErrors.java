package dev.qkv.app.cli;

import dev.qkv.app.report.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What is said about arguments that make no sense.
 *
 * @param words the program's words
 */
record UsageErrors(ResourceBundle words) implements CommandLine.IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String text =
        switch (e) {
          case CommandLine.UnmatchedArgumentException unknown ->
              say(
                  "error.usage.unknown",
                  unknown.getUnmatched().getFirst(),
                  Limits.suggestion(unknown.getUnmatched().getFirst(), known(command), words));
          case CommandLine.MissingParameterException missing ->
              say(
                  "error.usage.missing",
                  missing.getMissing().isEmpty()
                      ? "?"
                      : String.join(
                          ", ", missing.getMissing().stream().map(UsageErrors::name).toList()));
          case ParameterException other
              when other.getArgSpec() != null && other.getValue() != null ->
              say("error.usage.value", name(other.getArgSpec()), other.getValue());
          default -> String.valueOf(e.getMessage());
        };
    command.getErr().println("qkv: " + text);
    command.getErr().println(say("error.usage.help", command.getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }

  /** What a command understands beside its arguments. */
  private static List<String> known(CommandLine command) {
    List<String> known = new ArrayList<>(command.getSubcommands().keySet());
    command.getCommandSpec().options().forEach(o -> known.addAll(List.of(o.names())));
    return known;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private String say(String key, Object... values) {
    return Sentence.of(words, key, values);
  }
}
