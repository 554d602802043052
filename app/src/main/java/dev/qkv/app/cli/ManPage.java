package dev.qkv.app.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual, in the language of man, from the same declarations as the help. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();
  private final CommandLine program;
  private final ResourceBundle words;

  private ManPage(CommandLine program, ResourceBundle words) {
    this.program = program;
    this.words = words;
  }

  /** The page of a program and all its commands. */
  static String of(CommandLine program, ResourceBundle words) {
    return new ManPage(program, words).write();
  }

  private String write() {
    String name = program.getCommandName();
    CommandSpec root = program.getCommandSpec();
    macro("TH", name.toUpperCase(Locale.ROOT), "1", "", name, words.getString("man.title"));
    macro("nh"); // names of quantities stay whole
    section("man.name");
    text(name + " - " + said(root.usageMessage().description()));
    section("man.synopsis");
    for (CommandLine command : program.getSubcommands().values()) {
      macro("B", name + " " + command.getCommandName());
      text(arguments(command.getCommandSpec()));
      macro("br");
    }
    section("man.options");
    options(root);
    section("man.commands");
    for (CommandLine command : program.getSubcommands().values()) {
      command(command.getCommandSpec());
    }
    for (String part : List.of("exit", "environment", "files", "examples")) {
      section("man." + part);
      for (String entry : words.getString("man." + part + ".text").split("\n")) {
        String[] termAndText = entry.split("\t", 2);
        tagged(termAndText[0], termAndText[1]);
      }
    }
    return page.toString();
  }

  private void command(CommandSpec command) {
    macro("SS", program.getCommandName() + " " + command.name());
    text(said(command.usageMessage().header()));
    for (String[] part :
        List.of(command.usageMessage().description(), command.usageMessage().footer())) {
      for (String paragraph : said(part).split("\n")) {
        if (!paragraph.isBlank()) {
          macro("PP");
          text(paragraph.strip());
        }
      }
    }
    for (PositionalParamSpec positional : command.positionalParameters()) {
      tagged(positional.paramLabel(), said(positional.description()));
    }
    options(command);
  }

  private void options(CommandSpec command) {
    for (OptionSpec option : command.options()) {
      String names = String.join(", ", option.names());
      tagged(names + value(option), said(option.description()));
    }
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : "=" + option.paramLabel();
  }

  private static String arguments(CommandSpec command) {
    Stream<String> files =
        command.positionalParameters().stream()
            .map(p -> p.paramLabel() + (p.arity().max() > 1 ? "..." : ""));
    return Stream.concat(Stream.of("[OPTION]..."), files).collect(Collectors.joining(" "));
  }

  /** Lines of the help without their layout. */
  private static String said(String... lines) {
    return Arrays.stream(lines)
        .map(line -> line.replace("%n", "\n").replace("%%", "%").strip())
        .collect(Collectors.joining("\n"));
  }

  private void section(String key) {
    macro("SH", words.getString(key));
  }

  private void tagged(String term, String text) {
    macro("TP");
    page.append("\\fB");
    page.append(escaped(term)).append("\\fR\n");
    text(text);
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private void text(String text) {
    for (String line : text.split("\n")) {
      // A dot or a quote at the start of a line would be a macro.
      page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "");
      page.append(escaped(line)).append('\n');
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
