package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.ops.Gelu;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whose array a gradient is: nothing is added to one that somebody else still has. */
class TapeTest {
  private static Tensor numbers(float... values) {
    return Tensor.of(values, values.length);
  }

  private static Variable parameter(float... values) {
    return Variable.parameter(numbers(values));
  }

  @Test
  void theSameTermTwice() {
    Variable x = parameter(1, 2, 3);
    Tensor d = numbers(1, 10, 100);
    x.plus(x).backward(d);
    assertThat(x.gradient().data()).containsExactly(2, 20, 200);
    assertThat(d.data()).containsExactly(1, 10, 100);
  }

  @Test
  void bothTermsGetGradientsOfTheirOwn() {
    Variable a = parameter(1, 2);
    Variable b = parameter(3, 4);
    a.plus(b).backward(numbers(5, 6));
    Arrays.fill(a.gradient().data(), 0);
    assertThat(b.gradient().data()).containsExactly(5, 6);
  }

  /** Both inputs of the sums hold one gradient, and each gets another term later. */
  @Test
  void intermediateResultsThatShareAGradient() {
    Variable x = parameter(1, 2);
    Variable a = x.times(2);
    Variable b = x.times(3);
    Variable sum = a.plus(b);
    // d/da = 1 + 5, d/db = 1 + 7: d/dx = 2·6 + 3·8.
    sum.plus(a.times(5)).plus(b.times(7)).backward(numbers(1, 10));
    assertThat(x.gradient().data()).containsExactly(36, 360);
  }

  @Test
  void residualConnectionsInEitherOrder() {
    for (boolean first : new boolean[] {false, true}) {
      Variable x = parameter(1, 2);
      Variable y = x.times(1);
      Variable z = y.times(2);
      Variable sum = first ? y.plus(z) : z.plus(y);
      Variable again = first ? sum.plus(sum.times(4)) : sum.times(4).plus(sum);
      again.backward(numbers(1, 10));
      assertThat(x.gradient().data()).containsExactly(15, 150);
    }
  }

  @Test
  void viewsOfOneGradient() {
    Variable x = Variable.parameter(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    Variable flat = x.reshape(4);
    flat.plus(x.reshape(4))
        .plus(flat.reshape(2, 2).times(2).reshape(4))
        .backward(numbers(1, 10, 100, 1000));
    assertThat(x.gradient().shape()).containsExactly(2, 2);
    assertThat(x.gradient().data()).containsExactly(4, 40, 400, 4000);
  }

  @Test
  void aReshapedParameterHasAnArrayOfItsOwn() {
    Variable x = parameter(1, 2);
    Variable y = parameter(3, 4);
    Tensor d = Tensor.of(new float[] {5, 6}, 1, 2);
    x.reshape(1, 2).plus(y.reshape(1, 2)).backward(d);
    Arrays.fill(x.gradient().data(), 0);
    assertThat(y.gradient().data()).containsExactly(5, 6);
    assertThat(d.data()).containsExactly(5, 6);
  }

  @Test
  void whatTheCallerHandsInStays() {
    Tensor d = Tensor.view(new float[] {9, 1, 9, 2, 9}, 1, new int[] {2}, new int[] {2});
    Variable x = parameter(1, 2);
    x.backward(d);
    x.backward(d);
    assertThat(x.gradient().data()).containsExactly(2, 4);
    assertThat(d.data()).containsExactly(9, 1, 9, 2, 9);
    Variable y = x.times(1);
    y.plus(y).backward(d);
    assertThat(x.gradient().data()).containsExactly(4, 8);
    assertThat(d.data()).containsExactly(9, 1, 9, 2, 9);
  }

  /** The tape adds to the parameter's gradient while what was handed in is still needed. */
  @Test
  void aParametersGradientMayBeHandedIn() {
    Variable p = parameter(1, 2);
    Variable q = parameter(1, 2);
    p.backward(numbers(1, 1));
    p.plus(q.times(3)).backward(p.gradient());
    assertThat(p.gradient().data()).containsExactly(2, 2);
    assertThat(q.gradient().data()).containsExactly(3, 3);
  }

  @Test
  void aBiasGetsItsOwnGradient() {
    Variable x = Variable.parameter(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    Variable bias = parameter(1, 2);
    Variable number = Variable.parameter(Tensor.of(new float[] {1}));
    x.plus(bias).plus(number).backward(Tensor.of(new float[] {1, 10, 100, 1000}, 2, 2));
    assertThat(bias.gradient().data()).containsExactly(101, 1010);
    assertThat(number.gradient().get()).isEqualTo(1111);
    assertThat(x.gradient().data()).containsExactly(1, 10, 100, 1000);
  }

  @Test
  void gradientsThatCameAndThoseThatDidNot() {
    Variable x = parameter(1, 2);
    assertThat(x.hasGradient()).isFalse();
    assertThat(x.gradient().data()).containsOnly(0);
    Variable y = x.gelu(Gelu.TANH);
    y.backward(numbers(1, 1));
    assertThat(x.hasGradient()).isTrue();
    assertThat(y.hasGradient()).isFalse();
    x.clearGradient();
    assertThat(x.hasGradient()).isFalse();
    assertThat(Variable.constant(numbers(1)).hasGradient()).isFalse();
  }

  /** Every value read again after the pass: operations change nothing but gradients. */
  @Test
  void valuesStay() {
    Variable x = parameter(1, -2, 3, -4);
    Variable bias = parameter(0.5f, 0.25f);
    Variable a = x.reshape(2, 2).plus(bias).relu();
    Variable b = a.plus(a).swiGlu(a.times(2));
    float[] before = b.value().toArray();
    float[] middle = a.value().toArray();
    b.backward(Tensor.of(new float[] {1, 1, 1, 1}, 2, 2));
    assertThat(b.value().data()).isEqualTo(before);
    assertThat(a.value().data()).isEqualTo(middle);
    assertThat(x.value().data()).containsExactly(1, -2, 3, -4);
    assertThat(bias.value().data()).containsExactly(0.5f, 0.25f);
  }
}
