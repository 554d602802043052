package dev.qkv.peers;

import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's dot_product_attention, whose arrays are (batch, heads, dim, length). It has neither causal
 * masks nor grouped heads.
 */
final class Nd4jPeer implements Peer {
  private @Nullable CustomOp op;
  private @Nullable INDArray output;

  Nd4jPeer(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }

  @Override
  public boolean take(Tensor q, Tensor k, Tensor v, boolean causal) {
    if (causal || q.size(1) != k.size(1)) {
      return false;
    }
    output = Nd4j.create(q.size(0), q.size(1), v.size(3), q.size(2));
    op =
        DynamicCustomOp.builder("dot_product_attention")
            .addInputs(array(q), array(k), array(v))
            .addOutputs(output)
            .addIntegerArguments(1, 0)
            .build();
    return true;
  }

  private static INDArray array(Tensor tensor) {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return Nd4j.create(tensor.toArray(), shape).permute(0, 1, 3, 2).dup();
  }

  @Override
  public void run() {
    Nd4j.exec(Objects.requireNonNull(op));
  }

  @Override
  public float[] output() {
    INDArray rows = Objects.requireNonNull(output).permute(0, 1, 3, 2).dup('c');
    return rows.data().asFloat();
  }
}
