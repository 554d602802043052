package dev.qkv.sheet.note.notation.formula;

import dev.qkv.sheet.note.notation.Cursor;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the operands of a formula: names, numbers, groups, functions, sums and gradients. */
final class FormulaOperands {
  private static final int LONGEST_NUMBER = 40;
  private static final Set<String> LOSSES = Set.of("L", "ℓ", "Loss", "loss", "J", "\\ell");
  private static final Set<String> DOTS = Set.of("…", "⋯", "\\dots", "\\ldots", "\\cdots");
  private static final Set<String> SEPARATORS = Set.of(",", ";", "‖", "|", "&", "、");

  private final FormulaSyntax syntax;
  private final Cursor cursor;
  private final FormulaWords words;
  private final FormulaScripts scripts;

  FormulaOperands(FormulaSyntax syntax, Cursor cursor) {
    this.syntax = syntax;
    this.cursor = cursor;
    this.scripts = new FormulaScripts(syntax, cursor);
    this.words = new FormulaWords(syntax, this, scripts, cursor);
  }

  Formula withScripts(Formula operand) throws Unreadable {
    return scripts.on(operand);
  }

  Formula operand() throws Unreadable {
    cursor.skipSpace();
    Token token = cursor.peek();
    if (token.kind() == Kind.NUMBER) {
      return number(cursor.take());
    }
    if (token.kind() == Kind.BEGIN) {
      return environment();
    }
    if (DOTS.contains(token.text())) {
      cursor.take();
      return new Formula.Dots();
    }
    if (token.is(".") && cursor.peek(1).is(".")) {
      while (cursor.peek().is(".")) {
        cursor.take();
      }
      return new Formula.Dots();
    }
    return switch (token.text()) {
      case "(", "{" -> group();
      case "[" -> beside();
      case "⟨", "\\langle" -> inner();
      case "‖", "\\lVert" -> norm();
      case "∑", "Σ" -> total(false);
      case "∂" -> gradient();
      case "∇" -> nabla();
      case "√", "\\sqrt" -> root();
      case "\\frac", "\\dfrac", "\\tfrac", "\\cfrac" -> fraction();
      case "α", "β", "γ", "μ", "σ", "ε" -> new Formula.Name(cursor.take().text(), "", "");
      default -> {
        if (token.kind() != Kind.WORD) {
          throw cursor.unexpected("expected.number");
        }
        yield words.word();
      }
    };
  }

  private Formula number(Token token) throws Unreadable {
    if (token.text().length() > LONGEST_NUMBER) {
      throw cursor.unexpected("expected.number");
    }
    return new Formula.Numeric(Value.of(new BigDecimal(token.text())));
  }

  /** A formula in round or curly brackets, or a gradient written as a fraction in them. */
  Formula group() throws Unreadable {
    Token open = cursor.take();
    Formula inside = syntax.sum();
    cursor.require(open.is("(") ? ")" : "}");
    return inside;
  }

  /** Square brackets: matrices side by side, or one formula. */
  private Formula beside() throws Unreadable {
    cursor.take();
    syntax.list(true);
    List<Formula> parts = list("]");
    syntax.list(false);
    return parts.size() == 1 ? parts.getFirst() : new Formula.Beside(parts);
  }

  /** Formulas up to a closing bracket. */
  List<Formula> list(String close) throws Unreadable {
    List<Formula> parts = new ArrayList<>();
    while (true) {
      cursor.skipSpace();
      if (cursor.peek().is(close) && !parts.isEmpty()) {
        cursor.take();
        return parts;
      }
      parts.add(syntax.sum());
      cursor.skipSpace();
      boolean separated = false;
      while (SEPARATORS.contains(cursor.peek().text()) || cursor.peek().kind() == Kind.NEW_ROW) {
        cursor.take();
        cursor.skipSpace();
        separated = true;
      }
      if (!separated && !cursor.peek().is(close)) {
        throw cursor.unexpected("expected.cell");
      }
    }
  }

  private Formula environment() throws Unreadable {
    cursor.take();
    List<Formula> parts = new ArrayList<>();
    while (true) {
      parts.add(syntax.sum());
      cursor.skipSpace();
      Token token = cursor.take();
      if (token.kind() == Kind.END) {
        return parts.size() == 1 ? parts.getFirst() : new Formula.Beside(parts);
      }
      if (!token.is("&")) {
        throw cursor.unexpected("expected.cell");
      }
    }
  }

  /** ⟨a, b⟩ is the dot product. */
  private Formula inner() throws Unreadable {
    cursor.take();
    Formula left = syntax.sum();
    cursor.require(",");
    Formula right = syntax.sum();
    cursor.skipSpace();
    if (!cursor.peek().is("⟩") && !cursor.peek().isWord("\\rangle")) {
      throw cursor.unexpected("expected.cell");
    }
    cursor.take();
    return new Formula.Product(List.of(left, right), List.of(Formula.Times.DOT));
  }

  /** ‖x‖, the root of the sum of all squares. */
  private Formula norm() throws Unreadable {
    cursor.take();
    syntax.list(true);
    Formula inside = syntax.sum();
    syntax.list(false);
    cursor.skipSpace();
    if (!cursor.peek().is("‖") && !cursor.peek().isWord("\\rVert")) {
      throw cursor.unexpected("expected.cell");
    }
    cursor.take();
    if (cursor.peek().is("_")) {
      cursor.take();
      scripts.script("");
    }
    return new Formula.Call("norm", List.of(inside), "");
  }

  private Formula root() throws Unreadable {
    cursor.take();
    cursor.skipSpace();
    return new Formula.Call("sqrt", List.of(scripts.indexed(operand())), "");
  }

  private Formula fraction() throws Unreadable {
    cursor.take();
    int mark = cursor.mark();
    boolean differential = differs();
    cursor.back(mark);
    if (differential) {
      Formula gradient = partial(true);
      if (gradient != null) {
        return gradient;
      }
      cursor.back(mark);
    }
    return new Formula.Quotient(argument(), argument());
  }

  /** Whether a brace opens here with a differential of the loss in it. */
  private boolean differs() {
    cursor.skipSpace();
    if (!cursor.peek().is("{")) {
      return false;
    }
    cursor.take();
    cursor.skipSpace();
    return cursor.peek().is("∂") || cursor.peek().isWord("dL");
  }

  /** What TeX takes: a group or the next token, of digits the first. */
  private Formula argument() throws Unreadable {
    cursor.skipSpace();
    Token token = cursor.peek();
    if (token.is("{")) {
      return group();
    }
    if (token.kind() == Kind.NUMBER && token.text().length() > 1) {
      cursor.replace(
          new Token(Kind.NUMBER, token.text().substring(1), token.start() + 1, token.end()));
      return number(
          new Token(Kind.NUMBER, token.text().substring(0, 1), token.start(), token.start() + 1));
    }
    return operand();
  }

  private Formula total(boolean largest) throws Unreadable {
    cursor.take();
    return total(largest, scripts.limits());
  }

  /** A sum or the largest over indices that have been read. */
  Formula total(boolean largest, String indices) throws Unreadable {
    Formula body = syntax.product();
    List<String> each = FormulaScripts.indices(indices);
    if (each.isEmpty()) {
      throw cursor.unexpected("expected.number");
    }
    for (String index : each.reversed()) {
      body = new Formula.Total(index, largest, body);
    }
    return body;
  }

  private Formula gradient() throws Unreadable {
    Formula gradient = partial(false);
    if (gradient == null) {
      throw cursor.unexpected("expected.number");
    }
    return gradient;
  }

  /** ∂L/∂W, or with both halves in braces; nothing for another fraction. */
  private @Nullable Formula partial(boolean braces) throws Unreadable {
    if (!side(braces)) {
      return null;
    }
    boolean whole = cursor.peek().isWord("dL");
    cursor.take();
    if (!whole) {
      loss();
    }
    closed(braces);
    cursor.skipSpace();
    if (!braces) {
      cursor.require("/");
    }
    if (!side(braces)) {
      return null;
    }
    Token sign = cursor.take();
    if (!sign.is("∂")) {
      String rest = sign.text().startsWith("d") ? sign.text().substring(1) : "";
      if (rest.isEmpty()) {
        return null;
      }
      cursor.back(cursor.mark() - 1);
      cursor.replace(new Token(Kind.WORD, rest, sign.start() + 1, sign.end()));
    }
    Formula of = scripts.indexed(operand());
    closed(braces);
    return new Formula.Gradient(of);
  }

  /** One half of a fraction of differentials: up to its ∂ or d. */
  private boolean side(boolean braces) {
    cursor.skipSpace();
    if (braces) {
      if (!cursor.peek().is("{")) {
        return false;
      }
      cursor.take();
      cursor.skipSpace();
    }
    Token token = cursor.peek();
    return token.is("∂") || (token.kind() == Kind.WORD && token.text().startsWith("d"));
  }

  private void closed(boolean braces) throws Unreadable {
    if (braces) {
      cursor.require("}");
    }
  }

  private void loss() throws Unreadable {
    cursor.skipSpace();
    while (cursor.peek().kind() == Kind.WORD && words.isWrapper(cursor.peek().text())) {
      cursor.take();
      cursor.skipSpace();
    }
    boolean brace = cursor.peek().is("{");
    if (brace) {
      cursor.take();
      cursor.skipSpace();
    }
    if (!LOSSES.contains(cursor.peek().text()) && !cursor.peek().isWord("ℒ")) {
      throw cursor.unexpected("expected.number");
    }
    cursor.take();
    closed(brace);
  }

  /** ∇_W L. */
  private Formula nabla() throws Unreadable {
    cursor.take();
    cursor.require("_");
    cursor.skipSpace();
    Formula of = cursor.peek().is("{") ? group() : operand();
    int mark = cursor.mark();
    try {
      loss();
    } catch (Unreadable e) {
      cursor.back(mark);
    }
    return new Formula.Gradient(of);
  }

  /** dL/dW, whose first word has been seen. */
  Formula differential() throws Unreadable {
    return gradient();
  }
}
