package dev.qkv.bench;

import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.global.torch;

/** Arrays to PyTorch and back. */
final class Torch {
  private static final double TOLERANCE = 5e-4;

  private Torch() {}

  /** A copy as PyTorch's tensor. */
  static org.bytedeco.pytorch.Tensor of(Tensor tensor) {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return torch.from_blob(new FloatPointer(tensor.toArray()), shape).clone();
  }

  /** A copy of the numbers of PyTorch's tensor. */
  static float[] floats(org.bytedeco.pytorch.Tensor tensor) {
    float[] copy = new float[(int) tensor.numel()];
    new FloatPointer(tensor.detach().contiguous().data_ptr_float()).get(copy);
    return copy;
  }

  /** Fails where two libraries differ by more than rounding. */
  static void same(String name, float[] expected, float[] got) {
    double largest = expected.length == got.length ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(expected.length, got.length); i++) {
      double difference = Math.abs(expected[i] - got[i]) / (1 + Math.abs(expected[i]));
      largest = difference <= largest ? largest : difference;
    }
    if (!(largest <= TOLERANCE)) {
      throw new IllegalStateException(
          name + ": differs by " + largest + ", expected at most " + TOLERANCE);
    }
  }
}
