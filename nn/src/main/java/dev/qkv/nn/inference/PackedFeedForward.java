package dev.qkv.nn.inference;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.FeedForward;
import dev.qkv.nn.layer.GatedFeedForward;
import dev.qkv.nn.layer.PlainFeedForward;
import org.jspecify.annotations.Nullable;

/** A feed-forward network: its rows pass both maps while they are in the cache. */
final class PackedFeedForward {
  private static final ElementKernel ELEMENTS = Kernels.elements();

  private final PackedLinear inner;

  /** What the inner map is the gate of; null for a plain network. */
  private final @Nullable PackedLinear up;

  /** Between the maps; null for a gated network. */
  private final @Nullable Activation activation;

  private final PackedLinear outer;

  private PackedFeedForward(
      PackedLinear inner,
      @Nullable PackedLinear up,
      @Nullable Activation activation,
      PackedLinear outer) {
    this.inner = inner;
    this.up = up;
    this.activation = activation;
    this.outer = outer;
  }

  static PackedFeedForward of(String layer, FeedForward network) {
    return switch (network) {
      case PlainFeedForward plain ->
          new PackedFeedForward(
              PackedLinear.of(layer + ".inner", plain.inner()),
              null,
              plain.activation(),
              PackedLinear.of(layer + ".outer", plain.outer()));
      case GatedFeedForward gated ->
          new PackedFeedForward(
              PackedLinear.of(layer + ".gate", gated.gate()),
              PackedLinear.of(layer + ".up", gated.up()),
              null,
              PackedLinear.of(layer + ".down", gated.down()));
    };
  }

  /** Numbers that a row needs between the maps. */
  int innerWidth() {
    return inner.out() * (up == null ? 1 : 2);
  }

  /** Adds the network's result of some rows of x to y. */
  void addTo(float[] x, int xAt, int rows, float[] y, int yAt, RowScratch own) {
    float[] hidden = own.hidden();
    int count = rows * inner.out();
    inner.apply(x, xAt, rows, hidden, 0, false, own.edge());
    if (up == null) {
      activate(hidden, count);
    } else {
      up.apply(x, xAt, rows, hidden, count, false, own.edge());
      ELEMENTS.swiGlu(hidden, 0, hidden, count, hidden, 0, count);
    }
    outer.apply(hidden, 0, rows, y, yAt, true, own.edge());
  }

  private void activate(float[] x, int count) {
    switch (activation) {
      case RELU -> ELEMENTS.relu(x, 0, x, 0, count);
      case GELU -> ELEMENTS.gelu(x, 0, x, 0, count);
      case GELU_TANH -> ELEMENTS.geluTanh(x, 0, x, 0, count);
      case null -> throw new IllegalStateException("a plain network without activation");
    }
  }
}
