package dev.qkv.bench;

import dev.qkv.tensor.Tensor;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** A matrix product by OpenBLAS. */
final class OpenBlas {
  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;

  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;
  private final int m;
  private final int k;
  private final int n;

  OpenBlas(Tensor left, Tensor right) {
    this.m = left.size(0);
    this.k = left.size(1);
    this.n = right.size(1);
    this.a = new FloatPointer(left.data());
    this.b = new FloatPointer(right.data());
    this.c = new FloatPointer((long) m * n);
  }

  void run() {
    openblas_nolapack.cblas_sgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, m, n, k, 1, a, k, b, n, 0, c, n);
  }

  /** Fails where the product differs. */
  void same(Tensor own) {
    float[] theirs = new float[m * n];
    c.get(theirs);
    Torch.same(m + "×" + k + "×" + n, own.data(), theirs);
  }
}
