package dev.qkv.sheet.note.notation;

import java.util.Set;

/** A piece of a sentence: numbers, a name, a sign or a word. */
public sealed interface Element {
  /** Where it starts in the text. */
  int start();

  /** Where it ends. */
  int end();

  /** Numbers, or arithmetic on numbers. */
  record Numbers(Grid grid, int start, int end) implements Element {}

  /** The name of a quantity. */
  record Name(Reference reference, int start, int end) implements Element {}

  /** A sign between two sides that are the same, or a word for one. */
  record Relation(Kind kind, int start, int end) implements Element {
    /** Words between sides that are the same. */
    static final Set<String> WORDS =
        Set.of(
            "为", "是", "得", "于", "即", "is", "are", "equals", "equal", "gives", "give", "becomes",
            "become", "取", "yields", "get", "gets", "was", "were", "be");

    /** How strongly it relates. */
    public enum Kind {
      EQUALS,
      COLON,
      ARROW,
      WORD
    }
  }

  /** A sign of arithmetic, or a bracket, that stands between names. */
  record Operator(String sign, int start, int end) implements Element {}

  /** A comma or the like; the end of a sentence or line. */
  record Separator(String sign, int start, int end) implements Element {
    public boolean isStop() {
      return "。.?!;\n".contains(sign);
    }
  }

  /** A word, or a character of a script without spaces. */
  record Word(String text, int start, int end) implements Element {}
}
