package dev.qkv.app.cli;

import dev.qkv.sheet.exercise.Drawn;
import dev.qkv.sheet.exercise.Generator;
import dev.qkv.sheet.exercise.Kind;
import dev.qkv.sheet.exercise.Level;
import dev.qkv.sheet.message.SheetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code qkv new KIND…}: draws exercises whose answers show every mistake. */
final class NewCommand implements Callable<Integer> {
  private static final int USUAL_COUNT = 1;
  private static final int MOST = 1000;
  private static final int USUAL_LEVEL = 2;
  private static final String ALL = "all";

  private final Console console;
  private final ResourceBundle words;
  private final PositionalParamSpec kindsOption =
      PositionalParamSpec.builder()
          .index("0..*")
          .arity("1..*")
          .paramLabel("KIND")
          .required(true)
          .type(List.class)
          .auxiliaryTypes(String.class)
          .completionCandidates(candidates())
          .descriptionKey("new.kinds")
          .build();
  private final OptionSpec countOption = number("--count", USUAL_COUNT, "new.count");
  private final OptionSpec seedOption =
      OptionSpec.builder("--seed")
          .paramLabel("N")
          .type(long.class)
          .defaultValue("1")
          .descriptionKey("new.seed")
          .build();
  private final OptionSpec levelOption = number("--level", USUAL_LEVEL, "new.level");
  private final OptionSpec answersOption = Options.flag("--answers", "new.answers");
  private final OptionSpec languageOption = Options.language("new.lang");

  private NewCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    NewCommand command = new NewCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addOption(Options.help())
        .addPositional(command.kindsOption)
        .addOption(command.countOption)
        .addOption(command.seedOption)
        .addOption(command.levelOption)
        .addOption(command.answersOption)
        .addOption(command.languageOption);
  }

  private static OptionSpec number(String name, int usual, String key) {
    return OptionSpec.builder(name)
        .paramLabel("N")
        .type(int.class)
        .defaultValue(String.valueOf(usual))
        .descriptionKey(key)
        .build();
  }

  private static List<String> candidates() {
    List<String> all = new ArrayList<>(Arrays.stream(Kind.values()).map(Kind::word).toList());
    all.add(ALL);
    return all;
  }

  @Override
  public Integer call() {
    try {
      Optional<Locale> chosen = Limits.language(languageOption.getValue(), words);
      List<Kind> kinds = kinds();
      int count = Options.number(countOption);
      if (count < 1 || count > MOST) {
        throw Unusable.of(words, "error.new.count", MOST, count);
      }
      int level = Options.number(levelOption);
      if (level < Level.EASIEST || level > Level.HARDEST) {
        throw Unusable.of(words, "error.new.level", Level.EASIEST, Level.HARDEST, level);
      }
      long seed = seedOption.getValue();
      console
          .out()
          .print(
              Drawn.write(
                  drawn(kinds, count, new Generator(seed, new Level(level))),
                  Options.given(answersOption),
                  chosen.orElseGet(words::getLocale)));
      return 0;
    } catch (SheetException e) {
      console.err().println("qkv: " + e.reason().in(words.getLocale()));
      return Failure.CODE;
    } catch (Unusable e) {
      console.err().println("qkv: " + e.getMessage());
      return Failure.CODE;
    }
  }

  /** So many of each kind, kind by kind. */
  private List<Drawn> drawn(List<Kind> kinds, int count, Generator generator) {
    int all = kinds.size() * count;
    try (Progress progress = new Progress(console, words, "progress", all, Progress.USUAL_PAUSE)) {
      return IntStream.range(0, all)
          .parallel()
          .mapToObj(k -> progress.done(generator.draw(kinds.get(k / count), k % count)))
          .toList();
    }
  }

  private List<Kind> kinds() throws Unusable {
    List<String> named = kindsOption.getValue();
    List<Kind> kinds = new ArrayList<>();
    for (String word : named) {
      if (word.equalsIgnoreCase(ALL)) {
        kinds.addAll(List.of(Kind.values()));
        continue;
      }
      Optional<Kind> kind = Kind.of(word);
      if (kind.isEmpty()) {
        throw Unusable.of(
            words,
            "error.new.kind",
            word,
            Limits.suggestion(word, candidates(), words),
            String.join(", ", candidates()));
      }
      kinds.add(kind.get());
    }
    return kinds.stream().distinct().toList();
  }
}
