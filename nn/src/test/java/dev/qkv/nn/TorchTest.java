package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.io.ArrayFile;
import dev.qkv.io.StoredArray;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.LayerNorm;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.Norm;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.PlainFeedForward;
import dev.qkv.nn.layer.Residual;
import dev.qkv.nn.train.AdamW;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Layers against PyTorch with the same weights. The file is written by {@code GoldenTorch} in the
 * bench module, whose comment says how; renew it when layers change their shapes.
 */
class TorchTest {
  private static final int HEADS = 4;
  private static final double TOLERANCE = 1e-5;
  private static final double LOSS_TOLERANCE = 1e-4;
  private static final double RATE = 0.01;

  private final Map<String, Tensor> torch = new LinkedHashMap<>();

  @BeforeEach
  void load() throws IOException, URISyntaxException {
    Path file =
        Path.of(
            Objects.requireNonNull(TorchTest.class.getResource("/golden/torch.safetensors"))
                .toURI());
    for (Map.Entry<String, StoredArray> entry : ArrayFile.read(file).entrySet()) {
      torch.put(entry.getKey(), entry.getValue().floats());
    }
  }

  private Tensor get(String name) {
    return Objects.requireNonNull(torch.get(name), name);
  }

  /** PyTorch's (length, batch, width) as (batch, length, width). */
  private Tensor batchFirst(String name) {
    return get(name).transposed(0, 1).contiguous();
  }

  private Linear linear(String prefix) {
    return new Linear(
        Variable.parameter(get(prefix + "weight").transposed(0, 1)),
        Variable.parameter(get(prefix + "bias")));
  }

  private LayerNorm norm(String prefix) {
    return new LayerNorm(
        Variable.parameter(get(prefix + "weight")),
        Variable.parameter(get(prefix + "bias")),
        Norm.USUAL_EPSILON);
  }

  private MultiHeadAttention attention(String prefix) {
    return MultiHeadAttention.ofPacked(
        new Parameters(1).in("attention"),
        get(prefix + "in_proj_weight"),
        get(prefix + "in_proj_bias"),
        linear(prefix + "out_proj."),
        HEADS,
        Attention.plain());
  }

  private PlainFeedForward feedForward(String prefix) {
    return new PlainFeedForward(
        linear(prefix + "linear1."), Activation.RELU, linear(prefix + "linear2."), 0);
  }

  private Residual residual(String prefix) {
    return new Residual(norm(prefix), NormPlace.POST, 0);
  }

  private EncoderBlock block(String prefix) {
    return new EncoderBlock(
        attention(prefix + "self_attn."),
        residual(prefix + "norm1."),
        feedForward(prefix),
        residual(prefix + "norm2."));
  }

  private static void close(String name, Tensor got, Tensor expected) {
    assertThat(got.shape()).as(name).isEqualTo(expected.shape());
    float[] a = got.toArray();
    float[] b = expected.toArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs(a[i] - b[i]) <= TOLERANCE * (1 + Math.abs(b[i])))
          .as("%s[%d]: %s, PyTorch %s", name, i, a[i], b[i])
          .isTrue();
    }
  }

  private void closeLinear(String name, Linear layer, Tensor weight, Tensor bias) {
    close(name + " weight", layer.weight().gradient(), weight.transposed(0, 1));
    close(name + " bias", Objects.requireNonNull(layer.bias()).gradient(), bias);
  }

  private void closeAttention(String prefix, MultiHeadAttention layer) {
    Tensor weight = get(prefix + "in_proj_weight");
    Tensor bias = get(prefix + "in_proj_bias");
    int width = weight.size(1);
    Linear[] parts = {layer.query(), layer.key(), layer.value()};
    for (int part = 0; part < 3; part++) {
      closeLinear(
          "projection " + part,
          parts[part],
          weight.slice(0, part * width, (part + 1) * width),
          bias.slice(0, part * width, (part + 1) * width));
    }
    closeLinear(
        "output", layer.output(), get(prefix + "out_proj.weight"), get(prefix + "out_proj.bias"));
  }

  @Test
  void multiHeadAttention() {
    MultiHeadAttention layer = attention("attention.parameter.");
    Variable x = Variable.parameter(batchFirst("attention.x"));
    Variable y = Variable.parameter(batchFirst("attention.y"));
    Variable output = layer.apply(x, layer.keyValues(y, y), Batch.PLAIN, Pass.inference());
    close("output", output.value(), batchFirst("attention.output"));
    output.backward(batchFirst("attention.dOutput"));
    close("dx", x.gradient(), batchFirst("attention.dx"));
    close("dy", y.gradient(), batchFirst("attention.dy"));
    closeAttention("attention.gradient.", layer);
  }

  @Test
  void encoderBlock() {
    EncoderBlock block = block("encoder.parameter.");
    Variable x = Variable.parameter(batchFirst("encoder.x"));
    Variable output = block.apply(x, Batch.PLAIN, Pass.inference());
    close("output", output.value(), batchFirst("encoder.output"));
    output.backward(batchFirst("encoder.dOutput"));
    close("dx", x.gradient(), batchFirst("encoder.dx"));
    closeAttention("encoder.gradient.self_attn.", block.attention());
    PlainFeedForward feedForward = plain(block);
    closeLinear(
        "inner",
        feedForward.inner(),
        get("encoder.gradient.linear1.weight"),
        get("encoder.gradient.linear1.bias"));
    closeLinear(
        "outer",
        feedForward.outer(),
        get("encoder.gradient.linear2.weight"),
        get("encoder.gradient.linear2.bias"));
    LayerNorm first = norm(block.attentionResidual());
    close("gamma", first.gamma().gradient(), get("encoder.gradient.norm1.weight"));
    LayerNorm second = norm(block.feedForwardResidual());
    close("beta", second.beta().gradient(), get("encoder.gradient.norm2.bias"));
  }

  @Test
  void tenStepsOfTrainingFollowTheLosses() {
    Parameters parameters = new Parameters(1);
    EncoderBlock own = EncoderBlock.create(parameters.in("block"), BlockSettings.of(16, HEADS, 24));
    Linear head = Linear.create(parameters.in("linear"), 16, 6);
    copy(block("training.block."), own);
    copy(linear("training.linear."), head);
    AdamW optimiser = new AdamW(parameters, AdamW.Settings.USUAL);
    Tensor losses = get("training.losses");
    Variable x = Variable.constant(batchFirst("training.x"));
    int length = x.value().size(1);
    int batch = x.value().size(0);
    int[] targets = new int[batch * length];
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < length; i++) {
        targets[b * length + i] = (i * batch + b) % 6;
      }
    }
    for (int step = 0; step < losses.size(0); step++) {
      parameters.clearGradients();
      Variable loss = head.apply(own.apply(x, Batch.PLAIN, Pass.training(1))).crossEntropy(targets);
      double got = loss.value().get(0);
      assertThat(Math.abs(got - losses.get(step)) <= LOSS_TOLERANCE)
          .as("step %s: %s, PyTorch %s", step, got, losses.get(step))
          .isTrue();
      loss.backward();
      optimiser.step(RATE);
    }
    assertThat(losses.get(losses.size(0) - 1)).isLessThan(losses.get(0));
  }

  private static void copy(Variable from, Variable to) {
    assertThat(from.value().shape()).isEqualTo(to.value().shape());
    System.arraycopy(from.value().data(), 0, to.value().data(), 0, to.value().data().length);
  }

  private static void copy(Linear from, Linear to) {
    copy(from.weight(), to.weight());
    copy(Objects.requireNonNull(from.bias()), Objects.requireNonNull(to.bias()));
  }

  private static PlainFeedForward plain(EncoderBlock block) {
    return (PlainFeedForward) block.feedForward();
  }

  private static LayerNorm norm(Residual residual) {
    return (LayerNorm) residual.norm();
  }

  private static void copy(LayerNorm from, LayerNorm to) {
    copy(from.gamma(), to.gamma());
    copy(from.beta(), to.beta());
  }

  private static void copy(EncoderBlock from, EncoderBlock to) {
    copy(from.attention().query(), to.attention().query());
    copy(from.attention().key(), to.attention().key());
    copy(from.attention().value(), to.attention().value());
    copy(from.attention().output(), to.attention().output());
    copy(norm(from.attentionResidual()), norm(to.attentionResidual()));
    copy(plain(from).inner(), plain(to).inner());
    copy(plain(from).outer(), plain(to).outer());
    copy(norm(from.feedForwardResidual()), norm(to.feedForwardResidual()));
  }
}
