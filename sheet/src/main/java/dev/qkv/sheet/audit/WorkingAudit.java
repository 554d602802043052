package dev.qkv.sheet.audit;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Step;
import dev.qkv.sheet.evaluation.ExactArithmetic;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Product;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares written-out arithmetic, link by link and with the products of the cell that it is for.
 */
final class WorkingAudit {
  private static final ExactArithmetic EXACT = new ExactArithmetic();
  private static final Notation NOTATION = new Notation(4, Markup.PLAIN);
  private static final double SLACK = 1e-9;
  private static final int MOST_NOTES = 3;

  private final Derivation derivation;
  private final Quantity quantity;

  WorkingAudit(Derivation derivation, Quantity quantity) {
    this.derivation = derivation;
    this.quantity = quantity;
  }

  /** What is to be said about the arithmetic of a claim; nothing where it is in order. */
  List<Message> notes(Claim.Numbers claim, List<Placement.Place> places) {
    List<Message> notes = new ArrayList<>(broken(claim.working()));
    Optional<Matrix[]> factors = factors();
    int rows = claim.numbers().size();
    int columns = claim.numbers().getFirst().size();
    for (Working.Link link : claim.working().links()) {
      boolean fits = link.cells().size() == rows && link.cells().getFirst().size() == columns;
      for (int k = 0; fits && factors.isPresent() && k < places.size(); k++) {
        Working.Part part = link.cells().get(k / columns).get(k % columns);
        Placement.Place place = places.get(k);
        if (!part.literal() && notes.size() < MOST_NOTES) {
          compare(part, factors.get(), place).ifPresent(notes::add);
        }
      }
    }
    return notes;
  }

  /** The links that do not come to what the link before them comes to. */
  static List<Message> broken(Working working) {
    List<Message> notes = new ArrayList<>();
    for (int k = 1; k < working.links().size() && notes.size() < MOST_NOTES; k++) {
      Working.Link before = working.links().get(k - 1);
      Working.Link link = working.links().get(k);
      if (!agree(before, link)) {
        notes.add(Message.of("note.link", before.text(), link.text()));
      }
    }
    return notes;
  }

  private static boolean agree(Working.Link before, Working.Link link) {
    if (before.cells().size() != link.cells().size()) {
      return true; // one of them is not about the same cells
    }
    for (int i = 0; i < link.cells().size(); i++) {
      List<Working.Part> left = before.cells().get(i);
      List<Working.Part> right = link.cells().get(i);
      for (int j = 0; left.size() == right.size() && j < right.size(); j++) {
        if (!agree(left.get(j), right.get(j), link.about())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether two expressions may come to the same; what is rounded may be rounded down as well. */
  private static boolean agree(Working.Part left, Working.Part right, boolean about) {
    Working.Amount one = left.amount();
    Working.Amount other = right.amount();
    if (!one.isKnown() || !other.isKnown()) {
      return true;
    }
    boolean whole = right.literal() && other.unit() == 0;
    double room = whole ? (about ? 1 : 0) : right.literal() && about ? other.unit() / 2 : 0;
    double slack = SLACK * (1 + Math.abs(one.high()) + Math.abs(other.high())) + room;
    return one.low() <= other.high() + slack && other.low() <= one.high() + slack;
  }

  /** The two matrices whose product the quantity is, apart from a factor or a divisor. */
  private Optional<Matrix[]> factors() {
    Quantity of =
        quantity.sameConcept(Quantities.MASKED) ? Quantities.S.head(quantity.head()) : quantity;
    return product(of, 0)
        .flatMap(
            p -> {
              try {
                return Optional.of(new Matrix[] {value(p.left()), value(p.right())});
              } catch (SheetException e) {
                return Optional.empty();
              }
            });
  }

  private Matrix value(Term term) {
    return EXACT.evaluate(new Equation(quantity, term), derivation.known());
  }

  private Optional<Product> product(Quantity of, int depth) {
    for (Step step : derivation.steps()) {
      if (step.formula().output().equals(of)) {
        return product(step.formula().term(), depth);
      }
    }
    return Optional.empty();
  }

  private Optional<Product> product(Term term, int depth) {
    if (term instanceof Product product) {
      return Optional.of(product);
    }
    if (term instanceof Quantity inner) {
      boolean dot = inner.sameConcept(Quantities.DOT) && depth == 0;
      return dot ? product(inner, 1) : Optional.empty();
    }
    List<Term> matrices = term.parts().stream().filter(t -> !isNumber(t)).toList();
    boolean scaled = matrices.size() == 1 && term.parts().size() == 2;
    return scaled ? product(matrices.getFirst(), depth) : Optional.empty();
  }

  private static boolean isNumber(Term term) {
    boolean row = term.rows() == Axis.ONE;
    return row && (term.columns() == Axis.ONE || term.columns() == Axis.CASE);
  }

  /** The first written product that is surely not the cell's. */
  private static Optional<Message> compare(
      Working.Part part, Matrix[] factors, Placement.Place place) {
    int width = factors[0].columns();
    List<Working.Product> written = part.products();
    boolean pairs =
        written.stream().allMatch(p -> p.factors().size() <= 2)
            && written.stream().anyMatch(p -> p.factors().size() == 2);
    if (width < 2 || written.size() != width || !pairs) {
      return Optional.empty();
    }
    Value[][] own = new Value[width][];
    for (int k = 0; k < width; k++) {
      own[k] = new Value[] {factors[0].at(place.row(), k), factors[1].at(k, place.column())};
    }
    ProductMatching matching = new ProductMatching(written, own);
    for (int k = 0; k < width; k++) {
      int meant = matching.meant(k);
      if (meant >= 0) {
        String right = shown(own[meant][0]) + "·" + shown(own[meant][1]);
        List<Working.Factor> wrong = written.get(k).factors();
        String got = wrong.getFirst().text() + "·" + wrong.getLast().text();
        return Optional.of(Message.of("note.product", k + 1, right, got));
      }
    }
    return Optional.empty();
  }

  private static String shown(Value value) {
    String number = NOTATION.number(value);
    return value.isFinite() && value.signum() < 0 ? "(" + number + ")" : number;
  }
}
