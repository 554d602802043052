package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import dev.qkv.app.bench.Choice;
import dev.qkv.tensor.BooleanTensor;
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
    Choice choice = which.choice();
    if (choice != Choice.NONE && choice != Choice.BIAS && choice != Choice.KEEP) {
      return Optional.empty();
    }
    torch.set_num_threads(threads);
    // Its OpenBLAS has threads of its own, which would compete with PyTorch's: PyTorch is faster
    // so.
    openblas_nolapack.blas_set_num_threads(1);
    Tensor q = tensor(inputs[0]);
    Tensor k = tensor(inputs[1]);
    Tensor v = tensor(inputs[2]);
    TensorOptional mask = mask(which);
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

  /** The bias or mask of a case. PyTorch has no window: a mask, made beforehand, stands for it. */
  private static TensorOptional mask(Case which) {
    int n = which.length();
    if (which.choice() == Choice.BIAS) {
      return new TensorOptional(tensor(Choice.bias(which.heads(), n)));
    }
    if (which.choice() == Choice.KEEP) {
      BooleanTensor keep = Choice.keep(n);
      return new TensorOptional(hidden(n, (i, j) -> keep.data()[i * n + j]));
    }
    if (which.window() >= 0) {
      return new TensorOptional(hidden(n, (i, j) -> j <= i && j >= i - which.window()));
    }
    return new TensorOptional();
  }

  /** Whether a query may attend to a key. */
  @FunctionalInterface
  private interface Keeps {
    boolean test(int query, int key);
  }

  /** 0 where a query may attend to a key, −∞ elsewhere. */
  private static Tensor hidden(int n, Keeps keeps) {
    float[] mask = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        mask[i * n + j] = keeps.test(i, j) ? 0 : Float.NEGATIVE_INFINITY;
      }
    }
    return tensor(dev.qkv.tensor.Tensor.of(mask, n, n));
  }
}
