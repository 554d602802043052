package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Dropout;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Decoder;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.EncoderDecoder;
import dev.qkv.nn.layer.Gate;
import dev.qkv.nn.layer.Memory;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks as they can be configured, and batches as they come: padded, packed, with a memory. */
class BlocksTest {
  private static final int WIDTH = 12;
  private static final int HEADS = 3;
  private static final int INNER = 17;

  private final Parameters parameters = new Parameters(5);

  /** RMSNorm before each sublayer, SwiGLU, rotary positions, one kv head, no biases, causal. */
  private static BlockSettings llama(Rope style) {
    return BlockSettings.of(WIDTH, HEADS, INNER)
        .attention(Attention.builder().causal(Alignment.UPPER_LEFT).build())
        .kvHeads(1)
        .rotary(new Rotary(style, 10000))
        .nonlinearity(Gate.SWIGLU)
        .norm(NormKind.RMS, NormPlace.PRE)
        .withoutBias();
  }

  /** Gains that are not 1, so that they show. */
  private void stirGains() {
    parameters
        .all()
        .forEach(
            (name, parameter) -> {
              if (name.endsWith("gamma")) {
                float[] gains = parameter.value().data();
                for (int t = 0; t < gains.length; t++) {
                  gains[t] = 0.5f + 0.1f * t;
                }
              }
            });
  }

  private static Variable constant(int seed, int... shape) {
    return Variable.constant(Differences.random(seed, shape));
  }

  private static void close(String name, Tensor got, Tensor expected) {
    assertThat(got.shape()).as(name).isEqualTo(expected.shape());
    float[] a = got.toArray();
    float[] b = expected.toArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs(a[i] - b[i]) <= 2e-5 * (1 + Math.abs(b[i])))
          .as("%s[%d]: %s, expected %s", name, i, a[i], b[i])
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLlamaBlockIsWhatItsFormulasSay(Rope style) {
    EncoderBlock block = EncoderBlock.create(parameters, llama(style));
    assertThat(parameters.all().keySet())
        .containsExactly(
            "attention.query.weight",
            "attention.key.weight",
            "attention.value.weight",
            "attention.output.weight",
            "attention_norm.gamma",
            "feed_forward.gate.weight",
            "feed_forward.up.weight",
            "feed_forward.down.weight",
            "feed_forward_norm.gamma");
    stirGains();
    Variable x = constant(1, 2, 7, WIDTH);
    Tensor got = block.apply(x, Batch.PLAIN, Pass.inference()).value();
    for (int b = 0; b < 2; b++) {
      double[][] expected = new LlamaBlock(parameters, HEADS, style).apply(rows(x.value(), b));
      for (int i = 0; i < 7; i++) {
        for (int t = 0; t < WIDTH; t++) {
          double error = Math.abs(got.get(b, i, t) - expected[i][t]);
          assertThat(error <= 2e-5 * (1 + Math.abs(expected[i][t])))
              .as("%d %d %d: %s, expected %s", b, i, t, got.get(b, i, t), expected[i][t])
              .isTrue();
        }
      }
    }
  }

  private static double[][] rows(Tensor x, int batch) {
    double[][] rows = new double[x.size(1)][x.size(2)];
    for (int i = 0; i < rows.length; i++) {
      for (int t = 0; t < rows[i].length; t++) {
        rows[i][t] = x.get(batch, i, t);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfALlamaEncoder(NormPlace place) {
    BlockSettings settings = llama(Rope.HALF).norm(NormKind.RMS, place);
    Encoder encoder = Encoder.create(parameters.in("encoder"), 2, settings);
    Variable x = parameters.in("input").normal("x", 1, 2, 5, WIDTH);
    Batch lengths = Batch.PLAIN.keyLengths(5, 3);
    Differences.check(parameters, () -> encoder.apply(x, lengths, Pass.inference()));
  }

  @Test
  void gradientsOfALlamaDecoderThroughItsMemory() {
    Decoder decoder = Decoder.create(parameters.in("decoder"), 2, llama(Rope.INTERLEAVED));
    Variable x = parameters.in("input").normal("x", 1, 2, 3, WIDTH);
    Variable encoded = parameters.in("input").normal("encoded", 1, 2, 5, WIDTH);
    Batch source = Batch.PLAIN.keyLengths(4, 5);
    Differences.check(
        parameters,
        () -> decoder.apply(x, Batch.PLAIN, decoder.memory(encoded), source, Pass.inference()));
  }

  @Test
  void dropoutIsDrawnAgainForTheGradients() {
    Encoder encoder = Encoder.create(parameters.in("encoder"), 2, llama(Rope.HALF).dropout(0.3f));
    Variable x = parameters.in("input").normal("x", 1, 2, 5, WIDTH);
    Differences.check(parameters, () -> encoder.apply(x, Pass.training(7)));
  }

  @Test
  void paddedSequencesAreAsIfAlone() {
    BlockSettings settings = llama(Rope.HALF).attention(Attention.plain());
    Encoder encoder = Encoder.create(parameters, 2, settings);
    Tensor x = Differences.random(1, 3, 7, WIDTH);
    int[] lengths = {7, 4, 1};
    Batch batch = Batch.PLAIN.keyLengths(lengths);
    Tensor padded = encoder.apply(Variable.constant(x), batch, Pass.inference()).value();
    for (int s = 0; s < lengths.length; s++) {
      Tensor own = x.slice(0, s, s + 1).slice(1, 0, lengths[s]).contiguous();
      Tensor alone = encoder.apply(Variable.constant(own), Pass.inference()).value();
      close("sequence " + s, padded.slice(0, s, s + 1).slice(1, 0, lengths[s]), alone);
    }
  }

  /** Rotary positions count along the whole pack: scores see their distances alone. */
  @Test
  void packedSequencesAreAsIfAlone() {
    Encoder encoder = Encoder.create(parameters, 2, llama(Rope.INTERLEAVED));
    Tensor x = Differences.random(1, 1, 12, WIDTH);
    int[] ends = {0, 5, 6, 12};
    Batch batch = Batch.PLAIN.packed(ends, ends);
    Tensor packed = encoder.apply(Variable.constant(x), batch, Pass.inference()).value();
    for (int s = 0; s + 1 < ends.length; s++) {
      Tensor own = x.slice(1, ends[s], ends[s + 1]).contiguous();
      Tensor alone = encoder.apply(Variable.constant(own), Pass.inference()).value();
      close("sequence " + s, packed.slice(1, ends[s], ends[s + 1]), alone);
    }
  }

  @Test
  void aMemoryServesEveryStep() {
    Decoder decoder = Decoder.create(parameters, 2, llama(Rope.HALF));
    Variable encoded = constant(1, 2, 5, WIDTH);
    Memory memory = decoder.memory(encoded);
    assertThat(memory.blocks()).hasSize(2);
    assertThat(memory.blocks().getFirst().keys().value().shape()).containsExactly(2, 5, 1, 4);
    Tensor all = Differences.random(2, 2, 4, WIDTH);
    Tensor whole = decoder.apply(Variable.constant(all), encoded, Pass.inference()).value();
    for (int length = 1; length <= 4; length++) {
      Variable x = Variable.constant(all.slice(1, 0, length).contiguous());
      Tensor step = decoder.apply(x, Batch.PLAIN, memory, Batch.PLAIN, Pass.inference()).value();
      assertThat(step.data()).isEqualTo(decoder.apply(x, encoded, Pass.inference()).value().data());
      // Causal: a step sees what it saw before.
      close("length " + length, step, whole.slice(1, 0, length));
    }
  }

  @Test
  void aPaddedSourceIsAsIfAlone() {
    EncoderDecoder model =
        EncoderDecoder.create(parameters, 5, 6, 10, 2, BlockSettings.of(WIDTH, HEADS, INNER));
    int[] target = {1, 2, 3, 0};
    Pass pass = Pass.inference();
    Tensor alone = model.apply(1, new int[] {4, 2, 1}, target, pass).value();
    Batch lengths = Batch.PLAIN.keyLengths(3);
    Variable encoded = model.encode(1, new int[] {4, 2, 1, 0, 0}, lengths, pass);
    Memory memory = model.decoder().memory(encoded);
    close("logits", model.decode(1, target, Batch.PLAIN, memory, lengths, pass).value(), alone);
  }

  @Test
  void dropoutFollowsTheSeedOfThePass() {
    Encoder encoder = Encoder.create(parameters, 2, llama(Rope.HALF).dropout(0.3f));
    assertThat(encoder.blocks().getFirst().attention().attention().settings().dropout())
        .isNotNull();
    Variable x = constant(1, 2, 5, WIDTH);
    float[] first = encoder.apply(x, Pass.training(1)).value().data();
    assertThat(encoder.apply(x, Pass.training(1)).value().data()).isEqualTo(first);
    assertThat(encoder.apply(x, Pass.training(2)).value().data()).isNotEqualTo(first);
    Encoder without = Encoder.create(new Parameters(5), 2, llama(Rope.HALF));
    assertThat(encoder.apply(x, Pass.inference()).value().data())
        .isEqualTo(without.apply(x, Pass.inference()).value().data());
    // On the weights too, and other weights in every attention.
    Pass pass = Pass.training(3);
    Dropout dropout = new Dropout(0.3f, 0);
    long golden = 0x9E3779B97F4A7C15L;
    assertThat(dropout.at(pass.draws()).seed()).isEqualTo(3 * golden);
    assertThat(dropout.at(pass.draws()).seed()).isEqualTo(3 * golden + 1);
    EncoderBlock block = without.blocks().getFirst();
    float[] plain = block.attention().apply(x, Pass.training(1)).value().data();
    float[] dropped =
        encoder.blocks().getFirst().attention().apply(x, Pass.training(1)).value().data();
    assertThat(dropped).isNotEqualTo(plain);
  }

  @Test
  void theUsualNamesOfParametersStay() {
    EncoderDecoder.create(parameters, 5, 6, 10, 1, BlockSettings.of(WIDTH, HEADS, INNER));
    assertThat(parameters.all().keySet())
        .contains(
            "encoder.0.attention.query.weight",
            "encoder.0.attention.query.bias",
            "encoder.0.attention_norm.gamma",
            "encoder.0.attention_norm.beta",
            "encoder.0.feed_forward.inner.weight",
            "encoder.0.feed_forward.outer.bias",
            "encoder.0.feed_forward_norm.beta",
            "decoder.0.cross.output.weight",
            "decoder.0.cross_norm.gamma")
        .doesNotContain("encoder.norm.gamma");
    assertThat(Objects.requireNonNull(parameters.all().get("encoder.0.attention.key.weight")))
        .extracting(v -> v.value().shape())
        .isEqualTo(new int[] {WIDTH, WIDTH});
  }
}
