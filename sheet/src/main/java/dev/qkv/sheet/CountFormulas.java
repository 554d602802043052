package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Exact;
import java.util.List;

/** What is counted rather than computed: parameters, operations; and what scaling is for. */
final class CountFormulas {
  private static final Term ONE = Term.of(1);
  private static final Term TWO = Term.of(2);
  private static final Term FOUR = Term.of(4);

  private CountFormulas() {}

  static void write(Lines sheet, Choices choices) {
    parameters(sheet, choices);
    operations(sheet);
    saturation(sheet);
  }

  /** Four projections, two halves of a feed-forward layer, their biases, two norms. */
  private static void parameters(Lines sheet, Choices choices) {
    sheet.onRequest(D_FF, W_1.width());
    sheet.onRequest(D_FF, FOUR.by(D_MODEL));
    boolean grouped = sheet.gives(KEY_HEADS);
    Term projections = grouped ? TWO.plus(TWO.by(KEY_HEADS.over(HEADS))) : FOUR;
    boolean rms = choices.norm() == Choices.Norm.RMS;
    sheet.onRequest(PARAMETERS_ATTENTION, projections.by(D_MODEL.squared()));
    sheet.onRequest(PARAMETERS_FEED_FORWARD, TWO.by(D_MODEL).by(D_FF));
    sheet.onRequest(PARAMETERS_BIAS, projections.plus(ONE).by(D_MODEL).plus(D_FF));
    sheet.onRequest(PARAMETERS_NORM, (rms ? TWO : FOUR).by(D_MODEL));
    Term weights = PARAMETERS_ATTENTION.plus(PARAMETERS_FEED_FORWARD);
    sheet.onRequest(PARAMETERS, weights.plus(PARAMETERS_BIAS).plus(PARAMETERS_NORM));
  }

  /** A multiplication and an addition are two operations. */
  private static void operations(Lines sheet) {
    sheet.onRequest(FLOPS_PROJECTIONS, TWO.by(TOKENS).by(PARAMETERS_ATTENTION));
    sheet.onRequest(FLOPS_ATTENTION, FOUR.by(TOKENS.squared()).by(D_MODEL));
    sheet.onRequest(FLOPS_FEED_FORWARD, FOUR.by(TOKENS).by(D_MODEL).by(D_FF));
    Term attention = FLOPS_PROJECTIONS.plus(FLOPS_ATTENTION);
    sheet.onRequest(FLOPS, attention.plus(FLOPS_FEED_FORWARD));
  }

  /** How scores spread as d_k grows: q·k is a sum of d_k products of variance 1·1. */
  private static void saturation(Lines sheet) {
    sheet.onRequest(DOT_VARIANCE, D_K.by(unitVariance("q")).by(unitVariance("k")));
    sheet.onRequest(TOKENS, Term.of(8));
    sheet.onRequest(SEED, ONE);
    List<Quantity> numbers = List.of(D_K, TOKENS, SEED);
    sheet.onRequest(JACOBIAN, Term.sample(new Saturation(false), numbers));
    sheet.onRequest(JACOBIAN_SCALED, Term.sample(new Saturation(true), numbers));
  }

  private static Term unitVariance(String vector) {
    String plain = "Var(" + vector + "ᵢ)";
    String tex = "\\operatorname{Var}(" + vector + "_i)";
    return Term.named(new Symbol(plain, tex, "<mtext>" + plain + "</mtext>"), Exact.ONE);
  }
}
