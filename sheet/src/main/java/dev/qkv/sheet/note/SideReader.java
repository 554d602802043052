package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.term.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what a side of a relation is about: {@code q·k_1/√2} is a score. */
final class SideReader {
  private static final Pattern DIVISOR = Pattern.compile("/√?\\(?\\d+(?:\\.\\d+)?\\)?");

  private enum Role {
    QUERY,
    KEY,
    OTHER
  }

  /** Words behind which something else stands than before them. */
  private static final Set<String> MAKES =
      Set.of("gives", "give", "yields", "yield", "becomes", "得", "得到");

  private final String text;
  private final List<Element> elements;

  SideReader(String text, List<Element> elements) {
    this.text = text;
    this.elements = elements;
  }

  /** The side that the elements from one to before another make up. */
  Side of(int from, int to) {
    boolean arrow =
        from > 0 && elements.get(from - 1) instanceof Element.Relation r && r.kind() == Kind.ARROW;
    boolean made =
        from > 0
            && elements.get(from - 1) instanceof Element.Relation r
            && MAKES.contains(text.substring(r.start(), r.end()).toLowerCase(Locale.ROOT));
    boolean factor =
        from > 1
            && elements.get(from - 1) instanceof Element.Operator o
            && "·×@/".contains(o.sign())
            && elements.get(from - 2) instanceof Element.Word;
    if (factor && elements.get(from) instanceof Element.Name) {
      return new Side(from, to, null, null, false, arrow, made);
    }
    if (to == from + 1) {
      if (elements.get(from) instanceof Element.Numbers numbers) {
        return new Side(from, to, numbers.grid(), null, false, arrow, made);
      }
      if (elements.get(from) instanceof Element.Name name) {
        Subject subject = Subject.of(name.reference(), text.substring(name.start(), name.end()));
        return new Side(from, to, null, subject, true, arrow, made);
      }
    }
    Subject product = product(from, to);
    if (product == null) {
      product = alias(from, to);
    }
    return new Side(from, to, null, product, false, arrow, made);
  }

  /** The whole side as a name, such as {@code QKᵀ/√d_k} or {@code softmax(S)}. */
  private @Nullable Subject alias(int from, int to) {
    String written = text.substring(elements.get(from).start(), elements.get(to - 1).end());
    String canonical = Names.canonical(written);
    Optional<Reference> reference =
        Names.side(canonical).or(() -> Names.side(DIVISOR.matcher(canonical).replaceAll("/√d_k")));
    if (reference.isPresent()) {
      return Subject.of(reference.get(), written);
    }
    Optional<Quantity> made = Structure.of(elements, from, to, written);
    if (made.isPresent()) {
      return Subject.of(made.get());
    }
    return elements.get(from) instanceof Element.Name name
            && name.reference().isWhole()
            && name.reference().quantity().sameConcept(Quantities.A)
            && written.toLowerCase(Locale.ROOT).contains("softmax")
        ? Subject.of(Quantities.A)
        : null;
  }

  /** {@code q_i·k_j}, over √d_k or not: a cell of the scores. */
  private @Nullable Subject product(int from, int to) {
    Reference query = null;
    Reference key = null;
    boolean scaled = false;
    for (int k = from; k < to; k++) {
      Element e = elements.get(k);
      if (e instanceof Element.Name name) {
        Role role = role(name.reference());
        if (role == Role.QUERY && query == null) {
          query = name.reference();
        } else if (role == Role.KEY && key == null) {
          key = name.reference();
        } else if (!name.reference().quantity().equals(Quantities.ROOT_D_K)) {
          return null;
        }
      } else if (e instanceof Element.Operator o) {
        scaled |= o.sign().equals("/") || o.sign().endsWith("frac");
        if (!"·×@ᵀ/()T^{}√".contains(o.sign()) && !o.sign().startsWith("\\")) {
          return null;
        }
      } else if (!scaled && !isRootBehind(k)) {
        return null;
      }
    }
    if (query == null || key == null) {
      return null;
    }
    return new Subject(
        (scaled ? Quantities.S : Quantities.DOT).head(query.quantity().head()),
        index(query),
        index(key),
        "",
        true);
  }

  private boolean isRootBehind(int at) {
    return elements.get(at) instanceof Element.Numbers
        && at > 0
        && elements.get(at - 1) instanceof Element.Operator o
        && o.sign().equals("/");
  }

  private static Role role(Reference reference) {
    return reference.quantity().sameConcept(Quantities.Q)
        ? Role.QUERY
        : reference.quantity().sameConcept(Quantities.K) ? Role.KEY : Role.OTHER;
  }

  private static String index(Reference reference) {
    return reference.label().isPresent()
        ? reference.label().get()
        : reference.number().isPresent()
            ? String.valueOf(reference.number().getAsInt())
            : reference.row().isPresent() ? String.valueOf(reference.row().getAsInt()) : "";
  }
}
