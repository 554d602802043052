package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** PyTorch's scaled_dot_product_attention through bytedeco's bindings, with OpenBLAS. */
final class PyTorchContestant implements Contestant {
  @Override
  public String name() {
    return "PyTorch";
  }

  @Override
  public Optional<Ready> ready(Case which, dev.qkv.tensor.Tensor[] inputs, int threads) {
    torch.set_num_threads(threads);
    // Its OpenBLAS has threads of its own, which would compete with PyTorch's: PyTorch is faster
    // so.
    openblas_nolapack.blas_set_num_threads(1);
    Tensor q = tensor(inputs[0]);
    Tensor k = tensor(inputs[1]);
    Tensor v = tensor(inputs[2]);
    // PyTorch has no window: a mask of booleans, made beforehand, stands for it.
    TensorOptional mask =
        which.window() < 0 ? new TensorOptional() : new TensorOptional(window(which));
    boolean causal = which.causal() && which.window() < 0;
    boolean grouped = which.heads() != which.kvHeads();
    return Optional.of(
        new Ready() {
          private @Nullable Tensor last;

          @Override
          public void run(long calls) {
            for (long call = 0; call < calls; call++) {
              run();
            }
          }

          private void run() {
            Tensor output =
                torch.scaled_dot_product_attention(
                    q, k, v, mask, 0, causal, new DoubleOptional(), grouped);
            if (last != null) {
              last.close();
            }
            last = output;
          }

          @Override
          public float[] output() {
            Tensor output = Objects.requireNonNull(last);
            float[] copy = new float[(int) output.numel()];
            new FloatPointer(output.contiguous().data_ptr_float()).get(copy);
            return copy;
          }

          @Override
          public void close() {
            if (last != null) {
              last.close();
            }
            q.close();
            k.close();
            v.close();
          }
        });
  }

  private static Tensor tensor(dev.qkv.tensor.Tensor from) {
    FloatPointer pointer = new FloatPointer(from.data());
    long[] shape = Arrays.stream(from.shape()).asLongStream().toArray();
    Tensor view = torch.from_blob(pointer, shape);
    return view.clone();
  }

  /** 0 where a query may attend to a key, −∞ elsewhere. */
  private static Tensor window(Case which) {
    int n = which.length();
    float[] mask = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean kept = j <= i && j >= i - which.window();
        mask[i * n + j] = kept ? 0 : Float.NEGATIVE_INFINITY;
      }
    }
    return tensor(dev.qkv.tensor.Tensor.of(mask, n, n));
  }
}
