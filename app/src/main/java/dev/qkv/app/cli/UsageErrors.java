package dev.qkv.app.cli;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import picocli.CommandLine;
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
                          ", ", missing.getMissing().stream().map(a -> a.paramLabel()).toList()));
          case ParameterException other
              when other.getArgSpec() != null && other.getValue() != null ->
              say(
                  "error.usage.value",
                  other.getArgSpec().isOption()
                      ? ((CommandLine.Model.OptionSpec) other.getArgSpec()).longestName()
                      : other.getArgSpec().paramLabel(),
                  other.getValue());
          default -> String.valueOf(e.getMessage());
        };
    command.getErr().println("qkv: " + text);
    command.getErr().println(say("error.usage.help", command.getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }

  private String say(String key, Object... values) {
    return MessageFormat.format(words.getString(key), values);
  }
}
