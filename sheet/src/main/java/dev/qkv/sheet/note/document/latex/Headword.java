package dev.qkv.sheet.note.document.latex;

import java.util.List;
import java.util.Locale;

/**
 * What the name of an environment says about what stands in it.
 *
 * @param title the word that is printed over it; empty if the name says nothing
 * @param kind what it is
 */
record Headword(String title, Kind kind) {
  /** Exercises get a heading, solutions and remarks a bold word. */
  enum Kind {
    EXERCISE,
    SOLUTION,
    REMARK
  }

  private record Stem(String stem, Headword word) {}

  private static final Headword NONE = new Headword("", Kind.REMARK);

  /** Names contain these; the first that fits counts. */
  private static final List<Stem> STEMS =
      List.of(
          stem("solution", "Solution", Kind.SOLUTION),
          stem("soln", "Solution", Kind.SOLUTION),
          stem("answer", "Answer", Kind.SOLUTION),
          stem("proof", "Proof", Kind.SOLUTION),
          stem("解", "解", Kind.SOLUTION),
          stem("答", "答", Kind.SOLUTION),
          stem("证", "证明", Kind.SOLUTION),
          stem("problem", "Problem", Kind.EXERCISE),
          stem("exercise", "Exercise", Kind.EXERCISE),
          stem("question", "Question", Kind.EXERCISE),
          stem("example", "Example", Kind.EXERCISE),
          stem("练习", "练习", Kind.EXERCISE),
          stem("作业", "作业", Kind.EXERCISE),
          stem("例", "例", Kind.EXERCISE),
          stem("题", "题", Kind.EXERCISE),
          stem("theorem", "Theorem", Kind.REMARK),
          stem("lemma", "Lemma", Kind.REMARK),
          stem("corollary", "Corollary", Kind.REMARK),
          stem("proposition", "Proposition", Kind.REMARK),
          stem("definition", "Definition", Kind.REMARK),
          stem("remark", "Remark", Kind.REMARK),
          stem("hint", "Hint", Kind.REMARK));

  /** Names that are only this. */
  private static final List<Stem> SHORT =
      List.of(
          stem("sol", "Solution", Kind.SOLUTION),
          stem("ans", "Answer", Kind.SOLUTION),
          stem("prob", "Problem", Kind.EXERCISE),
          stem("ex", "Exercise", Kind.EXERCISE),
          stem("exer", "Exercise", Kind.EXERCISE),
          stem("exo", "Exercise", Kind.EXERCISE),
          stem("q", "Question", Kind.EXERCISE),
          stem("task", "Task", Kind.EXERCISE),
          stem("eg", "Example", Kind.EXERCISE),
          stem("note", "Note", Kind.REMARK));

  private static Stem stem(String stem, String title, Kind kind) {
    return new Stem(stem, new Headword(title, kind));
  }

  /** What a name says. */
  static Headword of(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("*", "").strip();
    for (Stem word : SHORT) {
      if (plain.equals(word.stem)) {
        return word.word;
      }
    }
    for (Stem word : STEMS) {
      if (plain.contains(word.stem)) {
        boolean chinese = word.stem.charAt(0) > 0xFF;
        return chinese ? new Headword(name.replace("*", ""), word.word.kind) : word.word;
      }
    }
    return NONE;
  }

  /** What a theorem-like environment is that prints a title of its own. */
  static Headword of(TexDefinitions.Theorem theorem, String name) {
    Headword said = of(theorem.title());
    return new Headword(theorem.title(), said.title().isEmpty() ? of(name).kind : said.kind);
  }
}
