package dev.qkv.sheet.audit;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.evaluation.ExactArithmetic;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Holds claims against a problem. */
public final class Audit {
  /** A candidate mistake is evaluated in float64 only. */
  private static final BigDecimal FLOAT_SLACK = new BigDecimal("1e-9");

  /** Decimals to which an exact form is followed through candidate mistakes. */
  private static final int EXACT_DECIMALS = 10;

  /** Float64 follows paths of this many digits at the most; longer ones are followed exactly. */
  private static final int LARGEST_FLOAT_DIGITS = 13;

  /** And of this many decimals. */
  private static final int LARGEST_FLOAT_DECIMALS = 10;

  /** Of hundreds of pairs some one leads near to one or two numbers. */
  private static final int FEWEST_FOR_PAIRS = 3;

  /** The number of the way that is no mistake. */
  private static final int HONEST = -1;

  private final Problem problem;
  private final Sheet sheet;

  /** What may have gone wrong; empty where only the outcome counts. */
  private final List<Mistake> mistakes;

  /** Whether slips and pairs are looked for where no mistake alone explains a claim. */
  private final boolean searches;

  private final FormulaAudit formulas;
  private final Map<String, Derivation> derivations = new HashMap<>();
  private final Map<String, HandWork<?>> works = new HashMap<>();
  private final Evaluations<Doubles> floats = new Evaluations<>(new FloatArithmetic());
  private final Map<Quantity, Doubles> floatGivens = new HashMap<>();
  private final Evaluations<Matrix> exacts = new Evaluations<>(new ExactArithmetic());

  /**
   * An audit.
   *
   * @param problem what was given; its goals do not matter
   * @throws SheetException if the number of heads makes no sense
   */
  public Audit(Problem problem) {
    this(problem, MistakeCatalogue.of(problem), true);
  }

  /**
   * An audit that tells right from wrong and names no mistake.
   *
   * @param problem what was given
   * @return the audit
   * @throws SheetException if the number of heads makes no sense
   */
  public static Audit ofOutcomes(Problem problem) {
    return new Audit(problem, List.of(), false);
  }

  /**
   * An audit that names a mistake of the catalogue, but looks for no slips and no pairs.
   *
   * @param problem what was given
   * @return the audit
   * @throws SheetException if the number of heads makes no sense
   */
  public static Audit ofKnownMistakes(Problem problem) {
    return new Audit(problem, MistakeCatalogue.of(problem), false);
  }

  private Audit(Problem problem, List<Mistake> mistakes, boolean searches) {
    this.problem = problem;
    this.searches = searches;
    this.sheet = FormulaSheet.of(problem);
    this.mistakes = mistakes;
    this.formulas = new FormulaAudit(problem);
    problem.givens().forEach((q, m) -> floatGivens.put(q, Doubles.of(m)));
  }

  /**
   * Judges a claim.
   *
   * @param claim what an answer says
   * @return the verdict
   * @throws SheetException if the claim has another shape than its quantity, or the quantity cannot
   *     be computed
   */
  public Verdict judge(Claim claim) {
    if (claim instanceof Claim.Numbers numbers) {
      return numbers(numbers);
    }
    if (claim instanceof Claim.Shape shape) {
      return shape(shape);
    }
    if (claim instanceof Claim.Arithmetic arithmetic) {
      return Judging.arithmetic(arithmetic);
    }
    if (claim instanceof Claim.Formula formula) {
      return Verdict.of(formula, formulas.judge(formula));
    }
    return unchecked(claim, "", List.of());
  }

  private static Verdict unchecked(Claim claim, String name, List<Message> notes) {
    return new Verdict(claim, name, List.of(), 0, Optional.empty(), notes);
  }

  /**
   * The quantity that a claim means in this problem: masked scores where it has −∞ in it, the
   * layer's output where there are several heads.
   */
  private Quantity meant(Claim.Numbers claim) {
    Quantity quantity = claim.quantity();
    boolean masked = problem.choices().isMasked();
    boolean infinite =
        claim.numbers().stream()
            .flatMap(List::stream)
            .anyMatch(n -> n.value() == NegativeInfinity.INSTANCE);
    if (quantity.sameConcept(Quantities.S) && masked && infinite) {
      return Quantities.MASKED.head(quantity.head());
    }
    boolean projected = problem.givens().containsKey(Quantities.W_O);
    if (quantity.equals(Quantities.Z) && problem.heads() > 0) {
      return projected ? Quantities.O : Quantities.CONCAT;
    }
    if (quantity.equals(Quantities.O) && !projected) {
      return problem.heads() > 0 ? Quantities.CONCAT : Quantities.Z;
    }
    return quantity;
  }

  private Derivation derivation(Quantity quantity) {
    return derivations.computeIfAbsent(
        quantity.name(), name -> Derivation.of(sheet, List.of(quantity)));
  }

  private Verdict numbers(Claim.Numbers claim) {
    Quantity quantity = meant(claim);
    Derivation derivation = derivation(quantity);
    Optional<Matrix> computed = derivation.value(quantity);
    if (computed.isEmpty()) {
      if (!derivation.failures().isEmpty()) {
        throw new SheetException(derivation.failures().getFirst());
      }
      return unchecked(claim, quantity.name(), derivation.unreachable());
    }
    Comparison comparison = new Comparison(claim, quantity, computed.get());
    boolean given = problem.givens().containsKey(quantity);
    Verdict verdict = given ? comparison.given() : comparison.verdict();
    List<Message> notes =
        new WorkingAudit(derivation, quantity).notes(claim, comparison.placement.places());
    return notes.isEmpty() ? verdict : verdict.noting(notes);
  }

  private Verdict shape(Claim.Shape claim) {
    Derivation derivation = derivation(claim.quantity());
    return derivation
        .value(claim.quantity())
        .map(
            m ->
                new Verdict(
                    claim,
                    claim.quantity().name() + ".shape",
                    List.of(
                        Judging.whole(OptionalInt.of(1), claim.rows(), m.rows()),
                        Judging.whole(OptionalInt.of(2), claim.columns(), m.columns())),
                    0,
                    Optional.empty(),
                    List.of()))
        .orElseGet(() -> unchecked(claim, claim.quantity().name(), derivation.failures()));
  }

  /** One claim of numbers against its quantity. */
  private final class Comparison {
    private final Claim.Numbers claim;
    private final Quantity quantity;
    private final Matrix computed;
    private final Placement placement;
    private final OptionalInt decimals;

    Comparison(Claim.Numbers claim, Quantity quantity, Matrix computed) {
      this.claim = claim;
      this.quantity = quantity;
      this.computed = computed;
      this.placement = Placement.of(claim, quantity, computed);
      this.decimals =
          claim.numbers().stream()
              .flatMap(List::stream)
              .map(Numeral::decimals)
              .filter(OptionalInt::isPresent)
              .mapToInt(OptionalInt::getAsInt)
              .max();
    }

    /** The key of a way of computing the quantity to the claim's decimals. */
    private String work(int mistake) {
      return quantity.name() + "/" + mistake + "/" + followed();
    }

    /** Decimals to which hand work is followed. */
    private int followed() {
      return decimals.orElse(EXACT_DECIMALS);
    }

    /** The decimals that float64 has for numbers of this size. */
    private int floatDecimals() {
      int whole = 0;
      for (Placement.Place place : placement.places()) {
        Value value = computed.at(place.row(), place.column());
        if (value.isFinite() && value.signum() != 0) {
          BigDecimal number = value.decimal();
          whole = Math.max(whole, number.precision() - number.scale());
        }
      }
      return Math.min(LARGEST_FLOAT_DECIMALS, LARGEST_FLOAT_DIGITS - whole);
    }

    private HandWork<?> honest() {
      return followed() > floatDecimals()
          ? new HandWork<>(sheet, quantity, followed(), problem.givens(), exacts)
          : new HandWork<>(sheet, quantity, followed(), floatGivens, floats);
    }

    private HandWork<?> mistaken(Sheet wrong) {
      return new HandWork<>(
          wrong, quantity, Math.min(followed(), Math.max(0, floatDecimals())), floatGivens, floats);
    }

    Verdict given() {
      List<Verdict.Cell> cells = new ArrayList<>();
      for (Placement.Place place : placement.places()) {
        Value value = computed.at(place.row(), place.column());
        Optional<Interval> reach =
            value.isFinite()
                ? Optional.of(Judging.rounded(value, place.claimed().decimals()))
                : Optional.empty();
        cells.add(Judging.judged(cell(place, reach), Judging.EXACT_SLACK));
      }
      return new Verdict(claim, quantity.name(), cells, 0, Optional.empty(), List.of());
    }

    Verdict verdict() {
      HandWork<?> honest = works.computeIfAbsent(work(HONEST), w -> honest()).throughout();
      List<Verdict.Cell> best = List.of();
      long most = -1;
      for (Way<?> way : honest.ways()) {
        List<Verdict.Cell> cells = cells(way);
        long right = cells.stream().filter(c -> c.outcome() == Outcome.RIGHT).count();
        if (right > most) {
          best = cells;
          most = right;
        }
      }
      return most == placement.places().size()
          ? new Verdict(claim, quantity.name(), best, 0, Optional.empty(), wholeNumbers(best))
          : explained(best, honest.ways());
    }

    /** The claim's cells held against one way. */
    private List<Verdict.Cell> cells(Way<?> way) {
      List<Verdict.Cell> cells = new ArrayList<>();
      for (Placement.Place place : placement.places()) {
        Value value = computed.at(place.row(), place.column());
        OptionalInt own = place.claimed().decimals();
        Optional<Interval> reach =
            !value.isFinite()
                ? Optional.empty()
                : own.isEmpty()
                    ? Optional.of(Judging.rounded(value, own))
                    : way.reach(place.row(), place.column())
                        .map(r -> with(r, value, way.unrounded(place.row(), place.column())))
                        .map(r -> r.rounded(own.getAsInt()))
                        .or(() -> Optional.of(Judging.rounded(value, own)));
        cells.add(
            Judging.judged(
                cell(place, reach), own.isEmpty() ? Judging.EXACT_SLACK : BigDecimal.ZERO));
      }
      return cells;
    }

    /** The interval with the exact value in it, where the way leads there. */
    private Interval with(Interval reach, Value value, Value unrounded) {
      return Way.isSame(value, unrounded) ? reach.and(value.decimal()) : reach;
    }

    private List<Message> wholeNumbers(List<Verdict.Cell> cells) {
      boolean coarse =
          decimals.isPresent()
              && decimals.getAsInt() == 0
              && cells.stream()
                  .anyMatch(
                      c ->
                          c.claimed().decimals().isPresent()
                              && c.computed().isFinite()
                              && c.computed().compare(c.claimed().value()) != 0);
      return coarse ? List.of(Message.of("note.whole", quantity.name())) : List.of();
    }

    private Verdict.Cell cell(Placement.Place place, Optional<Interval> reach) {
      boolean scalar = computed.rows() == 1 && computed.columns() == 1;
      return new Verdict.Cell(
          scalar ? OptionalInt.empty() : OptionalInt.of(place.row() + 1),
          scalar ? OptionalInt.empty() : OptionalInt.of(place.column() + 1),
          place.claimed(),
          computed.at(place.row(), place.column()),
          reach,
          Outcome.UNCHECKED,
          List.of());
    }

    private static long wrongs(List<Verdict.Cell> cells) {
      return cells.stream().filter(c -> c.outcome() == Outcome.WRONG).count();
    }

    private Verdict explained(List<Verdict.Cell> cells, List<? extends Way<?>> honest) {
      Explanation explanation = new Explanation(placement.places(), cells, honest, FLOAT_SLACK);
      Pairs pairs = new Pairs(sheet, quantity, this::mistaken);
      for (int k = 0; k < mistakes.size(); k++) {
        Mistake mistake = mistakes.get(k);
        if (pairs.isMade(mistake.alternatives())) {
          Sheet wrong = sheet.with(mistake.alternatives());
          HandWork<?> work = works.computeIfAbsent(work(k), w -> mistaken(wrong));
          explanation.consider(List.of(mistake.code()), work);
        }
      }
      List<Verdict.Cell> found = explanation.cells();
      if (explanation.isOpen() && searches) {
        found = Slips.named(found);
        boolean open = found.stream().allMatch(c -> c.mistakes().isEmpty());
        if (open && wrongs(found) >= FEWEST_FOR_PAIRS) {
          pairs.consider(mistakes, explanation);
          found = explanation.cells();
        }
      }
      return new Verdict(
          claim, quantity.name(), found, explanation.tried(), explanation.nearest(), List.of());
    }
  }
}
