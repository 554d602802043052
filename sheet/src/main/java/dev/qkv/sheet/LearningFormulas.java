package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Reduce.Along;
import dev.qkv.sheet.term.Reduce.Kind;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Losses, gradients, and a step against them. */
final class LearningFormulas {
  private final Lines sheet;
  private final Problem problem;

  /** What a target is for. */
  private final Quantity output;

  /** Writes the gradients that textbooks have a form of their own for. */
  private final Runnable textbook;

  LearningFormulas(Lines sheet, Problem problem, Quantity output, Runnable textbook) {
    this.sheet = sheet;
    this.problem = problem;
    this.output = output;
    this.textbook = textbook;
  }

  void write() {
    loss();
    step();
    gradients();
  }

  private void loss() {
    Term right = A.where(new Condition.Column(LABEL), Term.of(Exact.ZERO)).rowSum();
    sheet.is(CROSS_ENTROPY, right.apply(Function.LOG).negated());
    sheet.is(LOSS, output.minus(TARGET).squared().sum().over(Term.of(2)));
    sheet.is(LOSS, CROSS_ENTROPY.reduce(Kind.MEAN, Along.ALL));
  }

  /** One step of gradient descent. */
  private void step() {
    sheet.is(NEW_W_Q, W_Q.minus(RATE.by(D_W_Q)));
    sheet.is(NEW_W_K, W_K.minus(RATE.by(D_W_K)));
    sheet.is(NEW_W_V, W_V.minus(RATE.by(D_W_V)));
    sheet.is(NEW_W_O, W_O.minus(RATE.by(D_W_O)));
  }

  /** Gradients as textbooks write them, then those that follow by going backwards. */
  private void gradients() {
    List<Equation> forward = List.copyOf(sheet.written());
    Set<Quantity> ends = new LinkedHashSet<>();
    for (Quantity given : problem.givens().keySet()) {
      given.differentiated().ifPresent(ends::add);
    }
    if (sheet.gives(TARGET) || sheet.gives(LABEL)) {
      ends.add(LOSS);
      sheet.is(LOSS.gradient(), Term.of(1));
    }
    if (ends.isEmpty()) {
      return;
    }
    oneLoss();
    if (!sheet.gives(LOSS.gradient())) {
      sheet.is(output.gradient(), output.minus(TARGET));
    }
    textbook.run();
    Set<Quantity> givens = problem.givens().keySet();
    sheet.written().addAll(GradientSheet.of(forward, sheet.onRequest(), givens, ends));
  }

  /** The rule that a target, classes and gradients are not given together. */
  private void oneLoss() {
    List<String> losses = new ArrayList<>();
    for (Quantity given : problem.givens().keySet()) {
      Set<Quantity> outer = Set.of(LOSS, CROSS_ENTROPY);
      boolean inner = given.differentiated().filter(q -> !outer.contains(q)).isPresent();
      if (inner && losses.stream().noneMatch(l -> l.startsWith("d"))) {
        losses.add(given.name());
      }
      if (given.equals(TARGET) || given.equals(LABEL)) {
        losses.add(given.name());
      }
    }
    if (losses.size() > 1) {
      throw new SheetException(Message.of("error.loss.two", String.join(", ", losses)));
    }
  }
}
