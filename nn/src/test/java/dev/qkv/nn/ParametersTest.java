package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The first numbers of a model. */
class ParametersTest {
  private static final int NUMBERS = 200;

  private static Set<Float> numbers(long seed, String name) {
    Set<Float> numbers = new HashSet<>();
    for (float number : new Parameters(seed).xavier(name, NUMBERS, 1).value().data()) {
      numbers.add(number);
    }
    return numbers;
  }

  /** Two of 24 bits are the same by chance once in many pairs of seeds; a row of them is not. */
  private static void isUnrelated(Set<Float> one, Set<Float> other) {
    one.retainAll(other);
    assertThat(one).hasSizeLessThan(4);
  }

  @Test
  void seedsThatFollowEachOtherHaveOtherNumbers() {
    for (long seed = -20; seed < 20; seed++) {
      for (long next = seed + 1; next < 21; next++) {
        isUnrelated(numbers(seed, "weight"), numbers(next, "weight"));
      }
    }
  }

  @Test
  void namesHaveOtherNumbersEvenIfTheirHashCodesAreTheSame() {
    isUnrelated(numbers(1, "Aa"), numbers(1, "BB"));
    isUnrelated(numbers(1, "a"), numbers(1, "b"));
    isUnrelated(numbers(1, "a"), numbers(2, "b"));
  }

  @Test
  void theSameSeedAndNameHaveTheSameNumbers() {
    assertThat(numbers(7, "weight")).isEqualTo(numbers(7, "weight"));
  }
}
