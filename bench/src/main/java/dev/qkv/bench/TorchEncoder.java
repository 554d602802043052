package dev.qkv.bench;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TransformerEncoderImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.TransformerEncoderOptions;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's TransformerEncoder, random weights, inference. Its activation is ReLU. */
final class TorchEncoder {
  private final TransformerEncoderImpl encoder;
  private final org.bytedeco.pytorch.Tensor x;

  TorchEncoder(int depth, int width, int heads, int inner, int batch, int length) {
    TransformerEncoderLayerOptions layer = new TransformerEncoderLayerOptions(width, heads);
    layer.dim_feedforward().put(inner);
    encoder = new TransformerEncoderImpl(new TransformerEncoderOptions(layer, depth));
    encoder.eval();
    x = torch.randn(length, batch, width);
  }

  void run() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      encoder.forward(x);
    }
  }
}
