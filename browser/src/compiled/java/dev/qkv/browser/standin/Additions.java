package dev.qkv.browser.standin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Methods of the JDK that the sheet calls and the compiler's class library lacks. */
public final class Additions {
  /** Where the ideographs of Unicode 16 begin and end that are not of the script Han alone. */
  private static final int[] IDEOGRAPHS = {
    0x3006, 0x3007, 0x3021, 0x3029, 0x3038, 0x303A, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFA6D,
    0xFA70, 0xFAD9, 0x16FE4, 0x16FE4, 0x17000, 0x187F7, 0x18800, 0x18CD5, 0x18CFF, 0x18D08, 0x1B170,
    0x1B2FB, 0x20000, 0x2A6DF, 0x2A700, 0x2B739, 0x2B740, 0x2B81D, 0x2B820, 0x2CEA1, 0x2CEB0,
    0x2EBE0, 0x2EBF0, 0x2EE5D, 0x2F800, 0x2FA1D, 0x30000, 0x3134A, 0x31350, 0x323AF
  };

  private Additions() {}

  @Added(to = String.class)
  public static Stream<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      lines.add(text.substring(from, end));
      from = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    return lines.stream();
  }

  @Added(to = Character.class, isStatic = true)
  public static boolean isIdeographic(int codePoint) {
    for (int i = 0; i < IDEOGRAPHS.length && codePoint >= IDEOGRAPHS[i]; i += 2) {
      if (codePoint <= IDEOGRAPHS[i + 1]) {
        return true;
      }
    }
    return false;
  }

  @Added(to = Character.class, isStatic = true)
  public static String toString(int codePoint) {
    return new String(Character.toChars(codePoint));
  }

  @Added(to = Double.class, isStatic = true, instead = true)
  public static String toString(double number) {
    return Shortest.text(number);
  }

  @Added(to = String.class, isStatic = true, instead = true)
  public static String valueOf(double number) {
    return Shortest.text(number);
  }

  @Added(to = StringBuilder.class, instead = true)
  public static StringBuilder append(StringBuilder text, double number) {
    return text.append(Shortest.text(number));
  }

  /** An empty map of the compiler's class library divides by its size. */
  @Added(to = Map.class, isStatic = true, instead = true)
  public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new HashMap<>(map));
  }

  /** The same of sets. */
  @Added(to = Set.class, isStatic = true, instead = true)
  public static <E> Set<E> copyOf(Collection<E> elements) {
    return elements.isEmpty() ? Set.of() : Collections.unmodifiableSet(new HashSet<>(elements));
  }

  /** Nobody sees where something was thrown: the sheet throws to say that a reading is none. */
  @Added(to = Throwable.class, instead = true)
  public static Throwable fillInStackTrace(Throwable thrown) {
    return thrown;
  }

  /** A page has its texts decoded already. */
  @Added(to = Charset.class, isStatic = true)
  public static boolean isSupported(String name) {
    return false;
  }

  /** Nothing in a page is computed beside something else. */
  @Added(to = IntStream.class)
  public static IntStream parallel(IntStream stream) {
    return stream;
  }

  /** The root, rounded as asked, with the scale that the JDK prefers where there is room for it. */
  @Added(to = BigDecimal.class)
  public static BigDecimal sqrt(BigDecimal number, MathContext context) {
    int sign = number.signum();
    if (sign < 0) {
      throw new ArithmeticException("Attempted square root of negative BigDecimal");
    }
    int preferred = number.scale() / 2;
    if (sign == 0) {
      return BigDecimal.valueOf(0, preferred);
    }
    int shift = Math.max(0, 2 * (context.getPrecision() + 2) - number.precision());
    int scale = number.scale() + shift;
    if ((scale & 1) != 0) {
      shift++;
      scale++;
    }
    BigInteger whole = number.unscaledValue().multiply(BigInteger.TEN.pow(shift));
    BigInteger root = whole.sqrt();
    boolean exact = root.multiply(root).equals(whole);
    // A digit behind all others says that something is left, so that a half is none.
    BigDecimal result =
        exact
            ? new BigDecimal(root, scale / 2)
            : new BigDecimal(root.multiply(BigInteger.TEN).add(BigInteger.ONE), scale / 2 + 1);
    BigDecimal stripped = result.round(context).stripTrailingZeros();
    int room = context.getPrecision() - stripped.precision();
    int wanted = Math.min(preferred, stripped.scale() + room);
    return stripped.scale() < wanted
        ? stripped.setScale(wanted, RoundingMode.UNNECESSARY)
        : stripped;
  }
}
