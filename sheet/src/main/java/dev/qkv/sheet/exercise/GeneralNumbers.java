package dev.qkv.sheet.exercise;

import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Numbers in general: of a problem's shapes, and of no particular value. */
final class GeneralNumbers {
  private static final int COUNT = 2;
  private static final long SEED = 5;

  /** What is no measured number: a mask, classes, positions. */
  private static final Set<Quantity> PARTICULAR =
      Set.of(Quantities.MASK, Quantities.LABEL, Quantities.POSITION);

  private GeneralNumbers() {}

  static List<Map<Quantity, Doubles>> of(Problem problem) {
    Random random = new Random(SEED);
    List<Map<Quantity, Doubles>> worlds = new ArrayList<>();
    for (int w = 0; w < COUNT; w++) {
      Map<Quantity, Doubles> world = new HashMap<>();
      problem
          .givens()
          .forEach(
              (quantity, numbers) -> {
                Doubles own = Doubles.of(numbers);
                boolean free = !quantity.isScalar() && !PARTICULAR.contains(quantity);
                world.put(quantity, free ? own.map(x -> random.nextGaussian()) : own);
              });
      worlds.add(world);
    }
    return worlds;
  }
}
