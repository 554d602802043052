package dev.qkv.sheet.audit;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Product;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Something that a formula may take for agreed although the exercise does not say so.
 *
 * @param note what is agreed
 * @param choices what it makes of the exercise's choices
 * @param extras whether what only some exercises have stays
 * @param ownSizes whether sizes and numbers are the exercise's
 * @param rewrites whether it reads the formula otherwise, with any choices
 * @param changed the formula as the sheet would write it, in every way that is possible
 */
record Convention(
    Message note,
    Choices choices,
    boolean extras,
    boolean ownSizes,
    boolean rewrites,
    Function<Equation, List<Equation>> changed) {
  private static final Set<Quantity> WEIGHTS = Set.of(W_Q, W_K, W_V, W_O, W_1, W_2);

  /** What a letter for the layer's output may stand for: every later output. */
  private static final List<Quantity> OUTPUTS =
      List.of(Z, CONCAT, O, Y, LAYER_NORM, RMS_NORM, FEED_FORWARD, SECOND_Y, SECOND_LAYER_NORM);

  private static final Set<Quantity> NORMS =
      Set.of(
          MEAN, CENTERED, VARIANCE, DEVIATION, NORMALISED, LAYER_NORM, RMS_NORM, MEAN_SQUARE, RMS);
  private static final Set<Quantity> LAYERED = Set.of(Q, K, V, HIDDEN, ACTIVATED, FEED_FORWARD);

  /** Letters for rows that one layer hands to the next. */
  private static final Set<Quantity> ROWS = Set.of(X, Y, Z, O, LAYER_NORM, FEED_FORWARD);

  private static final Set<Quantity> GENERAL = Set.of(Z, O, Y);
  private static final List<Quantity> SCORES = List.of(DOT, S, CAPPED, BIASED, TEMPERED, MASKED);

  static Convention usual() {
    return new Convention(
        Message.of("formula.usual"), Choices.USUAL, false, false, false, List::of);
  }

  static Convention own(Choices choices) {
    return new Convention(Message.of("formula.own"), choices, true, true, true, List::of);
  }

  Convention with(Choices other) {
    return new Convention(note, other, false, ownSizes, rewrites, changed);
  }

  /** The conventions that there are besides an exercise's own, the nearest first. */
  static List<Convention> of(Problem problem) {
    List<Convention> all = new ArrayList<>();
    Choices own = problem.choices();
    if (own.scaling() != Choices.Scaling.ROOT_D_K) {
      all.add(chosen("formula.scaled", own.with(Choices.Scaling.ROOT_D_K)));
    }
    if (own.isMasked()) {
      all.add(chosen("formula.unmasked", own.with(new Masking.None())));
    }
    for (Choices.Activation activation : Choices.Activation.values()) {
      if (activation != own.activation()) {
        all.add(chosen("report.activation." + activation, own.with(activation)));
      }
    }
    for (Choices.Norm norm : Choices.Norm.values()) {
      if (norm != own.norm()) {
        all.add(chosen("report.norm." + norm, own.with(norm)));
      }
    }
    all.add(new Convention(Message.of("formula.plain"), own, false, false, false, List::of));
    all.add(usual());
    all.add(
        new Convention(
            Message.of("formula.columns"), own, true, false, true, e -> List.of(columns(e))));
    all.add(
        new Convention(
            Message.of("formula.columns"), own, true, false, true, e -> named(columns(e))));
    all.add(
        new Convention(Message.of("formula.unscaled"), own, true, false, true, Convention::dots));
    all.add(
        new Convention(
            Message.of("formula.inputs"),
            own,
            true,
            false,
            true,
            e ->
                List.of(
                    new Equation(
                        e.output(), e.term().map(q -> Set.of(Q, K, V).contains(q) ? X : q)))));
    boolean given = problem.givens().keySet().stream().anyMatch(q -> isWeight(q) || q.equals(X));
    all.add(
        new Convention(
            Message.of("formula.weights"),
            own,
            true,
            false,
            true,
            e -> given && e.output().isGradient() ? List.of() : List.of(turned(e))));
    all.add(
        new Convention(
            Message.of("formula.average"), own, true, false, true, Convention::averaged));
    all.add(new Convention(Message.of("formula.half"), own, true, false, true, Convention::halved));
    all.add(new Convention(Message.of("formula.name"), own, true, false, true, Convention::named));
    all.add(
        new Convention(Message.of("formula.layer"), own, true, false, true, Convention::layered));
    all.add(own(own));
    return all;
  }

  private static Convention chosen(String note, Choices choices) {
    return new Convention(Message.of(note), choices, true, false, false, List::of);
  }

  private static boolean isWeight(Quantity quantity) {
    return WEIGHTS.contains(quantity.head(0));
  }

  /** What stands in columns, laid into rows: (WX)ᵀ = XᵀWᵀ, each matrix the transposed one. */
  private static Term mirrored(Term term) {
    List<Term> parts = term.parts().stream().map(Convention::mirrored).toList();
    if (term instanceof Product) {
      return new Product(parts.getLast(), parts.getFirst());
    }
    return parts.isEmpty() ? term : term.with(parts);
  }

  private static Equation columns(Equation equation) {
    return new Equation(equation.output(), mirrored(equation.term()));
  }

  /** A letter for the rows that go into a layer, a projection or a norm. */
  private static List<Equation> layered(Equation equation) {
    Quantity output = equation.output().head(0);
    Quantity input = NORMS.contains(output) ? Y : X;
    boolean known = NORMS.contains(output) || LAYERED.contains(output);
    List<Quantity> rows = equation.inputs().stream().filter(ROWS::contains).toList();
    return known && rows.size() == 1 && !rows.contains(input)
        ? List.of(
            new Equation(equation.output(), equation.term().map(q -> rows.contains(q) ? input : q)))
        : List.of();
  }

  /** Scores in it are those before they are divided by √d_k. */
  private static List<Equation> dots(Equation equation) {
    return equation.inputs().stream().anyMatch(S::sameConcept)
        ? List.of(
            new Equation(
                equation.output(),
                equation.term().map(q -> q.sameConcept(S) ? DOT.head(q.head()) : q)))
        : List.of();
  }

  /** Weights are kept as outputs × inputs. */
  private static Equation turned(Equation equation) {
    Term term = turned(equation.term());
    boolean gradient = equation.output().differentiated().filter(Convention::isWeight).isPresent();
    return new Equation(equation.output(), gradient ? term.t() : term);
  }

  private static Term turned(Term term) {
    if (term instanceof Quantity quantity) {
      return isWeight(quantity.differentiated().orElse(quantity)) ? quantity.t() : quantity;
    }
    return term.parts().isEmpty()
        ? term
        : term.with(term.parts().stream().map(Convention::turned).toList());
  }

  /** A loss or a gradient that is a mean over the tokens. */
  private static List<Equation> averaged(Equation equation) {
    boolean counts = equation.output().isGradient() || equation.output().equals(LOSS);
    if (!counts) {
      return List.of();
    }
    Term times = TOKENS.by(equation.term());
    return List.of(
        new Equation(equation.output(), times),
        new Equation(equation.output(), times.over(Term.of(2))));
  }

  /** A squared loss without its half. */
  private static List<Equation> halved(Equation equation) {
    boolean end =
        equation.output().equals(LOSS)
            || equation.output().differentiated().filter(OUTPUTS::contains).isPresent();
    return end
        ? List.of(new Equation(equation.output(), equation.term().over(Term.of(2))))
        : List.of();
  }

  /** A letter that stands for something else than on the sheet. */
  private static List<Equation> named(Equation equation) {
    Quantity output = equation.output();
    List<Quantity> others =
        output.sameConcept(S) ? SCORES : GENERAL.contains(output) ? OUTPUTS : List.of();
    List<Equation> all = new ArrayList<>();
    int from = others.indexOf(output.head(0));
    for (Quantity other : others) {
      boolean later = output.sameConcept(S) || others.indexOf(other) > from;
      if (!other.sameConcept(output) && later) {
        all.add(new Equation(other.head(output.head()), equation.term()));
      }
    }
    if (output.equals(O)) {
      all.add(new Equation(Z, equation.term()));
    }
    return all;
  }
}
