package dev.qkv.browser.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.browser.standin.java.lang.Han;
import dev.qkv.browser.standin.java.text.Normalizer;
import dev.qkv.browser.standin.java.util.ResourceBundle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in for the JDK does as the JDK does. */
class AdditionsTest {
  private static final int MANY = 100_000;

  @Test
  void roots() {
    Random random = new Random(1);
    List<RoundingMode> roundings =
        List.copyOf(EnumSet.complementOf(EnumSet.of(RoundingMode.UNNECESSARY)));
    for (int i = 0; i < MANY; i++) {
      BigDecimal number =
          new BigDecimal(new BigInteger(random.nextInt(1, 200), random), random.nextInt(-30, 60));
      if (i % 3 == 0) {
        number = number.multiply(number);
      } else if (i % 3 == 1) {
        number = BigDecimal.valueOf(random.nextInt(1000), random.nextInt(6));
      }
      MathContext context =
          new MathContext(random.nextInt(1, 60), roundings.get(random.nextInt(roundings.size())));
      assertThat(Additions.sqrt(number, context))
          .as("%s %s", number, context)
          .isEqualTo(number.sqrt(context));
    }
  }

  @Test
  void textsOfDoubles() {
    Random random = new Random(3);
    for (int i = 0; i < MANY; i++) {
      same(Double.longBitsToDouble(random.nextLong()));
      same(random.nextInt(100_000) / 1000.0);
      same(random.nextDouble());
      same(random.nextInt());
      same((double) random.nextLong(1L << 53));
      same(Math.exp(20 * random.nextGaussian()));
      same(Math.scalb(1.0, random.nextInt(2000) - 1000));
    }
    for (double edge :
        new double[] {
          0.0,
          -0.0,
          Double.MIN_VALUE,
          Double.MIN_NORMAL,
          Double.MAX_VALUE,
          1e-3,
          9.999e-4,
          1e7,
          9_999_999,
          2e23,
          1e23,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY
        }) {
      same(edge);
    }
  }

  private static void same(double number) {
    assertThat(Shortest.text(number)).isEqualTo(Double.toString(number));
  }

  @Test
  void lines() {
    Random random = new Random(5);
    for (int i = 0; i < MANY; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(8); k > 0; k--) {
        text.append("a\n\r".charAt(random.nextInt(3)));
      }
      assertThat(Additions.lines(text.toString()).toList())
          .isEqualTo(text.toString().lines().toList());
    }
  }

  @Test
  void everySign() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      assertThat(Han.has(c))
          .as("%x", c)
          .isEqualTo(Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
      assertThat(Additions.isIdeographic(c)).as("%x", c).isEqualTo(Character.isIdeographic(c));
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        assertThat(Additions.toString(c)).isEqualTo(Character.toString(c));
      }
    }
  }

  /** The sheet normalises these alone. */
  @Test
  void mathematicalLetters() {
    for (int c = 0x1D400; c < 0x1D800; c++) {
      String sign = Character.toString(c);
      assertThat(Normalizer.normalize(sign, Normalizer.Form.NFKC))
          .as("%x", c)
          .isEqualTo(java.text.Normalizer.normalize(sign, java.text.Normalizer.Form.NFKC));
    }
  }

  @ParameterizedTest
  @CsvSource({"dev.qkv.sheet.messages,en", "dev.qkv.sheet.messages,zh", "dev.qkv.app.messages,zh"})
  void words(String name, String language) {
    Locale locale = language.equals("zh") ? Locale.CHINESE : Locale.ROOT;
    java.util.ResourceBundle jdk = java.util.ResourceBundle.getBundle(name, locale);
    ResourceBundle own = ResourceBundle.getBundle(name, locale);
    assertThat(jdk.keySet()).isNotEmpty();
    for (String key : jdk.keySet()) {
      assertThat(own.containsKey(key)).as(key).isTrue();
      assertThat(own.getString(key)).as(key).isEqualTo(jdk.getString(key));
    }
    assertThat(own.containsKey("nothing of that name")).isFalse();
  }

  @Test
  void copies() {
    assertThat(Additions.copyOf(Map.of())).isEmpty();
    assertThat(Additions.copyOf(Map.of("a", 1))).containsExactly(Map.entry("a", 1));
    assertThat(Additions.copyOf(Set.<String>of())).isEmpty();
    assertThat(Additions.copyOf(Set.of("a"))).containsExactly("a");
  }
}
