package dev.qkv.sheet.audit;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The problems, and random numbers for them, on which a formula is compared with the sheet's. */
final class Worlds {
  /** What a sheet has only where it is given. */
  private static final List<Quantity> OPTIONAL =
      List.of(CAP, SLOPE, TEMPERATURE, SINK, EPSILON, RATE);

  /** Numbers that are there only where others are counted with them. */
  private static final Set<Quantity> SIZES = Set.of(D_MODEL, HEADS, D_FF, TOKENS);

  /** Sizes that say how heads share a layer's width. */
  static final Set<Quantity> COUNTED = Set.of(D_MODEL, HEADS, D_K);

  private static final Matrix PLACEHOLDER = Matrix.scalar(Value.of(1));

  /**
   * What is the same in all worlds of one comparison.
   *
   * @param exercise the problem that a formula stands in
   * @param output what it is a formula of
   * @param spoken the quantities that the formula speaks of
   * @param choices the choices, the exercise's own or others
   * @param extras whether what only some exercises give is there where this one gives it
   * @param sizes how large the matrices are
   * @param self whether tokens may ask each other; not where the exercise has other keys
   * @param numbers numbers that the exercise gives and that are taken as they are
   */
  record Frame(
      Problem exercise,
      Quantity output,
      Set<Quantity> spoken,
      Choices choices,
      boolean extras,
      Sizes sizes,
      boolean self,
      Map<Quantity, Doubles> numbers) {
    boolean has(Quantity quantity) {
      boolean given = exercise.givens().keySet().stream().anyMatch(quantity::sameConcept);
      return speaksOf(quantity) || (extras && given);
    }

    boolean speaksOf(Quantity quantity) {
      return spoken.stream().anyMatch(quantity::sameConcept);
    }
  }

  private final Frame frame;
  private final Drawing drawing;
  private final Sizes sizes;
  private final int tokens;
  private Map<Quantity, Doubles> givens = new LinkedHashMap<>();

  private Worlds(Frame frame, Drawing drawing) {
    this.frame = frame;
    this.drawing = drawing;
    this.sizes = frame.sizes();
    this.tokens = sizes.tokens(frame.choices().masking());
  }

  /** All worlds in which something that the formula speaks of may follow. */
  static List<World> of(Frame frame, Drawing drawing) {
    return new Worlds(frame, drawing).all();
  }

  private List<World> all() {
    List<World> worlds = new ArrayList<>();
    boolean heads = frame.spoken().stream().anyMatch(q -> q.head() > 0);
    boolean counted = frame.spoken().stream().allMatch(COUNTED::contains);
    boolean joined = frame.speaksOf(CONCAT) || frame.speaksOf(HEADS);
    if (heads || (joined && !counted)) {
      worlds.add(world(() -> heads(true)));
      worlds.add(world(() -> heads(false)));
    }
    if (!heads && !counted) {
      if (frame.self()) {
        worlds.add(world(this::self));
        worlds.add(world(this::withoutOutput));
      }
      worlds.add(world(this::cross));
      if (frame.spoken().stream().anyMatch(Quantity::isGradient)) {
        List.copyOf(worlds).forEach(w -> worlds.add(seeded(w)));
      }
      worlds.add(world(this::bare));
      worlds.add(world(this::norm));
      worlds.add(world(this::feedForward));
    }
    if (!heads) {
      worlds.add(world(() -> counts(D_K)));
      worlds.add(world(() -> counts(HEADS)));
      worlds.add(world(() -> counts(D_MODEL)));
      worlds.add(world(() -> counts(D_FF)));
    }
    return worlds;
  }

  private World world(Runnable gives) {
    givens = new LinkedHashMap<>();
    gives.run();
    for (Quantity extra : OPTIONAL) {
      if (frame.has(extra)) {
        givens.put(extra, drawing.positive(1, 1));
      }
    }
    if (frame.choices().scaling() == Choices.Scaling.FACTOR || frame.speaksOf(SCALE)) {
      givens.put(SCALE, drawing.positive(1, 1));
    }
    frame
        .numbers()
        .forEach(
            (quantity, numbers) -> {
              if (!SIZES.contains(quantity) || givens.containsKey(quantity)) {
                givens.put(quantity, numbers);
              }
            });
    return world();
  }

  /**
   * The same world in which the loss comes through what the formula names: with dQ alone, dX is
   * what reaches X through Q.
   */
  private World seeded(World from) {
    List<Quantity> named = frame.spoken().stream().filter(Quantity::isGradient).toList();
    List<Quantity> of = named.stream().flatMap(q -> q.differentiated().stream()).toList();
    Map<Quantity, Doubles> known = from.values(from.sheet(), of);
    givens = new LinkedHashMap<>(from.givens());
    givens.remove(TARGET);
    givens.remove(LABEL);
    for (Quantity quantity : of) {
      Doubles numbers = known.get(quantity);
      if (numbers != null && !quantity.gradient().equals(frame.output())) {
        givens.put(quantity.gradient(), drawing.matrix(numbers.rows(), numbers.columns()));
      }
    }
    return world();
  }

  private World world() {
    Map<Quantity, Matrix> there = new LinkedHashMap<>();
    for (Quantity quantity : givens.keySet()) {
      boolean count = quantity.equals(HEADS) || quantity.equals(KEY_HEADS);
      there.put(quantity, count ? Matrix.scalar(Value.of(number(quantity))) : PLACEHOLDER);
    }
    return World.of(new Problem(there, choices(), List.of()), givens);
  }

  private long number(Quantity quantity) {
    Doubles numbers = givens.get(quantity);
    return numbers == null ? 1 : (long) numbers.at(0, 0, 0);
  }

  private Choices choices() {
    boolean mask = givens.containsKey(MASK) && !frame.choices().isMasked();
    return mask ? frame.choices().with(new Masking.Given()) : frame.choices();
  }

  private void give(Quantity quantity, int rows, int columns) {
    givens.put(quantity, drawing.matrix(rows, columns));
  }

  private void number(Quantity quantity, int number) {
    givens.put(quantity, new Doubles(1, 1, 1, new double[] {number}));
  }

  private void mask(int queries, int keys) {
    boolean own = frame.choices().masking() instanceof Masking.Given;
    if (own || (frame.speaksOf(MASK) && !frame.choices().isMasked())) {
      givens.put(MASK, drawing.mask(queries, keys));
    }
  }

  /** One head of self-attention with all that follows it in a layer. */
  private void self() {
    int d = sizes.modelDim();
    projections(sizes.headDim(), sizes.valueDim());
    give(W_O, sizes.valueDim(), d);
    layer(d);
    loss(tokens, d);
  }

  /** The same without a projection of the output, which then has the input's width. */
  private void withoutOutput() {
    int d = sizes.modelDim();
    projections(sizes.headDim(), d);
    layer(d);
    loss(tokens, d);
  }

  private void projections(int headDim, int valueDim) {
    int d = sizes.modelDim();
    give(X, tokens, d);
    int asked = tokens;
    boolean cornered = frame.choices().masking().alignment() != Alignment.UNSAID;
    if (frame.has(MEMORY) || cornered) { // corners are the same where lengths are
      asked = sizes.keys();
      give(MEMORY, asked, d);
    }
    give(W_Q, d, headDim);
    give(W_K, d, headDim);
    give(W_V, d, valueDim);
    mask(tokens, asked);
  }

  /** Queries, keys and values as they are. */
  private void cross() {
    give(Q, sizes.queries(), sizes.headDim());
    give(K, sizes.keys(), sizes.headDim());
    give(V, sizes.keys(), sizes.valueDim());
    number(D_MODEL, sizes.modelDim());
    mask(sizes.queries(), sizes.keys());
    loss(sizes.queries(), sizes.valueDim());
  }

  /** Several heads, with projections of all together or of each. */
  private void heads(boolean together) {
    int d = sizes.joined();
    number(HEADS, sizes.heads());
    give(X, tokens, d);
    int shared = 1;
    if (frame.has(KEY_HEADS) && sizes.heads() % 2 == 0 && together) {
      shared = 2;
      number(KEY_HEADS, sizes.heads() / shared);
    }
    if (together) {
      give(W_Q, d, d);
      give(W_K, d, d / shared);
      give(W_V, d, d / shared);
    } else {
      for (int head = 1; head <= sizes.heads(); head++) {
        give(W_Q.head(head), d, sizes.headDim());
        give(W_K.head(head), d, sizes.headDim());
        give(W_V.head(head), d, sizes.headDim());
      }
    }
    give(W_O, d, d);
    mask(tokens, tokens);
    layer(d);
    loss(tokens, d);
  }

  private void layer(int d) {
    gains(GAMMA, BETA, d);
    gains(Quantities.SECOND_GAMMA, Quantities.SECOND_BETA, d);
    give(W_1, d, sizes.hiddenDim());
    give(W_2, sizes.hiddenDim(), d);
    if (frame.has(B_1) || frame.has(B_2)) {
      give(B_1, 1, sizes.hiddenDim());
      give(B_2, 1, d);
    }
  }

  private void gains(Quantity gain, Quantity shift, int d) {
    if (frame.has(gain) || frame.has(shift)) {
      give(gain, 1, d);
      give(shift, 1, d);
    }
  }

  private void loss(int rows, int columns) {
    if (frame.has(LABEL) || frame.has(CROSS_ENTROPY)) {
      givens.put(LABEL, drawing.classes(rows, Math.min(rows, sizes.keys())));
    } else {
      give(TARGET, rows, columns);
    }
  }

  /** A projection of one column. */
  private void bare() {
    give(W, sizes.headDim(), sizes.modelDim());
    give(INPUT, sizes.modelDim(), 1);
    give(D_Q, sizes.headDim(), 1);
  }

  private void norm() {
    give(Y, tokens, sizes.modelDim());
    gains(GAMMA, BETA, sizes.modelDim());
  }

  private void feedForward() {
    give(X, tokens, sizes.modelDim());
    layer(sizes.modelDim());
  }

  /** Sizes alone; one of them follows from the others. */
  private void counts(Quantity wanted) {
    number(D_MODEL, 12);
    number(HEADS, 3);
    number(D_K, 4);
    number(TOKENS, 5);
    number(D_FF, 20);
    givens.remove(wanted);
    if (frame.has(KEY_HEADS)) {
      number(KEY_HEADS, 1);
    }
  }
}
