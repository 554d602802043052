package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Gradients;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.term.Quantity;

/** What remains of a line when its equations are read: what it asks, sizes, a statement. */
final class Remainder {
  /** Words shorter than this are lead-ins, not statements. */
  private static final int SHORTEST_STATEMENT = 8;

  private final LogicalLine line;
  private final Sizes sizes;

  Remainder(LogicalLine line, Sizes sizes) {
    this.line = line;
    this.sizes = sizes;
  }

  /** Reads what remains of a line, which a label may have stood before. */
  void read(boolean labelled) {
    String words = line.words();
    sizes.read(words);
    boolean asking = Concepts.asks(words) || (labelled && !line.asserts);
    if (!line.context.answer && Concepts.asks(words)) {
      line.draft.rows.addAll(Concepts.rows(words));
    }
    if (!line.context.answer && asking) {
      int head = Concepts.head(words).orElse(0);
      Gradients.in(words).forEach(q -> asked(q, 0));
      for (Concepts.Mention mention :
          labelled && !line.asserts ? Concepts.in(words) : Concepts.asked(words)) {
        asked(mention.quantity(), head);
      }
      askedNames();
    }
    if (line.context.answer && !line.asserts) {
      String bare = words.replaceAll("[\\s>*_#`$-]+", "");
      if (bare.length() >= SHORTEST_STATEMENT && !bare.matches(".*[→:：]$")) {
        line.draft.add(new Claim.Words(line.number, words.replace("$", " ").strip()));
      }
    }
  }

  private void asked(Quantity quantity, int head) {
    Quantity meant = Quantities.inHead(quantity, head);
    line.draft.asked.add(meant);
    if (!line.context.part.isEmpty()) {
      line.draft.parts.putIfAbsent(line.context.part, meant);
    }
  }

  private void askedNames() {
    for (Element e : line.elements) {
      if (e instanceof Element.Name name && !line.context.part.isEmpty()) {
        boolean given =
            line.draft.assertions.stream()
                .anyMatch(a -> a.quantity().equals(name.reference().quantity()));
        if (!given) {
          line.draft.parts.put(line.context.part, name.reference().quantity());
        }
      }
    }
  }
}
