package dev.qkv.sheet.commentary;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Things worth knowing about an exercise that make no answer right or wrong. */
public final class Remarks {
  private static final Notation NOTATION = new Notation(4, Markup.PLAIN);

  /** "The expectation grows": false for entries of mean zero, where only the variance does. */
  private static final Pattern EXPECTATION_GROWS =
      Pattern.compile(
          "(期望|均值)(?![^，。,.;；]*(不变|为\\s*(零|0)|是\\s*(零|0)))[^，。,.;；]*(增|变大|增长|越大)"
              + "|\\b(expectation|expected value|mean)\\b(?![^,.;]*\\b(not|zero|unchanged)\\b)"
              + "[^,.;]*\\b(grow|increas|larger|rise)",
          Pattern.CASE_INSENSITIVE);

  /** "Scaling keeps gradients from growing large": it keeps softmax from saturating. */
  private static final Pattern LARGE_GRADIENTS =
      Pattern.compile(
          "(缩放|除以)[^。.;；]{0,20}?(避免|防止|抑制|减小)[^。.;；，,]{0,8}?"
              + "(大梯度|梯度(过大|太大|爆炸|变大)|过大的?梯度)"
              + "|scal[^.;]{0,60}?\\b(avoid|prevent|against|stop|limit|reduce)\\w*\\b[^.;]{0,30}?"
              + "\\b((large|big|huge|exploding)\\s+gradients?|gradients?[^.;,]{0,20}?"
              + "(explod|too large|large|blow))",
          Pattern.CASE_INSENSITIVE);

  private final Problem problem;
  private final List<Claim> claims;
  private final List<Remark> remarks = new ArrayList<>();

  private Remarks(Problem problem, List<Claim> claims) {
    this.problem = problem;
    this.claims = claims;
  }

  /**
   * Looks for what is worth a remark.
   *
   * @param problem what is given and asked
   * @param claims what is answered
   * @return the remarks
   */
  public static List<Remark> of(Problem problem, List<Claim> claims) {
    Remarks remarks = new Remarks(problem, claims);
    remarks.unused();
    remarks.width();
    remarks.variance();
    remarks.expectation();
    remarks.orientation();
    return List.copyOf(remarks.remarks);
  }

  /**
   * What is to be said about a statement in words, wherever it stands in a note.
   *
   * @param words the words of a sentence, a list item or a cell of a table
   * @return a remark; nothing about most words
   */
  public static Optional<Message> about(String words) {
    return LARGE_GRADIENTS.matcher(words).find()
        ? Optional.of(Message.of("remark.saturation"))
        : Optional.empty();
  }

  private void add(Message message) {
    remarks.add(new Remark(Optional.empty(), OptionalInt.empty(), message));
  }

  private boolean claims(Quantity quantity) {
    return claims.stream()
        .anyMatch(c -> c instanceof Claim.Numbers n && n.quantity().equals(quantity));
  }

  /** What is given but can play no part: a word too many, or a formula that is not known here. */
  private void unused() {
    for (Quantity quantity : FormulaSheet.of(problem).unused()) {
      if (!claims(quantity)) {
        remarks.add(
            new Remark(
                Optional.of(quantity),
                OptionalInt.empty(),
                Message.of("remark.unused", quantity.name())));
      }
    }
  }

  private void width() {
    Matrix declared = problem.givens().get(Quantities.D_K);
    Quantity vectors = problem.gives(Quantities.K) ? Quantities.K : Quantities.Q;
    Matrix numbers = problem.givens().get(vectors);
    if (declared == null || numbers == null || problem.heads() > 0) {
      return;
    }
    if (declared.columns() == 1 && declared.scalar().toDouble() != numbers.columns()) {
      remarks.add(
          new Remark(
              Optional.of(Quantities.D_K),
              OptionalInt.empty(),
              Message.of(
                  "remark.width",
                  NOTATION.number(declared.scalar()),
                  vectors.name(),
                  numbers.columns())));
    }
  }

  private void variance() {
    if (problem.gives(Quantities.EPSILON)) {
      return;
    }
    boolean asksNothing =
        problem.goals().isEmpty() && claims.stream().noneMatch(Claim.Numbers.class::isInstance);
    boolean asked =
        List.of(Quantities.LAYER_NORM, Quantities.NORMALISED).stream()
            .anyMatch(q -> problem.goals().contains(q) || claims(q));
    if (asked || asksNothing) {
      Derivation.of(problem.asking(List.of(Quantities.VARIANCE)))
          .value(Quantities.VARIANCE)
          .ifPresent(this::constantRows);
    }
  }

  private void constantRows(Matrix variances) {
    for (int i = 0; i < variances.rows(); i++) {
      if (variances.at(i, 0).signum() == 0) {
        add(Message.of("remark.variance", i + 1));
      }
    }
  }

  private void expectation() {
    for (Claim claim : claims) {
      if (claim instanceof Claim.Words words && EXPECTATION_GROWS.matcher(words.text()).find()) {
        remarks.add(
            new Remark(
                Optional.empty(), OptionalInt.of(words.line()), Message.of("remark.expectation")));
      }
    }
  }

  private void orientation() {
    boolean asked = problem.goals().contains(Quantities.D_W) || claims(Quantities.D_W);
    if (asked && problem.gives(Quantities.INPUT)) {
      add(Message.of("remark.orientation"));
    }
  }
}
