package dev.qkv.bench;

import dev.qkv.io.ArrayFile;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.MultiheadAttentionImpl;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Writes what PyTorch makes of a multi-head attention, of an encoder block, and of ten steps of
 * training, for the tests of layers, which need no native library:
 *
 * <pre>
 * mvn -Pbench -DskipTests -Dbench.main=dev.qkv.bench.GoldenTorch \
 *     -Dbench.arguments=nn/src/test/resources/golden/torch.safetensors verify
 * </pre>
 *
 * <p>PyTorch's arrays are (length, batch, width), its weights (out, in).
 */
public final class GoldenTorch {
  private static final int WIDTH = 16;
  private static final int HEADS = 4;
  private static final int INNER = 24;
  private static final int LENGTH = 5;
  private static final int KEYS = 7;
  private static final int BATCH = 3;
  private static final int CLASSES = 6;
  private static final int STEPS = 10;
  private static final double RATE = 0.01;

  private final Map<String, Tensor> all = new LinkedHashMap<>();

  private GoldenTorch() {}

  /**
   * Runs.
   *
   * @param arguments the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    torch.manual_seed(20261122);
    GoldenTorch golden = new GoldenTorch();
    golden.attention();
    golden.encoder();
    golden.training();
    ArrayFile.write(Path.of(arguments[0]), golden.all);
  }

  private static org.bytedeco.pytorch.Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    long[] sizes = Arrays.stream(shape).asLongStream().toArray();
    return torch.from_blob(new FloatPointer(tensor.data()), sizes).clone();
  }

  private void keep(String name, org.bytedeco.pytorch.Tensor tensor) {
    org.bytedeco.pytorch.Tensor flat = tensor.detach().contiguous();
    float[] data = new float[(int) flat.numel()];
    new FloatPointer(flat.data_ptr_float()).get(data);
    int[] shape = new int[(int) flat.dim()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = (int) flat.size(axis);
    }
    all.put(name, Tensor.of(data, shape));
  }

  private void keepParameters(String prefix, Module module) {
    StringTensorDict parameters = module.named_parameters();
    for (long i = 0; i < parameters.size(); i++) {
      keep(prefix + parameters.get(i).key().getString(), parameters.get(i).value());
    }
  }

  private void keepGradients(String prefix, Module module) {
    StringTensorDict parameters = module.named_parameters();
    for (long i = 0; i < parameters.size(); i++) {
      keep(prefix + parameters.get(i).key().getString(), parameters.get(i).value().grad());
    }
  }

  private void attention() {
    MultiheadAttentionImpl layer = new MultiheadAttentionImpl(WIDTH, HEADS);
    org.bytedeco.pytorch.Tensor x = random(1, LENGTH, BATCH, WIDTH).requires_grad_(true);
    org.bytedeco.pytorch.Tensor y = random(2, KEYS, BATCH, WIDTH).requires_grad_(true);
    org.bytedeco.pytorch.Tensor dOutput = random(3, LENGTH, BATCH, WIDTH);
    org.bytedeco.pytorch.Tensor output = layer.forward(x, y, y).get0();
    output.mul(dOutput).sum().backward();
    keepParameters("attention.parameter.", layer);
    keepGradients("attention.gradient.", layer);
    keep("attention.x", x);
    keep("attention.y", y);
    keep("attention.dOutput", dOutput);
    keep("attention.output", output);
    keep("attention.dx", x.grad());
    keep("attention.dy", y.grad());
  }

  private static TransformerEncoderLayerImpl block() {
    TransformerEncoderLayerOptions options = new TransformerEncoderLayerOptions(WIDTH, HEADS);
    options.dim_feedforward().put(INNER);
    options.dropout().put(0);
    return new TransformerEncoderLayerImpl(options);
  }

  private void encoder() {
    TransformerEncoderLayerImpl layer = block();
    org.bytedeco.pytorch.Tensor x = random(4, LENGTH, BATCH, WIDTH).requires_grad_(true);
    org.bytedeco.pytorch.Tensor dOutput = random(5, LENGTH, BATCH, WIDTH);
    org.bytedeco.pytorch.Tensor output = layer.forward(x);
    output.mul(dOutput).sum().backward();
    keepParameters("encoder.parameter.", layer);
    keepGradients("encoder.gradient.", layer);
    keep("encoder.x", x);
    keep("encoder.dOutput", dOutput);
    keep("encoder.output", output);
    keep("encoder.dx", x.grad());
  }

  /** An encoder block and a linear map learn by heart what class each position has. */
  private void training() {
    TransformerEncoderLayerImpl layer = block();
    LinearImpl linear = new LinearImpl(WIDTH, CLASSES);
    org.bytedeco.pytorch.Tensor x = random(6, LENGTH, BATCH, WIDTH);
    keepParameters("training.block.", layer);
    keepParameters("training.linear.", linear);
    keep("training.x", x);
    TensorVector learned = layer.parameters();
    TensorVector more = linear.parameters();
    org.bytedeco.pytorch.Tensor[] parameters =
        new org.bytedeco.pytorch.Tensor[(int) (learned.size() + more.size())];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i < learned.size() ? learned.get(i) : more.get(i - learned.size());
    }
    AdamW optimiser = new AdamW(new TensorVector(parameters), new AdamWOptions(RATE));
    long[] classes = new long[LENGTH * BATCH];
    Arrays.setAll(classes, i -> i % CLASSES);
    org.bytedeco.pytorch.Tensor targets = torch.tensor(classes);
    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      optimiser.zero_grad();
      org.bytedeco.pytorch.Tensor logits =
          linear.forward(layer.forward(x)).reshape(LENGTH * BATCH, CLASSES);
      org.bytedeco.pytorch.Tensor loss = torch.cross_entropy_loss(logits, targets);
      loss.backward();
      losses[step] = loss.item_float();
      optimiser.step();
    }
    all.put("training.losses", Tensor.of(losses, STEPS));
  }
}
