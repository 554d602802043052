package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exercises, solutions and remarks: their headings, as they are printed. */
final class LatexTheorems {
  /** Titles in braces are no longer; what is longer is text. */
  private static final int LONGEST_TITLE = 120;

  /** Space that is left for an answer. */
  private static final Pattern SIZE =
      Pattern.compile("\\s*\\\\\\w.*|\\s*[\\d.]+\\s*(?:in|cm|mm|pt|em)\\s*");

  private static final Pattern NUMBERED = Pattern.compile("\\s*\\(?\\d.{0,20}", Pattern.DOTALL);

  private final LatexDocument document;
  private final TexText tex;
  private final Page page;
  private final Map<String, TexDefinitions.Theorem> declared;
  private final Map<String, Integer> startedAt = new HashMap<>();

  LatexTheorems(LatexDocument document, Map<String, TexDefinitions.Theorem> declared) {
    this.document = document;
    this.tex = document.tex();
    this.page = document.page();
    this.declared = declared;
  }

  /**
   * A theorem-like environment starts.
   *
   * @return where to read on; −1 if the name is of none
   */
  int begin(String name, int at, int from) {
    TexDefinitions.Theorem theorem = declared.get(name);
    Headword word = theorem == null ? Headword.of(name) : Headword.of(theorem, name);
    if (word.title().isEmpty()) {
      return -1;
    }
    page.paragraph();
    return switch (word.kind()) {
      case EXERCISE -> exercise(word, name, theorem, at, from);
      case SOLUTION -> solution(word, at, from);
      case REMARK -> remark(word, number(name, theorem), at, from);
    };
  }

  private int exercise(
      Headword word, String name, TexDefinitions.@Nullable Theorem theorem, int at, int from) {
    int open = tex.skipBlank(from);
    int close = tex.closeOption(open);
    if (close < 0 && tex.is(from, '{') && tex.close(from) - from < LONGEST_TITLE) {
      open = from;
      close = tex.close(from);
    }
    String title = close < 0 ? "" : tex.text().substring(open + 1, close);
    boolean numbered = NUMBERED.matcher(title).matches();
    String number = numbered ? "" : number(name, theorem);
    String first = title.strip().split("[\\s\\d~]", 2)[0];
    if (Headword.of(first).kind() == Headword.Kind.EXERCISE && !first.isEmpty()) {
      page.insert("## ", at);
      page.hold();
    } else {
      page.insert("## " + word.title() + (number.isEmpty() ? "" : " " + number), at);
      page.space();
    }
    if (close < 0) {
      page.paragraph();
      return from;
    }
    boolean bracketed = !numbered && Headword.of(first).kind() != Headword.Kind.EXERCISE;
    if (bracketed) {
      page.insert("(", open);
    }
    page.flatten();
    document.at(
        close,
        () -> {
          if (bracketed) {
            page.tight(")");
          }
          page.unflatten();
          page.paragraph();
        });
    return open + 1;
  }

  private String number(String name, TexDefinitions.@Nullable Theorem theorem) {
    TexCounters counters = document.counters();
    if (theorem == null) {
      boolean counted = Headword.of(name).kind() == Headword.Kind.EXERCISE && !name.endsWith("*");
      return counted ? String.valueOf(counters.step(name)) : "";
    }
    if (theorem.counter().isEmpty()) {
      return "";
    }
    if (theorem.within().isEmpty()) {
      return String.valueOf(counters.step(theorem.counter()));
    }
    int outer = counters.get(theorem.within());
    if (startedAt.getOrDefault(theorem.counter(), outer) != outer) {
      counters.set(theorem.counter(), 0);
    }
    startedAt.put(theorem.counter(), outer);
    return outer + "." + counters.step(theorem.counter());
  }

  private int solution(Headword word, int at, int from) {
    String stop = word.title().charAt(0) < 0x100 ? "." : "";
    int open = tex.skipBlank(from);
    int close = tex.closeOption(open);
    if (close < 0 || SIZE.matcher(tex.text().substring(open + 1, close)).matches()) {
      page.insert("**" + word.title() + stop + "**", at);
      page.line();
      return close < 0 ? from : close + 1;
    }
    boolean replaced = word.title().toLowerCase(Locale.ROOT).equals("proof");
    page.insert(replaced ? "**" : "**" + word.title() + " (", at);
    page.hold();
    page.flatten();
    document.at(
        close,
        () -> {
          page.tight((replaced ? "" : ")") + stop + "**");
          page.unflatten();
          page.line();
        });
    return open + 1;
  }

  private int remark(Headword word, String number, int at, int from) {
    int open = tex.skipBlank(from);
    int close = tex.closeOption(open);
    String label = "**" + word.title() + (number.isEmpty() ? "" : " " + number);
    if (close < 0) {
      page.insert(label + ".**", at);
      page.space();
      return from;
    }
    page.insert(label + " (", at);
    page.hold();
    page.flatten();
    document.at(
        close,
        () -> {
          page.tight(").**");
          page.unflatten();
          page.space();
        });
    return open + 1;
  }

  /** A title that stands in an option: a heading if it is that of an exercise. */
  void title(int from, int to) {
    int start = tex.is(from, '{') ? from + 1 : from;
    String first =
        tex.text().substring(start, Math.max(start, to)).strip().split("[\\s\\d~]", 2)[0];
    boolean exercise = Headword.of(first).kind() == Headword.Kind.EXERCISE && !first.isEmpty();
    page.paragraph();
    page.insert(exercise ? "## " : "**", start);
    page.hold();
    page.flatten();
    document.within(start, to);
    page.unflatten();
    if (!exercise) {
      page.tight("**");
    }
    page.paragraph();
  }

  /** What follows up to a place is a heading. */
  void heading(String marks, int origin, int close) {
    page.insert(marks, origin);
    page.hold();
    page.flatten();
    document.at(
        close,
        () -> {
          page.unflatten();
          page.paragraph();
        });
  }

  /** What follows up to a place is bold, on a line of its own. */
  void bold(int close) {
    page.bold();
    document.at(
        close,
        () -> {
          page.unbold();
          page.line();
        });
  }
}
