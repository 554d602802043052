package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.audit.Working.Amount;
import dev.qkv.sheet.audit.Working.Factor;
import dev.qkv.sheet.audit.Working.Product;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads an expression of numbers: what it may come to, and the products that it adds up. */
final class ArithmeticSyntax {
  private static final int DEEPEST = 40;
  private static final int LONGEST_NUMBER = 20;
  private static final Amount EULER = Amount.of(Math.E, 0);

  /** An expression. */
  record Read(Amount amount, List<Product> products) {
    private static Read single(String text, Amount amount) {
      return new Read(amount, List.of(new Product(List.of(new Factor(text, amount)))));
    }

    private boolean isSingle() {
      return products.size() == 1 && products.getFirst().factors().size() == 1;
    }

    private Read negated() {
      List<Product> turned = new ArrayList<>();
      for (Product product : products) {
        List<Factor> factors = new ArrayList<>(product.factors());
        Factor first = factors.getFirst();
        factors.set(0, new Factor("−" + first.text(), first.amount().negated()));
        turned.add(new Product(factors));
      }
      return new Read(amount.negated(), turned);
    }
  }

  private final Cursor cursor;
  private int depth;

  ArithmeticSyntax(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Whether what was read since a mark is a number or a question mark alone. */
  boolean isLiteral(int mark) {
    int end = cursor.mark();
    int numbers = 0;
    cursor.back(mark);
    while (cursor.mark() < end) {
      Token token = cursor.take();
      boolean silent = token.kind() == Kind.SPACE || token.is("-") || token.is("+");
      numbers += silent ? 0 : token.kind() == Kind.NUMBER || token.is("?") ? 1 : 2;
    }
    return numbers == 1;
  }

  Read sum() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    Read sum = product();
    while (true) {
      cursor.skipSpace();
      Token sign = cursor.peek();
      if (!sign.is("+") && !sign.is("-")) {
        depth--;
        return sum;
      }
      cursor.take();
      Read next = sign.is("-") ? product().negated() : product();
      List<Product> all = new ArrayList<>(sum.products());
      all.addAll(next.products());
      sum = new Read(sum.amount().plus(next.amount()), all);
    }
  }

  private Read product() throws Unreadable {
    int start = start();
    Read product = factor();
    while (true) {
      int mark = cursor.mark();
      cursor.skipSpace();
      Token sign = cursor.peek();
      if (sign.is("·") || sign.is("×")) {
        cursor.take();
        product = times(product, factor());
      } else if (sign.is("/") || sign.is("÷")) {
        cursor.take();
        product = divided(product, factor(), start);
      } else if (sign.is("(") || sign.is("√") || sign.isWord("\\sqrt") || sign.isWord("\\frac")) {
        product = times(product, factor());
      } else {
        cursor.back(mark);
        return product;
      }
    }
  }

  private int start() {
    cursor.skipSpace();
    return cursor.peek().start();
  }

  private String since(int start) {
    return cursor.between(start, cursor.before().end()).strip();
  }

  /** Single factors are a product; one factor of a sum stands before all of it. */
  private static Read times(Read left, Read right) {
    Amount amount = left.amount().times(right.amount());
    boolean sums = left.products().size() > 1 && right.products().size() > 1;
    if (left.products().size() > 1 || right.products().size() > 1) {
      Read sum = left.products().size() > 1 ? left : right;
      return sums ? Read.single("…", amount) : new Read(amount, sum.products());
    }
    List<Factor> factors = new ArrayList<>(left.products().getFirst().factors());
    factors.addAll(right.products().getFirst().factors());
    return new Read(amount, List.of(new Product(factors)));
  }

  private Read divided(Read above, Read below, int start) {
    Amount amount = above.amount().over(below.amount());
    return above.isSingle()
        ? Read.single(since(start), amount)
        : new Read(amount, above.products());
  }

  private Read factor() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    int start = start();
    Read read;
    if (cursor.peek().is("-")) {
      cursor.take();
      read = factor().negated();
    } else if (cursor.peek().is("+")) {
      cursor.take();
      read = factor();
    } else {
      read = powers(primary(), start);
    }
    depth--;
    return read;
  }

  private Read powers(Read base, int start) throws Unreadable {
    if (!cursor.peek().is("^") && !cursor.peek().is("²")) {
      return base;
    }
    Amount exponent = Amount.of(2, 0);
    if (cursor.take().is("^")) {
      exponent = argument().amount();
    }
    Amount amount = Amount.OPEN;
    if (base.amount().equals(EULER)) {
      amount = exponent.exp();
    } else if (exponent.equals(Amount.of(2, 0))) {
      amount = base.amount().times(base.amount());
    }
    return Read.single(since(start), amount);
  }

  private Read primary() throws Unreadable {
    int start = start();
    Token token = cursor.peek();
    if (token.kind() == Kind.NUMBER) {
      cursor.take();
      return number(token);
    }
    if (token.is("(") || token.is("{")) {
      return group();
    }
    switch (token.text()) {
      case "?" -> {
        cursor.take();
        return Read.single("?", Amount.OPEN);
      }
      case "√", "\\sqrt", "sqrt" -> {
        cursor.take();
        Amount root = argument().amount().root();
        return Read.single(since(start), root);
      }
      case "exp", "\\exp" -> {
        cursor.take();
        Amount power = argument().amount().exp();
        return Read.single(since(start), power);
      }
      case "e" -> {
        cursor.take();
        return Read.single("e", EULER);
      }
      case "\\frac", "\\dfrac", "\\tfrac" -> {
        cursor.take();
        Read above = argument();
        return divided(above, argument(), start);
      }
      default -> throw cursor.unexpected("expected.number");
    }
  }

  private Read number(Token token) throws Unreadable {
    String digits = token.text();
    boolean scientific = cursor.peek().isWord("e") || cursor.peek().isWord("E");
    if (digits.length() > LONGEST_NUMBER || scientific) {
      throw cursor.unexpected("expected.number");
    }
    int point = digits.indexOf('.');
    double unit = point < 0 ? 0 : Math.pow(10, point + 1 - digits.length());
    return Read.single(digits, Amount.of(Double.parseDouble(digits), unit));
  }

  private Read group() throws Unreadable {
    Token open = cursor.take();
    Read inside = sum();
    cursor.require(open.is("(") ? ")" : "}");
    return inside;
  }

  /** A group, or the single thing that follows; of digits TeX takes one. */
  private Read argument() throws Unreadable {
    cursor.skipSpace();
    Token token = cursor.peek();
    if (token.is("{") || token.is("(")) {
      return group();
    }
    if (token.is("-")) {
      return factor();
    }
    return primary();
  }
}
