package dev.qkv.sheet.note.notation;

import java.util.List;
import java.util.Set;

/** Letters and words that are names only where what stands beside them says so. */
final class AmbiguousNames {
  private static final Set<String> AMBIGUOUS =
      Set.of(
          "a",
          "e",
          "I",
          "i",
          "h",
          "n",
          "s",
          "x",
          "y",
          "o",
          "k",
          "v",
          "q",
          "z",
          "A",
          "E",
          "L",
          "S",
          "N",
          "M",
          "T",
          "P",
          "R",
          "b",
          "H",
          "w",
          "out",
          "output",
          "Output",
          "head",
          "Head",
          "heads",
          "weights",
          "scale",
          "mask",
          "Mask",
          "mean",
          "Mean",
          "var",
          "params",
          "residual",
          "softmax",
          "Softmax",
          "concat",
          "Concat",
          "position",
          "base",
          "target",
          "label",
          "temperature",
          "seed",
          "variance",
          "Var",
          "attn",
          "scores",
          "pos",
          "slope",
          "cap",
          "sink",
          "norm",
          "rms",
          "logits",
          "probs",
          "angle",
          "O",
          "X",
          "Y",
          "U",
          "W",
          "LN",
          "layernorm",
          "LayerNorm",
          "RMSNorm",
          "FFN");

  /** Letters that sentences use by themselves. */
  private static final Set<String> ENGLISH = Set.of("a", "I", "A", "i");

  /** Signs before an operand. */
  private static final Set<String> OPERATORS = Set.of("·", "/", "×", "@", "+", "-", "(");

  private final String text;
  private final List<Token> tokens;

  AmbiguousNames(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /** Whether a token that could be a name is a word of its sentence. */
  boolean isWord(int at) {
    return AMBIGUOUS.contains(tokens.get(at).text()) && !isMeant(at);
  }

  /** Whether a letter that may be a word is a name: a sign follows, or dollars stand around it. */
  private boolean isMeant(int at) {
    int after = at + 1;
    while (tokens.get(after).kind() == Token.Kind.SPACE && !isDollar(after)) {
      after++;
    }
    Token next = tokens.get(after);
    if (isDollar(after) && at > 0 && isDollar(at - 1)) {
      return true;
    }
    Token name = tokens.get(at);
    boolean glued =
        (next.is("(") || next.is("_") || next.is("^") || next.is("ᵀ"))
            && next.start() == name.end();
    boolean relation = next.is("=") || next.is("≈") || next.is("→");
    return relation || glued || (name.text().length() == 1 && isMeantLetter(at, next));
  }

  private boolean isMeantLetter(int at, Token next) {
    int back = at - 1;
    while (back > 0 && tokens.get(back).kind() == Token.Kind.SPACE) {
      back--;
    }
    boolean equated = back >= 0 && (tokens.get(back).is("=") || tokens.get(back).is("≈"));
    boolean spoken =
        Element.Relation.WORDS.contains(next.text())
            || next.is(":")
            || next.is("+")
            || next.is("-")
            || next.is("·")
            || next.is(",");
    boolean han = next.isHan() || (at > 0 && tokens.get(at - 1).isHan());
    boolean hanBefore =
        at > 1 && tokens.get(at - 1).kind() == Token.Kind.SPACE && tokens.get(at - 2).isHan();
    boolean product =
        (at > 0 && OPERATORS.contains(tokens.get(at - 1).text()))
            || next.is("·")
            || next.is("@")
            || next.is("×")
            || next.is("/");
    return equated
        || han
        || hanBefore
        || product
        || (spoken && !ENGLISH.contains(tokens.get(at).text()));
  }

  private boolean isDollar(int at) {
    Token token = tokens.get(at);
    return token.kind() == Token.Kind.SPACE
        && token.end() > token.start()
        && (text.charAt(token.start()) == '$'
            || text.charAt(token.start()) == '`'
            || text.startsWith("\\(", token.start())
            || text.startsWith("\\)", token.start()));
  }
}
