package dev.qkv.sheet.audit;

import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds numbers, small and whole where it can be, for which a formula is wrong. */
final class Examples {
  private static final int TRIES = 12;

  /** Differences that somebody sees who computes with a few digits. */
  private static final double VISIBLE = 0.01;

  /** What divides, and is therefore drawn above 0. */
  private static final Set<Quantity> DIVISORS =
      Set.of(
          Quantities.VARIANCE,
          Quantities.DEVIATION,
          Quantities.ROW_SUM,
          Quantities.RMS,
          Quantities.MEAN_SQUARE);

  private Examples() {}

  static Optional<Judgement.Example> of(Equation reading, Worlds.Frame frame) {
    for (int seed = 1; seed <= TRIES; seed++) {
      Drawing drawing = Drawing.whole(seed);
      for (World world : Worlds.of(frame, drawing)) {
        Optional<Judgement.Example> found =
            direct(reading, world, drawing)
                .flatMap(w -> shown(reading, w))
                .or(() -> shown(reading, world));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The formula's own inputs as givens, where the right answer follows from them alone. */
  private static Optional<World> direct(Equation reading, World world, Drawing drawing) {
    Map<Quantity, Doubles> known = world.values(world.sheet(), reading.inputs());
    Map<Quantity, Doubles> numbers = new LinkedHashMap<>();
    Map<Quantity, Matrix> givens = new LinkedHashMap<>();
    for (Quantity input : reading.inputs()) {
      Doubles value = known.get(input);
      if (value == null) {
        return Optional.empty();
      }
      boolean number = input.isScalar() || value.rows() * value.columns() == 1;
      boolean mask = input.equals(Quantities.MASK);
      boolean divides = DIVISORS.contains(input.head(0));
      Doubles drawn =
          divides
              ? drawing.positive(value.rows(), value.columns())
              : drawing.matrix(value.rows(), value.columns());
      numbers.put(input, number || mask ? value : drawn);
      givens.put(input, Matrix.scalar(Value.of(1)));
    }
    world.givens().keySet().stream()
        .filter(q -> q.equals(Quantities.HEADS) || q.equals(Quantities.SCALE))
        .forEach(
            q -> {
              numbers.put(q, world.values(world.sheet(), List.of(q)).get(q));
              givens.put(q, world.problem().givens().getOrDefault(q, Matrix.scalar(Value.of(1))));
            });
    return Optional.of(
        World.of(new Problem(givens, world.problem().choices(), List.of()), numbers));
  }

  private static Optional<Judgement.Example> shown(Equation reading, World world) {
    if (!(world.compare(reading) instanceof World.Different(Doubles given, Doubles right))) {
      return Optional.empty();
    }
    for (int i = 0; i < given.rows(); i++) {
      for (int j = 0; j < given.columns(); j++) {
        double wrong = given.at(0, i, j);
        double sound = right.at(0, i, j);
        if (Double.isFinite(wrong) && Double.isFinite(sound) && Math.abs(wrong - sound) > VISIBLE) {
          return Optional.of(
              new Judgement.Example(
                  inputs(reading, world), i + 1, j + 1, value(wrong), value(sound)));
        }
      }
    }
    return Optional.empty();
  }

  private static Map<Quantity, Matrix> inputs(Equation reading, World world) {
    Map<Quantity, Doubles> known = world.values(world.sheet(), reading.inputs());
    Map<Quantity, Matrix> inputs = new LinkedHashMap<>();
    List<Quantity> shown = new ArrayList<>(reading.inputs());
    if (Worlds.COUNTED.contains(reading.output())) { // what the right one takes is seen as well
      Worlds.COUNTED.stream()
          .filter(q -> world.givens().containsKey(q) && !shown.contains(q))
          .forEach(shown::add);
    }
    for (Quantity input : shown) {
      Doubles numbers = known.get(input);
      if (numbers != null) {
        inputs.put(
            input,
            Matrix.of(numbers.rows(), numbers.columns(), (i, j) -> value(numbers.at(0, i, j))));
      }
    }
    return inputs;
  }

  private static Value value(double number) {
    if (number == Double.NEGATIVE_INFINITY) {
      return NegativeInfinity.INSTANCE;
    }
    double whole = Math.rint(number);
    boolean integer = Math.abs(number - whole) < 1e-9 && Math.abs(whole) < 1e9;
    return integer ? Value.of((long) whole) : new Approximate(number);
  }
}
