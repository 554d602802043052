package dev.qkv.bench;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.TransformerEncoderImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.TransformerEncoderOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A training step of PyTorch on models of the same sizes: forward, backward, clipping, AdamW. Its
 * C++ blocks normalise after the sums, those of the anomaly task before: the work is the same.
 */
final class TorchTraining {
  private static final int VARIANTS = 16;

  /** From a batch to logits. */
  @FunctionalInterface
  private interface Model {
    org.bytedeco.pytorch.Tensor apply(org.bytedeco.pytorch.Tensor batch);
  }

  private final Model model;
  private final TensorVector parameters;
  private final AdamW optimiser;
  private final org.bytedeco.pytorch.Tensor[] batches = new org.bytedeco.pytorch.Tensor[VARIANTS];
  private final org.bytedeco.pytorch.Tensor[] targets = new org.bytedeco.pytorch.Tensor[VARIANTS];
  private int step;

  private TorchTraining(Model model, Module... parts) {
    this.model = model;
    this.parameters = new TensorVector();
    for (Module part : parts) {
      TensorVector of = part.parameters();
      for (long i = 0; i < of.size(); i++) {
        parameters.push_back(of.get(i));
      }
    }
    this.optimiser = new AdamW(parameters, new AdamWOptions(1e-3));
  }

  private static TransformerEncoderImpl encoder(
      int depth, int width, int heads, int inner, double dropout) {
    TransformerEncoderLayerOptions layer = new TransformerEncoderLayerOptions(width, heads);
    layer.dim_feedforward().put(inner);
    layer.dropout().put(dropout);
    return new TransformerEncoderImpl(new TransformerEncoderOptions(layer, depth));
  }

  private static org.bytedeco.pytorch.Tensor classes(Random random, int count, int classes) {
    return torch.tensor(random.longs(count, 0, classes).toArray());
  }

  static TorchTraining reversal(int symbols, int length, int width, int batch) {
    EmbeddingImpl embedding = new EmbeddingImpl(symbols, width);
    TransformerEncoderImpl encoder = encoder(1, width, 1, 2 * width, 0);
    LinearImpl output = new LinearImpl(width, symbols);
    org.bytedeco.pytorch.Tensor positions = torch.randn(length, 1, width);
    TorchTraining training =
        new TorchTraining(
            ids ->
                output
                    .forward(
                        encoder.forward(
                            embedding.forward(ids).reshape(length, batch, width).add(positions)))
                    .reshape((long) length * batch, symbols),
            embedding,
            encoder,
            output);
    Random random = new Random(1);
    for (int i = 0; i < VARIANTS; i++) {
      training.batches[i] = classes(random, length * batch, symbols);
      training.targets[i] = classes(random, length * batch, symbols);
    }
    return training;
  }

  static TorchTraining anomaly(int features, int size, int width, int depth, int batch) {
    LinearImpl input = new LinearImpl(features, width);
    TransformerEncoderImpl encoder = encoder(depth, width, 4, 2 * width, 0.05);
    LinearImpl output = new LinearImpl(width, 1);
    TorchTraining training =
        new TorchTraining(
            sets ->
                output
                    .forward(encoder.forward(input.forward(sets)))
                    .reshape(size, batch)
                    .transpose(0, 1),
            input,
            encoder,
            output);
    Random random = new Random(1);
    for (int i = 0; i < VARIANTS; i++) {
      training.batches[i] = torch.randn(size, batch, features);
      training.targets[i] = classes(random, batch, size);
    }
    return training;
  }

  void run() {
    for (int i = 0; i < LayersSideBySide.STEPS; i++) {
      step();
    }
  }

  private void step() {
    try (PointerScope scope = new PointerScope()) {
      int which = step++ % VARIANTS;
      optimiser.zero_grad();
      org.bytedeco.pytorch.Tensor loss =
          torch.cross_entropy_loss(model.apply(batches[which]), targets[which]);
      loss.backward();
      torch.clip_grad_norm_(parameters, 1);
      optimiser.step();
    }
  }
}
