package dev.qkv.attention;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of the public edge. Nothing is allocated unless one is broken. */
final class Checks {
  static final String OP = "attention";
  private static final long TOO_MANY = 1L << 31;

  /** Room for the sums of a length and of what tiles and splits add to it. */
  private static final int LONGEST = 1 << 30;

  /** 2048 rows of this width, which splits of keys may need, are less than an array can hold. */
  private static final int WIDEST = 1 << 19;

  private Checks() {}

  static <T> T given(String name, @Nullable T argument) {
    if (argument == null) {
      throw new InvalidArgument("attention.null", OP, name);
    }
    return argument;
  }

  static Layout layout(String name, @Nullable Tensor tensor, Settings settings) {
    Tensor given = given(name, tensor);
    if (given.rank() < 2 || given.rank() > 4) {
      throw new InvalidArgument("tensor.rank", OP, name, "2, 3, 4", given.rank());
    }
    return given.layout(settings.axisOrder());
  }

  static float[] logSumExp(Tensor tensor, Layout q) {
    if (!Footprint.isWhole(tensor)) {
      throw new InvalidArgument("attention.lse.view", OP, tensor.shape(), tensor.data().length);
    }
    if (tensor.rank() != 3
        || tensor.size(0) != q.batches()
        || tensor.size(1) != q.heads()
        || tensor.size(2) != q.length()) {
      throw new InvalidArgument(
          "attention.lse.shape",
          OP,
          tensor.shape(),
          new int[] {q.batches(), q.heads(), q.length()});
    }
    return tensor.data();
  }

  /** What q, k and v owe each other whatever the settings. */
  private static void dims(Layout q, Layout k, Layout v) {
    if (q.dim() < 1) {
      throw new InvalidArgument("attention.dim", OP, q.shape());
    }
    if (k.dim() != q.dim()) {
      throw new InvalidArgument("attention.headDim", OP, k.shape(), q.dim(), q.dim());
    }
    if (k.batches() != q.batches()) {
      throw new InvalidArgument("attention.batch", OP, "k", k.shape(), q.batches());
    }
    if (v.batches() != q.batches()) {
      throw new InvalidArgument("attention.batch", OP, "v", v.shape(), q.batches());
    }
    if (v.heads() != k.heads()) {
      throw new InvalidArgument("attention.kvHeads", OP, v.shape(), k.heads());
    }
    if (v.length() != k.length()) {
      throw new InvalidArgument("attention.keyLength", OP, v.shape(), k.length());
    }
    if (q.heads() > 0 && (k.heads() == 0 || q.heads() % k.heads() != 0)) {
      throw new InvalidArgument("attention.groups", OP, q.shape(), k.heads(), q.heads());
    }
  }

  static void forward(
      Settings s,
      Batch batch,
      float[] q,
      Layout qLayout,
      float[] k,
      Layout kLayout,
      float[] v,
      Layout vLayout) {
    given("batch", batch);
    inside("q", q, qLayout);
    inside("k", k, kLayout);
    inside("v", v, vLayout);
    dims(qLayout, kLayout, vLayout);
    perHead("alibi", s.scores().alibiSlopes(), qLayout.heads());
    perHead("sinks", s.sinks(), qLayout.heads());
    BatchChecks.fits(s, batch, qLayout, kLayout);
  }

  static void output(
      Batch batch,
      float[] q,
      Layout qLayout,
      float[] k,
      Layout kLayout,
      float[] v,
      Layout vLayout,
      float[] output,
      Layout layout,
      float @Nullable [] logSumExp) {
    inside("output", output, layout);
    if (layout.batches() != qLayout.batches()
        || layout.heads() != qLayout.heads()
        || layout.length() != qLayout.length()
        || layout.dim() != vLayout.dim()) {
      throw new InvalidArgument(
          "attention.output.shape",
          OP,
          layout.shape(),
          Layout.of(qLayout.batches(), qLayout.heads(), qLayout.length(), vLayout.dim()).shape());
    }
    if (Footprint.repeats(layout)) {
      throw new InvalidArgument("attention.output.repeats", OP, layout);
    }
    overlap("q", q, qLayout, output, layout);
    overlap("k", k, kLayout, output, layout);
    overlap("v", v, vLayout, output, layout);
    Tensor bias = batch.bias();
    if (bias != null && Footprint.meets(bias, output, layout)) {
      throw new InvalidArgument(
          "attention.overlap",
          OP,
          layout.offset(),
          layout.end() - 1,
          "bias",
          bias.offset(),
          Footprint.end(bias) - 1);
    }
    if (logSumExp != null) {
      long rows = (long) qLayout.batches() * qLayout.heads() * qLayout.length();
      if (logSumExp.length != rows) {
        throw new InvalidArgument("attention.lse.length", OP, logSumExp.length, rows);
      }
      if (Footprint.same(logSumExp, output)
          || Footprint.same(logSumExp, q)
          || Footprint.same(logSumExp, k)
          || Footprint.same(logSumExp, v)
          || (bias != null && Footprint.same(logSumExp, bias.data()))) {
        throw new InvalidArgument("attention.overlap.lse", OP);
      }
    }
  }

  /** What q, k, v, the forward's results and dOutput owe each other. */
  static void backward(
      Settings s, Batch batch, Tensor q, Tensor k, Tensor v, Forward forward, Tensor dOutput) {
    Layout qLayout = layout("q", q, s);
    Layout kLayout = layout("k", k, s);
    Layout vLayout = layout("v", v, s);
    forward(s, batch, q.data(), qLayout, k.data(), kLayout, v.data(), vLayout);
    int[] shape =
        Layout.of(qLayout.batches(), qLayout.heads(), qLayout.length(), vLayout.dim()).shape();
    given("forward", forward);
    shaped("output", forward.output(), shape, s);
    shaped("dOutput", dOutput, shape, s);
    logSumExp(given("logSumExp", forward.logSumExp()), qLayout);
    ScoreFunction function = s.scores().function();
    if (function != null && !(function instanceof DifferentiableScore)) {
      throw new InvalidArgument("attention.derivative", OP);
    }
  }

  private static void shaped(String name, @Nullable Tensor tensor, int[] shape, Settings s) {
    int[] got = layout(name, tensor, s).shape();
    if (!Arrays.equals(got, shape)) {
      throw new InvalidArgument("attention.gradient.shape", OP, name, got, shape);
    }
  }

  /** That gradients have places of their own, in the shapes of what they are gradients of. */
  static void gradients(
      Settings s,
      Batch batch,
      Tensor q,
      Tensor k,
      Tensor v,
      Forward forward,
      Tensor dOutput,
      Gradients into) {
    given("gradients", into);
    shaped("dq", into.q(), layout("q", q, s).shape(), s);
    shaped("dk", into.k(), layout("k", k, s).shape(), s);
    shaped("dv", into.v(), layout("v", v, s).shape(), s);
    Map<String, Tensor> out = new LinkedHashMap<>();
    out.put("dq", into.q());
    out.put("dk", into.k());
    out.put("dv", into.v());
    out.forEach(
        (name, tensor) -> {
          Layout layout = layout(name, tensor, s);
          if (Footprint.repeats(layout)) {
            throw new InvalidArgument("attention.gradient.repeats", OP, name, layout);
          }
        });
    whole(out, Learned.BIAS, into.bias(), s, batch);
    whole(out, Learned.SINKS, into.sinks(), s, batch);
    whole(out, Learned.ALIBI, into.alibi(), s, batch);
    Map<String, Tensor> all = new LinkedHashMap<>(out);
    all.put("q", q);
    all.put("k", k);
    all.put("v", v);
    all.put("output", forward.output());
    all.put("logSumExp", forward.logSumExp());
    all.put("dOutput", dOutput);
    if (batch.bias() != null) {
      all.put("bias", batch.bias());
    }
    out.forEach(
        (name, tensor) -> {
          all.forEach(
              (other, theirs) -> {
                if (!name.equals(other) && Footprint.meet(tensor, theirs)) {
                  throw new InvalidArgument("attention.gradient.overlap", OP, name, other);
                }
              });
        });
  }

  /** The shape of what a gradient is wanted of, which is there. */
  static int[] learned(Learned learned, Settings s, Batch batch) {
    int[] shape =
        switch (learned) {
          case BIAS -> batch.bias() == null ? null : batch.bias().shape();
          case SINKS -> perHead(s.sinks());
          case ALIBI -> perHead(s.scores().alibiSlopes());
        };
    if (shape == null) {
      throw new InvalidArgument("attention.gradient.lacks", OP, lower(learned));
    }
    return shape;
  }

  private static int @Nullable [] perHead(float @Nullable [] numbers) {
    return numbers == null ? null : new int[] {numbers.length};
  }

  private static String lower(Learned learned) {
    return learned.name().toLowerCase(Locale.ROOT);
  }

  private static void whole(
      Map<String, Tensor> out, Learned learned, @Nullable Tensor into, Settings s, Batch batch) {
    if (into == null) {
      return;
    }
    int[] shape = learned(learned, s, batch);
    String name = "d" + lower(learned);
    if (!Arrays.equals(into.shape(), shape)) {
      throw new InvalidArgument("attention.gradient.shape", OP, name, into.shape(), shape);
    }
    if (!Footprint.isWhole(into)) {
      throw new InvalidArgument(
          "attention.gradient.view", OP, name, into.shape(), into.data().length);
    }
    out.put(name, into);
  }

  private static void overlap(String name, float[] in, Layout a, float[] out, Layout b) {
    if (Footprint.meet(in, a, out, b)) {
      throw new InvalidArgument(
          "attention.overlap", OP, b.offset(), b.end() - 1, name, a.offset(), a.end() - 1);
    }
  }

  static void range(int from, int to, int keys) {
    if (from < 0 || from > to || to > keys) {
      throw new InvalidArgument("attention.range", OP, from, to, keys);
    }
  }

  private static void inside(String name, float @Nullable [] data, @Nullable Layout layout) {
    int places = given(name, data).length;
    Layout l = given(name, layout);
    if (l.batches() < 0 || l.heads() < 0 || l.length() < 0 || l.dim() < 0) {
      throw new InvalidArgument("attention.negative", OP, name, l.shape());
    }
    size(name, l);
    if (l.batchStride() < 0 || l.headStride() < 0 || l.rowStride() < 0 || l.columnStride() < 0) {
      throw new InvalidArgument("attention.stride", OP, name, l);
    }
    if (l.offset() < 0 || l.end() > places) {
      throw new InvalidArgument(
          "attention.outside", OP, name, l.offset(), l.end() - 1, l.shape(), places);
    }
  }

  /** Sizes and lengths that the arithmetic of places and of scratch memory can hold. */
  private static void size(String name, Layout l) {
    long elements = 1;
    elements = Math.min(elements * Math.max(1, l.batches()), TOO_MANY);
    elements = Math.min(elements * Math.max(1, l.heads()), TOO_MANY);
    elements = Math.min(elements * Math.max(1, l.length()), TOO_MANY);
    elements = Math.min(elements * Math.max(1, l.dim()), TOO_MANY);
    if (elements == TOO_MANY || l.length() > LONGEST) {
      throw new InvalidArgument("attention.size", OP, name, l.shape(), Integer.MAX_VALUE, LONGEST);
    }
    if (l.dim() > WIDEST) {
      throw new InvalidArgument("attention.width", OP, name, l.shape(), WIDEST);
    }
  }

  private static void perHead(String name, float @Nullable [] values, int heads) {
    if (values != null && values.length != heads) {
      throw new InvalidArgument("attention.perHead", OP, name, values.length, heads);
    }
  }
}
