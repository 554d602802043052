package dev.qkv.app.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The kinds of options that commands declare. They are declared as objects, not as annotated
 * fields, because reading annotations costs a tenth of a second at every start.
 */
final class Options {
  private Options() {}

  static OptionSpec flag(String name, String descriptionKey) {
    return OptionSpec.builder(name)
        .type(boolean.class)
        .arity("0")
        .defaultValue("false")
        .descriptionKey(descriptionKey)
        .build();
  }

  static OptionSpec text(String name, String label, String descriptionKey) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .descriptionKey(descriptionKey)
        .build();
  }

  static OptionSpec language(String descriptionKey) {
    return OptionSpec.builder("--lang")
        .paramLabel("zh|en")
        .type(String.class)
        .completionCandidates(List.of("zh", "en"))
        .descriptionKey(descriptionKey)
        .build();
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).descriptionKey("help").build();
  }

  static OptionSpec version() {
    return OptionSpec.builder("-V", "--version")
        .versionHelp(true)
        .descriptionKey("version")
        .build();
  }

  static boolean given(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }

  static int number(OptionSpec option) {
    return Objects.requireNonNull((Integer) option.getValue());
  }
}
