package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.tensor.Tensor;
import java.util.Optional;

/** The engine. */
final class QkvContestant implements Contestant {
  @Override
  public String name() {
    return "QKV";
  }

  @Override
  public Optional<Ready> ready(Case which, Tensor[] inputs, int threads) {
    Attention attention = which.attention(threads);
    Tensor output = Tensor.zeros(inputs[0].shape());
    Batch masks = which.masks();
    return Optional.of(
        new Ready() {
          @Override
          public void run(long calls) {
            for (long call = 0; call < calls; call++) {
              run();
            }
          }

          private void run() {
            attention.forward(inputs[0], inputs[1], inputs[2], masks, output, null);
          }

          @Override
          public float[] output() {
            return output.data();
          }

          @Override
          public void close() {}
        });
  }
}
