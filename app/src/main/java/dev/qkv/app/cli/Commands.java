package dev.qkv.app.cli;

import java.util.Locale;
import java.util.ResourceBundle;
import picocli.CommandLine;

/**
 * Makes the commands.
 *
 * @param console where output goes
 * @param language the language chosen or the system's
 * @param words the program's own words in it
 */
record Commands(Console console, Locale language, ResourceBundle words)
    implements CommandLine.IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == SolveCommand.class) {
      return type.cast(new SolveCommand(console, words));
    }
    if (type == CheckCommand.class) {
      return type.cast(new CheckCommand(console, words));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
