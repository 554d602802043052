package dev.qkv.app.cli;

import java.text.MessageFormat;
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
              say("error.usage.unknown", String.join(" ", unknown.getUnmatched()));
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

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private String say(String key, Object... values) {
    return MessageFormat.format(words.getString(key), values);
  }
}
