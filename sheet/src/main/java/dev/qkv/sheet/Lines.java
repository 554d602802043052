package dev.qkv.sheet;

import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import java.util.ArrayList;
import java.util.List;

/** The lines of a sheet while it is written. */
final class Lines {
  private final Problem problem;
  private final HeadLines heads;
  private final List<Equation> onRequest = new ArrayList<>();
  private List<Equation> written = new ArrayList<>();

  Lines(Problem problem) {
    this.problem = problem;
    this.heads = new HeadLines(problem);
  }

  HeadLines heads() {
    return heads;
  }

  List<Equation> written() {
    return written;
  }

  List<Equation> onRequest() {
    return onRequest;
  }

  void is(Quantity quantity, Term term) {
    written.add(new Equation(quantity, term));
  }

  /** A formula that is used for what is asked only, unless a choice calls for it. */
  void is(boolean chosen, Quantity quantity, Term term) {
    (chosen ? written : onRequest).add(new Equation(quantity, term));
  }

  void onRequest(Quantity quantity, Term term) {
    is(false, quantity, term);
  }

  /** Lines of one head, written for every head. */
  void eachHead(Runnable lines) {
    List<Equation> before = written;
    written = new ArrayList<>();
    lines.run();
    before.addAll(heads.each(written));
    written = before;
  }

  /** Whether a quantity is given, for all heads or for one of them. */
  boolean gives(Quantity quantity) {
    return problem.givens().keySet().stream().anyMatch(quantity::sameConcept);
  }
}
