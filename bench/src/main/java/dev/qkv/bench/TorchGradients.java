package dev.qkv.bench;

import dev.qkv.attention.Gradients;
import dev.qkv.tensor.Tensor;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Forward and backward of PyTorch's scaled_dot_product_attention. */
final class TorchGradients {
  private final org.bytedeco.pytorch.Tensor q;
  private final org.bytedeco.pytorch.Tensor k;
  private final org.bytedeco.pytorch.Tensor v;
  private final org.bytedeco.pytorch.Tensor dOutput;
  private final boolean causal;
  private float @Nullable [][] first;

  TorchGradients(Tensor[] in, Tensor dOutput, boolean causal) {
    this.q = Torch.of(in[0]).requires_grad_(true);
    this.k = Torch.of(in[1]).requires_grad_(true);
    this.v = Torch.of(in[2]).requires_grad_(true);
    this.dOutput = Torch.of(dOutput);
    this.causal = causal;
  }

  void run() {
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor output =
          torch.scaled_dot_product_attention(
              q, k, v, new TensorOptional(), 0, causal, new DoubleOptional(), false);
      TensorVector gradients =
          torch.grad(
              new TensorVector(output),
              new TensorVector(q, k, v),
              new TensorVector(dOutput),
              null,
              false,
              false);
      if (first == null) {
        first =
            new float[][] {
              Torch.floats(gradients.get(0)),
              Torch.floats(gradients.get(1)),
              Torch.floats(gradients.get(2))
            };
      }
    }
  }

  /** Fails where the gradients of the first run differ. */
  void same(String name, Gradients own) {
    float[][] theirs = Objects.requireNonNull(first);
    Torch.same(name + " dq", own.q().data(), theirs[0]);
    Torch.same(name + " dk", own.k().data(), theirs[1]);
    Torch.same(name + " dv", own.v().data(), theirs[2]);
  }

  void close() {
    q.close();
    k.close();
    v.close();
    dOutput.close();
  }
}
