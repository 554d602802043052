package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What products of two quantities are, whatever a note or its code calls them, and however it turns
 * its factors.
 */
public final class Products {
  private static final Map<List<Quantity>, Quantity> PRODUCTS =
      Map.ofEntries(
          Map.entry(List.of(Quantities.Q, Quantities.K), Quantities.DOT),
          Map.entry(List.of(Quantities.K, Quantities.Q), Quantities.DOT),
          Map.entry(List.of(Quantities.A, Quantities.V), Quantities.Z),
          Map.entry(List.of(Quantities.X, Quantities.W_Q), Quantities.Q),
          Map.entry(List.of(Quantities.X, Quantities.W_K), Quantities.K),
          Map.entry(List.of(Quantities.X, Quantities.W_V), Quantities.V),
          Map.entry(List.of(Quantities.MEMORY, Quantities.W_K), Quantities.K),
          Map.entry(List.of(Quantities.MEMORY, Quantities.W_V), Quantities.V),
          Map.entry(List.of(Quantities.CONCAT, Quantities.W_O), Quantities.O),
          Map.entry(List.of(Quantities.Z, Quantities.W_O), Quantities.O),
          Map.entry(List.of(Quantities.W, Quantities.INPUT), Quantities.Q),
          Map.entry(List.of(Quantities.A, Quantities.D_Z), Quantities.D_V),
          Map.entry(List.of(Quantities.D_Z, Quantities.V), Quantities.D_A),
          Map.entry(List.of(Quantities.D_S, Quantities.K), Quantities.D_Q),
          Map.entry(List.of(Quantities.D_S, Quantities.Q), Quantities.D_K_GRADIENT));

  private Products() {}

  /** What the product of two quantities is, in the head that they are of; nothing if not known. */
  public static Optional<Quantity> of(Quantity left, Quantity right) {
    Quantity product = PRODUCTS.get(List.of(left.head(0), right.head(0)));
    return Optional.ofNullable(product)
        .map(p -> Quantities.inHead(p, Math.max(left.head(), right.head())));
  }
}
