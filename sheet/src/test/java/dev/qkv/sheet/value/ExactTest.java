package dev.qkv.sheet.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExactTest {
  private static final Notation PLAIN = new Notation(4, Markup.PLAIN);

  private static Value root(long n) {
    return Value.of(n).sqrt();
  }

  @Test
  void rootsLoseTheirSquareFactors() {
    assertThat(root(72)).isEqualTo(Value.of(6).times(root(2)));
    assertThat(root(1_000_003L * 1_000_003L)).isEqualTo(Value.of(1_000_003));
    assertThat(Value.of(new BigDecimal("0.25")).sqrt()).isEqualTo(Value.of(new BigDecimal("0.5")));
  }

  @Test
  void closedFormsAreWrittenAsHandWorkDoes() {
    assertThat(PLAIN.number(Value.of(5).dividedBy(root(2)))).isEqualTo("5/√2");
    assertThat(PLAIN.number(Value.of(-1).dividedBy(root(8)))).isEqualTo("−1/(2√2)");
    assertThat(PLAIN.number(Value.of(1).dividedBy(Value.of(3)))).isEqualTo("1/3");
    assertThat(PLAIN.result(Value.of(1).dividedBy(root(2)))).isEqualTo("= 1/√2 ≈ 0.7071");
    assertThat(new Notation(4, Markup.TEX).number(Value.of(5).dividedBy(root(2))))
        .isEqualTo("\\frac{5}{\\sqrt{2}}");
  }

  @Test
  void roundingHappensOnceAndHalfUp() {
    assertThat(PLAIN.rounded(Value.of(new BigDecimal("0.00005")))).isEqualTo("0.0001");
    assertThat(PLAIN.rounded(Value.of(new BigDecimal("-2.34565")))).isEqualTo("−2.3457");
    assertThat(PLAIN.rounded(Value.of(new BigDecimal("0.0000123456")))).isEqualTo("1.23e−5");
  }

  @Test
  void exponentialsCarryThirtyDigits() {
    BigDecimal e = Exact.ONE.exp().decimal();
    assertThat(e.round(new MathContext(34)).toPlainString())
        .isEqualTo("2.718281828459045235360287471352662");
    assertThat(Exact.ZERO.exp()).isEqualTo(Exact.ONE);
    assertThat(NegativeInfinity.INSTANCE.exp()).isEqualTo(Exact.ZERO);
    assertThat(Value.of(-2_000_000).exp()).isEqualTo(Exact.ZERO);
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> Exact.ONE.dividedBy(Exact.ZERO))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> root(-1)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> NegativeInfinity.INSTANCE.times(Exact.ZERO))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Exact.ONE.minus(NegativeInfinity.INSTANCE))
        .isInstanceOf(ArithmeticException.class);
  }

  /** Exact arithmetic against the same arithmetic on 50-digit decimals. */
  @Property(tries = 300, seed = "20261122")
  void agreesWithDecimals(
      @ForAll @IntRange(min = -40, max = 40) int a,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = -40, max = 40) int b,
      @ForAll @IntRange(min = 1, max = 40) int m) {
    Value x = Value.of(a).times(root(n));
    Value y = Value.of(b).times(root(m));
    close(x.plus(y), x.decimal().add(y.decimal()));
    close(x.times(y), x.decimal().multiply(y.decimal()));
    if (b != 0) {
      close(x.dividedBy(y), x.decimal().divide(y.decimal(), Value.WORKING));
    }
    assertThat(Integer.signum(x.compare(y)))
        .isEqualTo(x.equals(y) ? 0 : x.decimal().compareTo(y.decimal()));
  }

  private static void close(Value got, BigDecimal expected) {
    BigDecimal difference = got.decimal().subtract(expected).abs();
    assertThat(difference).isLessThan(new BigDecimal("1e-40"));
  }
}
