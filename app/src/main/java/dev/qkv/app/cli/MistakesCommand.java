package dev.qkv.app.cli;

import dev.qkv.app.terminal.Ink;
import dev.qkv.app.terminal.MistakeText;
import dev.qkv.app.terminal.Wrapping;
import dev.qkv.sheet.MistakeIndex;
import dev.qkv.sheet.exercise.MistakePage;
import dev.qkv.sheet.report.MistakeIndexJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code qkv mistakes [CODE]}: the catalogue, and a page for each of its mistakes. */
final class MistakesCommand implements Callable<Integer> {
  private final Console console;
  private final ResourceBundle words;
  private final PositionalParamSpec codeOption =
      PositionalParamSpec.builder()
          .index("0")
          .arity("0..1")
          .paramLabel("CODE")
          .type(String.class)
          .completionCandidates(MistakeIndex.all().stream().map(MistakeIndex::code).toList())
          .descriptionKey("mistakes.code")
          .build();
  private final OptionSpec jsonOption = Options.flag("--json", "json");
  private final OptionSpec languageOption = Options.language("lang");

  private MistakesCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    MistakesCommand command = new MistakesCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addOption(Options.help())
        .addPositional(command.codeOption)
        .addOption(command.jsonOption)
        .addOption(command.languageOption);
  }

  @Override
  public Integer call() {
    boolean json = Options.given(jsonOption);
    Locale locale = words.getLocale();
    try {
      locale = Limits.language(languageOption.getValue(), words).orElse(locale);
      show(codeOption.getValue(), json, locale);
      return 0;
    } catch (Unusable e) {
      MistakeIndexJson none = new MistakeIndexJson(locale);
      return new Failure(console, json, errors -> none.list(List.of(), errors)).say(e);
    }
  }

  private void show(@Nullable String code, boolean json, Locale locale) throws Unusable {
    MistakeIndexJson documents = new MistakeIndexJson(locale);
    MistakeText text = new MistakeText(locale, new Ink(console.colour()));
    List<MistakeIndex> entries = code == null ? MistakeIndex.all() : MistakeIndex.family(code);
    if (!entries.isEmpty()) {
      console.out().print(json ? documents.list(entries, List.of()) : text.list(entries));
      return;
    }
    MistakeIndex entry =
        MistakeIndex.of(String.valueOf(code)).orElseThrow(() -> unknown(String.valueOf(code)));
    Optional<MistakePage> page = MistakePage.of(entry);
    String shown =
        page.map(p -> json ? documents.page(p) : text.page(p))
            .orElseGet(() -> json ? documents.list(List.of(entry), List.of()) : text.entry(entry));
    console.out().print(json ? shown : new Wrapping(console.width()).of(shown));
  }

  private Unusable unknown(String code) {
    String near = Limits.suggestion(code.toUpperCase(Locale.ROOT), known(), words);
    return Unusable.of(words, "error.mistakes.code", code, near);
  }

  private static List<String> known() {
    List<String> known = new ArrayList<>();
    for (MistakeIndex entry : MistakeIndex.all()) {
      known.add(entry.code());
      known.add(entry.family());
    }
    return known.stream().distinct().toList();
  }
}
