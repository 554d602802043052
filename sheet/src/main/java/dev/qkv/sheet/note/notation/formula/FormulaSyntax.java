package dev.qkv.sheet.note.notation.formula;

import dev.qkv.sheet.note.notation.Cursor;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.formula.Formula.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a formula is built: sums of products of operands with what hangs on them. */
final class FormulaSyntax {
  private static final int DEEPEST = 40;

  private final Cursor cursor;
  private final Reading reading;
  private final FormulaOperands operands;
  private int depth;

  /** How many lists are open, in which ‖ stands between matrices and not for a norm. */
  private int lists;

  FormulaSyntax(String text, int from, int to, Reading reading) {
    this.cursor = new Cursor(text, from, to);
    this.reading = reading;
    this.operands = new FormulaOperands(this, cursor);
  }

  /** The whole text as one formula; a full stop or a comma may end it. */
  Formula whole() throws Unreadable {
    Formula formula = sum();
    cursor.skipSpace();
    while (cursor.peek().is(".") || cursor.peek().is(",") || cursor.peek().is("。")) {
      cursor.take();
      cursor.skipSpace();
    }
    if (!cursor.atEnd()) {
      throw cursor.unexpected("expected.end");
    }
    return formula;
  }

  Formula sum() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    List<Formula> terms = new ArrayList<>();
    cursor.skipSpace();
    boolean minus = sign();
    terms.add(minus ? new Formula.Negative(product()) : product());
    while (true) {
      cursor.skipSpace();
      if (!cursor.peek().is("+") && !cursor.peek().is("-")) {
        depth--;
        return terms.size() == 1 ? terms.getFirst() : new Formula.Sum(terms);
      }
      boolean less = sign();
      terms.add(less ? new Formula.Negative(product()) : product());
    }
  }

  /** Takes a sign; true for a minus. */
  private boolean sign() {
    Token token = cursor.peek();
    if (token.is("+") || token.is("-")) {
      cursor.take();
      return token.is("-");
    }
    return false;
  }

  /** Factors and quotients, up to the next plus or minus. */
  Formula product() throws Unreadable {
    List<Formula> factors = new ArrayList<>(List.of(factor()));
    List<Times> signs = new ArrayList<>();
    while (true) {
      int mark = cursor.mark();
      cursor.skipSpace();
      Token token = cursor.peek();
      Times times = times(token);
      if (token.is("/") || token.is("÷")) {
        cursor.take();
        Formula divided = new Formula.Quotient(product(factors, signs), denominator());
        factors = new ArrayList<>(List.of(divided));
        signs = new ArrayList<>();
      } else if (times != null) {
        cursor.take();
        signs.add(times);
        factors.add(factor());
      } else if (startsOperand(token)) {
        signs.add(Times.NOTHING);
        factors.add(factor());
      } else {
        cursor.back(mark);
        return product(factors, signs);
      }
    }
  }

  private static Formula product(List<Formula> factors, List<Times> signs) {
    return factors.size() == 1 ? factors.getFirst() : new Formula.Product(factors, signs);
  }

  private Formula denominator() throws Unreadable {
    List<Formula> factors = new ArrayList<>(List.of(factor()));
    List<Times> signs = new ArrayList<>();
    while (true) {
      int mark = cursor.mark();
      cursor.skipSpace();
      if (!startsOperand(cursor.peek()) || !reading.is(Reading.Choice.TIGHT)) {
        cursor.back(mark);
        return product(factors, signs);
      }
      signs.add(Times.NOTHING);
      factors.add(factor());
    }
  }

  private @Nullable Times times(Token token) {
    if (token.kind() != Kind.SYMBOL) {
      return null;
    }
    boolean star = "*∗".contains(cursor.between(token.start(), token.end()));
    return switch (token.text()) {
      case "·" -> star ? Times.STAR : Times.DOT;
      case "×" -> Times.DOT;
      case "@" -> Times.AT;
      case "∘", "⊙", "○" -> Times.CELLS;
      default -> null;
    };
  }

  void list(boolean opens) {
    lists += opens ? 1 : -1;
  }

  private boolean startsOperand(Token token) {
    boolean closes = token.isWord("\\rangle") || token.isWord("\\rVert");
    return (token.kind() == Kind.WORD && !closes)
        || token.kind() == Kind.BEGIN
        || (token.is("‖") && lists == 0)
        || List.of("(", "[", "{", "√", "∑", "∂", "∇", "α", "β", "γ", "μ", "σ", "ε", "⟨")
            .contains(token.text());
  }

  /** An operand with its indices, powers and transposes. */
  Formula factor() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    cursor.skipSpace();
    Formula formula =
        cursor.peek().is("-") || cursor.peek().is("+")
            ? sign() ? new Formula.Negative(factor()) : factor()
            : operands.withScripts(operands.operand());
    depth--;
    return formula;
  }
}
