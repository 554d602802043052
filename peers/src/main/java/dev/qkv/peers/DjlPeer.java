package dev.qkv.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What DJL's attention block does between its projections: two batched products with softmax in
 * between, on its PyTorch engine. The block itself cannot do without four products with square
 * matrices, which would take most of the time. Grouped heads are no part of it.
 */
final class DjlPeer implements Peer {
  private final NDManager manager = NDManager.newBaseManager();
  private @Nullable NDArray q;
  private @Nullable NDArray k;
  private @Nullable NDArray v;
  private @Nullable NDArray mask;
  private @Nullable NDArray last;

  DjlPeer(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  @Override
  public boolean take(Tensor newQ, Tensor newK, Tensor newV, boolean causal) {
    if (newQ.size(1) != newK.size(1)) {
      return false;
    }
    q = array(newQ);
    k = array(newK);
    v = array(newV);
    mask = causal ? causal(newQ.size(2)) : null;
    return true;
  }

  private NDArray array(Tensor tensor) {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return manager.create(tensor.toArray(), new Shape(shape));
  }

  /** 0 where a query may attend to a key, −∞ elsewhere. */
  private NDArray causal(int n) {
    float[] hidden = new float[n * n];
    for (int i = 0; i < n; i++) {
      Arrays.fill(hidden, i * n + i + 1, i * n + n, Float.NEGATIVE_INFINITY);
    }
    return manager.create(hidden, new Shape(n, n));
  }

  @Override
  public void run() {
    NDArray queries = Objects.requireNonNull(q);
    float scale = (float) (1 / Math.sqrt((double) queries.getShape().get(3)));
    NDArray transposed = Objects.requireNonNull(k).swapAxes(2, 3);
    NDArray scores = queries.matMul(transposed);
    scores.muli(scale);
    if (mask != null) {
      scores.addi(mask);
    }
    NDArray weights = scores.softmax(-1);
    NDArray output = weights.matMul(Objects.requireNonNull(v));
    transposed.close();
    scores.close();
    weights.close();
    if (last != null) {
      last.close();
    }
    last = output;
  }

  @Override
  public float[] output() {
    return Objects.requireNonNull(last).toFloatArray();
  }
}
