package dev.qkv.sheet.value;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** e^x against a series of decimals with twenty digits more. */
class ExponentialTest {
  private static final MathContext MORE = new MathContext(80);

  private static void holds(BigDecimal x, MathContext digits) {
    assertThat(Exponential.of(x, digits))
        .as("e^%s", x)
        .isEqualByComparingTo(BigDecimalMath.exp(x, MORE).round(digits));
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, -30, -10, -3, -1, 0, 1, 2, 3, 4, 5, 6})
  void everyDigitIsRight(int magnitude) {
    Random random = new Random(magnitude);
    for (int i = 0; i < 200; i++) {
      BigDecimal digits = new BigDecimal(new BigInteger(170, random), 51);
      BigDecimal x = digits.movePointRight(magnitude).divide(new BigDecimal(100));
      BigDecimal bounded = x.abs().compareTo(BigDecimal.valueOf(1_000_000)) > 0 ? digits : x;
      holds(random.nextBoolean() ? bounded : bounded.negate(), Value.WORKING);
      holds(bounded.round(new MathContext(3)), new MathContext(60));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "1", "-1", "1e-70", "-1e-70", "0.693147180559945309417232121458176568",
        "-0.693147180559945309417232121458176568", "1e3", "-2838.9", "2838.9", "1e6", "-1e6",
        "999999.999999999999999999999999999999999", "709.782712893384", "-745.2", "1E+2"
      })
  void edgesAreRight(String x) {
    holds(new BigDecimal(x), Value.WORKING);
    holds(new BigDecimal(x), new MathContext(60));
  }
}
