package dev.qkv.sheet.note.notation.formula;

import dev.qkv.sheet.note.notation.Cursor;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what hangs on an operand: indices, powers, transposes. */
final class FormulaScripts {
  private static final Set<String> TRANSPOSE = Set.of("T", "ᵀ", "t", "\\top", "⊺", "\\prime");
  private static final Set<String> METHODS =
      Set.of("T", "mT", "t", "transpose", "grad", "shape", "sum", "mean", "max");
  private static final Pattern DIRECTION = Pattern.compile("(?:dim=|axis=)?(-?[012])(?:,.*)?");
  private static final Pattern INDICES = Pattern.compile("[ijklmnprstu]{1,2}");
  private static final Pattern HEAD = Pattern.compile("\\([1-9]\\d?\\)|\\([hir]\\)");
  private static final Pattern OF_HEADS = Pattern.compile("[QKVZAS]|head");
  private static final Pattern SIZE = Pattern.compile("\\[-?1\\]");

  private final FormulaSyntax syntax;
  private final Cursor cursor;

  FormulaScripts(FormulaSyntax syntax, Cursor cursor) {
    this.syntax = syntax;
    this.cursor = cursor;
  }

  /** An operand with everything that hangs on it. */
  Formula on(Formula operand) throws Unreadable {
    Formula formula = operand;
    while (true) {
      Token token = cursor.peek();
      if (token.is("ᵀ") || token.is("⊺") || token.is("'") || token.is("′")) {
        cursor.take();
        formula = new Formula.Transposed(formula);
      } else if (token.is("²")) {
        cursor.take();
        formula = raised(formula, "2", new Formula.Numeric(Value.of(2)));
      } else if (token.is("_")) {
        formula = below(formula);
      } else if (token.is("^")) {
        formula = above(formula);
      } else if (token.is(".") && METHODS.contains(cursor.peek(1).text())) {
        cursor.take();
        formula = method(formula);
      } else {
        return formula;
      }
    }
  }

  /** An operand with its indices only, as below a root without brackets. */
  Formula indexed(Formula operand) throws Unreadable {
    Formula formula = operand;
    while (cursor.peek().is("_")) {
      formula = below(formula);
    }
    if (cursor.peek().is("^") && formula instanceof Formula.Name name && name.base().equals("W")) {
      formula = above(formula);
    }
    return formula;
  }

  private Formula below(Formula formula) throws Unreadable {
    cursor.take();
    String script = script(formula instanceof Formula.Name name ? name.base() : "");
    if (formula instanceof Formula.Name(String base, String below, String above)
        && below.isEmpty()) {
      return new Formula.Name(base, script, above);
    }
    return new Formula.Cell(formula, script);
  }

  /** What stands behind an underscore: a group, or of a word as much as TeX or a reader takes. */
  String script(String base) throws Unreadable {
    cursor.skipSpace();
    Token token = cursor.peek();
    if (token.is("{") || token.is("(")) {
      return Names.canonical(group());
    }
    if (token.kind() == Kind.WORD && token.text().startsWith("\\")) {
      cursor.take();
      return Names.canonical(group());
    }
    if (token.kind() == Kind.NUMBER) {
      return cursor.take().text();
    }
    if (token.kind() != Kind.WORD) {
      throw cursor.unexpected("expected.number");
    }
    String word = token.text();
    boolean whole =
        word.length() == 1
            || INDICES.matcher(word).matches()
            || word.matches("[a-z]{4,}")
            || Letters.isKnown(base + "_" + word)
            || FormulaWords.isFunction(base + "_" + word)
            || Names.reference(base + "_" + word).filter(r -> r.label().isEmpty()).isPresent();
    cursor.take();
    if (whole) {
      return word;
    }
    cursor.back(cursor.mark() - 1);
    cursor.replace(new Token(Kind.WORD, word.substring(1), token.start() + 1, token.end()));
    return word.substring(0, 1);
  }

  /** The text of a group in brackets, which is taken; empty where none opens here. */
  private String group() throws Unreadable {
    cursor.skipSpace();
    Token open = cursor.peek();
    if (!open.is("{") && !open.is("(")) {
      throw cursor.unexpected("expected.number");
    }
    int deep = 0;
    while (!cursor.atEnd()) {
      Token token = cursor.take();
      deep += token.is("{") || token.is("(") ? 1 : token.is("}") || token.is(")") ? -1 : 0;
      if (deep == 0) {
        return cursor.between(/* start= */ open.end(), /* end= */ token.start());
      }
    }
    throw cursor.unexpected("expected.cell");
  }

  private Formula above(Formula formula) throws Unreadable {
    cursor.take();
    cursor.skipSpace();
    transposeOf(cursor.peek());
    int mark = cursor.mark();
    Token token = cursor.peek();
    boolean bracket = token.is("{") || token.is("(");
    String script =
        token.is("{")
            ? Names.canonical(group())
            : token.is("(") ? "(" + Names.canonical(group()) + ")" : cursor.take().text();
    if (TRANSPOSE.contains(script)) {
      return new Formula.Transposed(formula);
    }
    if (script.startsWith("\\") && cursor.peek().is("{")) {
      script = Names.canonical(group());
      if (TRANSPOSE.contains(script)) {
        return new Formula.Transposed(formula);
      }
    }
    boolean projection = script.matches("[QKVOqkvo]");
    if (formula instanceof Formula.Name(String base, String below, String before)
        && before.isEmpty()
        && (HEAD.matcher(script).matches() || (projection && base.equals("W")))) {
      return new Formula.Name(base, below, script);
    }
    cursor.back(mark);
    return raised(formula, script, bracket ? syntaxGroup() : exponent());
  }

  /** Leaves T of a word such as TV, as TeX takes it: K^TV is Kᵀ V. */
  private void transposeOf(Token token) {
    if (token.kind() == Kind.WORD && token.text().matches("T[A-Z]\\w?")) {
      cursor.replace(
          new Token(Kind.WORD, token.text().substring(1), token.start() + 1, token.end()));
      cursor.insert(new Token(Kind.SYMBOL, "ᵀ", token.start(), token.start() + 1));
    }
  }

  private Formula syntaxGroup() throws Unreadable {
    Token open = cursor.take();
    Formula inside = syntax.sum();
    cursor.require(open.is("(") ? ")" : "}");
    return inside;
  }

  /** An exponent without brackets: a number with its sign, or a name with its index. */
  private Formula exponent() throws Unreadable {
    Token token = cursor.peek();
    if (token.is("-") || token.kind() == Kind.NUMBER || token.kind() == Kind.WORD) {
      return syntax.factor();
    }
    throw cursor.unexpected("expected.power");
  }

  private static Formula raised(Formula formula, String script, Formula exponent) {
    if (formula instanceof Formula.Name(String base, String below, String above)) {
      boolean head = OF_HEADS.matcher(base).matches() && script.matches("[1-9]");
      boolean variance = base.equals("σ") || base.equals("\\sigma");
      if (above.isEmpty() && below.isEmpty() && (head || (variance && script.equals("2")))) {
        return new Formula.Name(base, below, head ? "(" + script + ")" : script);
      }
      if (base.equals("e") && below.isEmpty() && above.isEmpty()) {
        return new Formula.Call("exp", List.of(exponent), "");
      }
    }
    return new Formula.Power(formula, exponent);
  }

  private Formula method(Formula formula) throws Unreadable {
    String name = cursor.take().text();
    String arguments = cursor.peek().is("(") ? Names.canonical(group()) : "";
    if (name.equals("grad")) {
      return new Formula.Gradient(formula);
    }
    if (name.equals("shape")) {
      int start = cursor.peek().start();
      while (!cursor.atEnd() && !cursor.peek().is("]")) {
        cursor.take();
      }
      cursor.require("]");
      if (!SIZE.matcher(cursor.between(start, cursor.before().end())).matches()) {
        throw cursor.unexpected("expected.number");
      }
      return new Formula.Width(formula);
    }
    Matcher direction = DIRECTION.matcher(arguments);
    if (Set.of("sum", "mean", "max").contains(name)) {
      if (!direction.matches()) {
        throw cursor.unexpected("expected.number");
      }
      String function = name.equals("max") ? "rowmax" : name;
      return new Formula.Call(function, List.of(formula), "axis" + direction.group(1));
    }
    boolean swap = Set.of("", "-2,-1", "-1,-2", "0,1", "1,0").contains(arguments);
    if (!swap) {
      throw cursor.unexpected("expected.number");
    }
    return new Formula.Transposed(formula);
  }

  /** The index of a sum: {@code _j}, {@code _{j=1}^{n}}, {@code _{i,j}}. */
  String limits() throws Unreadable {
    cursor.skipSpace();
    if (!cursor.peek().is("_")) {
      return "";
    }
    cursor.take();
    cursor.skipSpace();
    Token token = cursor.peek();
    String below;
    if (token.kind() == Kind.WORD && !token.text().startsWith("\\") && token.text().length() > 1) {
      cursor.replace(
          new Token(Kind.WORD, token.text().substring(1), token.start() + 1, token.end()));
      below = token.text().substring(0, 1);
    } else {
      below = script("");
    }
    cursor.skipSpace();
    if (cursor.peek().is("^")) {
      cursor.take();
      cursor.skipSpace();
      if (cursor.peek().is("{")) {
        group();
      } else {
        indexed(new Formula.Name(cursor.take().text(), "", ""));
      }
    }
    return below.replaceAll("(=|∈|≤).*", "");
  }

  /** The single indices of a script, letters or numbers; none for anything else. */
  static List<String> indices(String script) {
    List<String> indices = new ArrayList<>();
    String bare = script.replaceAll("[(),:\\s]", " ").strip();
    if (bare.matches("[a-z1-9]( ?[a-z1-9])?")) {
      bare.replace(" ", "").chars().forEach(c -> indices.add(Character.toString(c)));
    }
    return indices;
  }
}
