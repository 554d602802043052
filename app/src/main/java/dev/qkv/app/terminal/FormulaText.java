package dev.qkv.app.terminal;

import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.audit.Judgement;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Notation;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a terminal says about a formula. */
final class FormulaText {
  private final Locale locale;
  private final Notation notation;
  private final Ink ink;

  FormulaText(Locale locale, Notation notation, Ink ink) {
    this.locale = locale;
    this.notation = notation;
    this.ink = ink;
  }

  String write(Verdict verdict, Judgement judgement) {
    String text = AuditText.shortened(verdict.claim().text());
    String line = ink.dim("  " + say("report.line", verdict.claim().line())) + "\n";
    return switch (judgement) {
      case Judgement.Right right -> "      " + ink.good("✓") + " " + text + line;
      case Judgement.Conventional(Message convention) ->
          "      " + ink.good("✓") + " " + text + line + note(ink.dim(convention.in(locale)));
      case Judgement.Wrong wrong -> "      " + ink.bad("✗ " + text) + line + why(verdict, wrong);
      case Judgement.Unchecked(Message reason) ->
          "      "
              + ink.warn("? " + say("report.unchecked"))
              + " "
              + text
              + line
              + note(ink.dim(reason.in(locale)));
    };
  }

  private String say(String key, Object... arguments) {
    return Message.of(key, arguments).in(locale);
  }

  private static String note(String text) {
    return "        " + text + "\n";
  }

  private String why(Verdict verdict, Judgement.Wrong wrong) {
    StringBuilder out = new StringBuilder();
    wrong.example().ifPresent(e -> out.append(note(example(verdict, e))));
    for (String code : wrong.mistakes()) {
      String words = Mistake.label(code).in(locale) + " — " + Mistake.hint(code).in(locale);
      out.append(note(ink.warn(code) + "  " + words));
    }
    return out.toString();
  }

  private String example(Verdict verdict, Judgement.Example example) {
    String inputs =
        example.inputs().entrySet().stream()
            .map(e -> e.getKey().symbol() + " = " + notation.matrix(e.getValue()))
            .collect(Collectors.joining(", "));
    String cell = verdict.name() + "[" + example.row() + ", " + example.column() + "]";
    return say(
        "report.formula.example",
        inputs,
        cell,
        notation.number(example.given()),
        notation.number(example.right()));
  }
}
