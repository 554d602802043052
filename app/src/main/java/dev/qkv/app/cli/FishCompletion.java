package dev.qkv.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish, which picocli has none for: one line to a command, option or value. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder();
  private final String program;

  private FishCompletion(String program) {
    this.program = program;
  }

  /** The script for a program and its commands. */
  static String of(CommandLine line) {
    FishCompletion fish = new FishCompletion(line.getCommandName());
    fish.options(line, "__fish_use_subcommand");
    for (Map.Entry<String, CommandLine> entry : line.getSubcommands().entrySet()) {
      CommandSpec command = entry.getValue().getCommandSpec();
      fish.line("__fish_use_subcommand", "-f -a " + entry.getKey(), header(command));
      String here = "__fish_seen_subcommand_from " + entry.getKey();
      fish.options(entry.getValue(), here);
      for (PositionalParamSpec positional : command.positionalParameters()) {
        List<String> values = values(positional);
        if (!values.isEmpty()) {
          fish.line(here, "-f -a '" + String.join(" ", values) + "'", description(positional));
        }
      }
    }
    return fish.script.toString();
  }

  private void options(CommandLine line, String condition) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      StringBuilder words = new StringBuilder();
      for (String name : option.names()) {
        words.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
        words.append(' ');
      }
      List<String> values = values(option);
      if (!values.isEmpty()) {
        words.append("-x -a '").append(String.join(" ", values)).append("' ");
      } else if (option.arity().max() > 0) {
        words.append(option.arity().min() > 0 ? "-r " : "");
      } else {
        words.append("-f ");
      }
      line(condition, words.toString().strip(), description(option));
    }
  }

  private void line(String condition, String what, String description) {
    script.append("complete -c ").append(program).append(" -n '").append(condition).append("' ");
    script.append(what).append(" -d '").append(quoted(description)).append("'\n");
  }

  private static List<String> values(ArgSpec argument) {
    List<String> values = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(values::add);
    }
    return values;
  }

  private static String header(CommandSpec command) {
    return String.join(" ", command.usageMessage().header());
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
