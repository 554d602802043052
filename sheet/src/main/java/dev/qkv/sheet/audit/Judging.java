package dev.qkv.sheet.audit;

import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Single numbers held against what they may be. */
final class Judging {
  /** Exact forms are compared as exactly as decimals allow. */
  static final BigDecimal EXACT_SLACK = new BigDecimal("1e-30");

  private Judging() {}

  static Verdict.Cell whole(OptionalInt column, int claimed, int computed) {
    Value value = Value.of(computed);
    return new Verdict.Cell(
        OptionalInt.of(1),
        column,
        new Numeral(Integer.toString(claimed), -1, Value.of(claimed), OptionalInt.of(0)),
        value,
        Optional.of(new Interval(value.decimal(), value.decimal())),
        claimed == computed ? Outcome.RIGHT : Outcome.WRONG,
        List.of());
  }

  static Verdict arithmetic(Claim.Arithmetic claim) {
    Verdict.Cell cell =
        new Verdict.Cell(
            OptionalInt.empty(),
            OptionalInt.empty(),
            claim.claimed(),
            claim.computed(),
            claim.computed().isFinite()
                ? Optional.of(rounded(claim.computed(), claim.claimed().decimals()))
                : Optional.empty(),
            Outcome.RIGHT,
            List.of());
    return new Verdict(
        claim,
        claim.expression(),
        List.of(judged(cell, EXACT_SLACK)),
        0,
        Optional.empty(),
        List.of());
  }

  static Interval rounded(Value value, OptionalInt decimals) {
    BigDecimal number = value.decimal();
    Interval point = new Interval(number, number);
    return decimals.isEmpty()
        ? point
        : point.and(number.setScale(decimals.getAsInt(), RoundingMode.HALF_UP));
  }

  static Verdict.Cell judged(Verdict.Cell cell, BigDecimal slack) {
    Value claimed = cell.claimed().value();
    boolean right;
    if (claimed.isFinite()) {
      right = cell.reach().map(r -> r.contains(claimed.decimal(), slack)).orElse(false);
    } else {
      right = cell.reach().isEmpty() && claimed.equals(cell.computed());
    }
    return new Verdict.Cell(
        cell.row(),
        cell.column(),
        cell.claimed(),
        cell.computed(),
        cell.reach(),
        right ? Outcome.RIGHT : Outcome.WRONG,
        cell.mistakes());
  }
}
