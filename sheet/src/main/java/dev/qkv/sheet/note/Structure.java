package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Products;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a side of an equation is by how it is made: a product of weights and values is an output,
 * whatever a note calls it.
 */
final class Structure {
  private final List<Quantity> factors = new ArrayList<>();
  private boolean divides;
  private boolean adds;
  private boolean root;

  private Structure() {}

  /** The quantity that the elements from one to before another make up. */
  static Optional<Quantity> of(List<Element> elements, int from, int to, String written) {
    Structure structure = new Structure();
    for (int k = from; k < to; k++) {
      if (!structure.take(elements, k)) {
        return Optional.empty();
      }
    }
    return structure.quantity(written.toLowerCase(Locale.ROOT).contains("softmax"));
  }

  private boolean take(List<Element> elements, int at) {
    switch (elements.get(at)) {
      case Element.Name name -> {
        Quantity quantity = name.reference().quantity();
        if (quantity.equals(Quantities.ROOT_D_K) || quantity.equals(Quantities.D_K)) {
          root = true;
        } else if (!name.reference().isWhole() || quantity.isScalar()) {
          return false;
        } else {
          factors.add(quantity);
        }
      }
      case Element.Operator operator -> {
        divides |= "/÷√".contains(operator.sign()) || operator.sign().endsWith("frac");
        adds |= operator.sign().equals("+");
        if ("-‖^_'".contains(operator.sign())) {
          return false;
        }
      }
      case Element.Numbers numbers -> {
        root |= numbers.grid().isNumber();
        if (!numbers.grid().isNumber()) {
          return false;
        }
      }
      case Element.Word word -> {
        Optional<Quantity> spoken = spoken(word);
        spoken.ifPresent(factors::add);
        return spoken.isPresent();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The matrix that a word names, as weights does in weights V. */
  static Optional<Quantity> spoken(Element.Word word) {
    String text = word.text();
    return text.length() < 2 || text.charAt(0) >= 128
        ? Optional.empty()
        : Names.side(text)
            .or(() -> Names.side(Names.canonical("\\" + text)))
            .map(Reference::quantity)
            .or(() -> Concepts.last(text).map(Concepts.Mention::quantity))
            .filter(q -> !q.isScalar());
  }

  private Optional<Quantity> quantity(boolean softmax) {
    int head = factors.stream().mapToInt(Quantity::head).max().orElse(0);
    if (factors.stream().anyMatch(q -> q.head() != head && Quantities.isOfHeads(q))) {
      return Optional.empty();
    }
    List<Quantity> concepts = factors.stream().map(q -> q.head(0)).toList();
    if (adds) {
      return concepts.size() == 2
              && concepts.contains(Quantities.X)
              && (concepts.contains(Quantities.Z) || concepts.contains(Quantities.O))
          ? Optional.of(Quantities.Y)
          : Optional.empty();
    }
    boolean weights = softmax && concepts.size() >= 2 && concepts.getFirst().equals(Quantities.A);
    List<Quantity> inner = weights ? concepts.subList(1, concepts.size()) : concepts;
    if (inner.size() < 2) {
      return Optional.empty();
    }
    Optional<Quantity> product = Products.of(inner.get(0), inner.get(1));
    if (product.filter(Quantities.DOT::equals).isPresent()) {
      product = scores(inner, softmax);
    } else if (inner.size() > 2) {
      return Optional.empty();
    }
    return product.map(p -> Quantities.inHead(p, head));
  }

  /** What QKᵀ is with what is done to it. */
  private Optional<Quantity> scores(List<Quantity> factors, boolean softmax) {
    boolean mixes = factors.size() == 3 && factors.get(2).equals(Quantities.V);
    if (softmax && mixes) {
      return Optional.of(Quantities.Z);
    }
    if (factors.size() > 2) {
      return Optional.empty();
    }
    return Optional.of(softmax ? Quantities.A : divides && root ? Quantities.S : Quantities.DOT);
  }
}
