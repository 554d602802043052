package dev.qkv.nn.layer;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Objects;

/**
 * A block of a decoder: causal self-attention, attention to the encoder's output, feed-forward.
 *
 * @param attention causal self-attention
 * @param attentionNorm of the first sublayer
 * @param cross attention to the encoder's output
 * @param crossNorm of the second sublayer
 * @param feedForward the third sublayer
 * @param feedForwardNorm of the third sublayer
 * @param place where it normalises
 * @param dropout probability, after each sublayer
 */
public record DecoderBlock(
    MultiHeadAttention attention,
    Norm attentionNorm,
    MultiHeadAttention cross,
    Norm crossNorm,
    FeedForward feedForward,
    Norm feedForwardNorm,
    NormPlace place,
    float dropout) {
  private static final String NAME = "decoder block";

  /**
   * A block from its parts.
   *
   * @throws InvalidArgument if their widths differ, or the probability is not in [0, 1)
   */
  public DecoderBlock {
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(attentionNorm, "attentionNorm");
    Objects.requireNonNull(cross, "cross");
    Objects.requireNonNull(crossNorm, "crossNorm");
    Objects.requireNonNull(feedForward, "feedForward");
    Objects.requireNonNull(feedForwardNorm, "feedForwardNorm");
    Objects.requireNonNull(place, "place");
    int width = attentionNorm.width();
    attention.fits(NAME, "attention", "attentionNorm", width, width);
    cross.fits(NAME, "cross", "attentionNorm", width, cross.key().in());
    Checks.width(NAME, "crossNorm", crossNorm.width(), "attentionNorm", width);
    Checks.width(NAME, "feedForward", feedForward.inner().in(), "attentionNorm", width);
    Checks.width(NAME, "feedForwardNorm", feedForwardNorm.width(), "attentionNorm", width);
    Checks.fraction(NAME, "dropout", dropout);
  }

  /**
   * A new block.
   *
   * @param parameters where its parameters are named
   * @param width of x and of the encoder's output
   * @param heads of its attentions
   * @param innerWidth of its feed-forward network
   * @param activation of its feed-forward network
   * @param place where it normalises
   * @param dropout probability, everywhere
   * @return the block
   * @throws InvalidArgument if the width is no multiple of the heads, a size is below 1, the
   *     probability is not in [0, 1), or a parameter is there already
   */
  public static DecoderBlock create(
      Parameters parameters,
      int width,
      int heads,
      int innerWidth,
      Activation activation,
      NormPlace place,
      float dropout) {
    MultiHeadAttention.choices(NAME, width, heads, dropout);
    FeedForward.choices(NAME, width, innerWidth, dropout);
    Attention causal = Attention.builder().causal(Alignment.UPPER_LEFT).build();
    return new DecoderBlock(
        MultiHeadAttention.create(parameters.in("attention"), width, heads, causal, dropout),
        Norm.create(parameters.in("attention_norm"), width),
        MultiHeadAttention.create(parameters.in("cross"), width, heads, Attention.plain(), dropout),
        Norm.create(parameters.in("cross_norm"), width),
        FeedForward.create(parameters.in("feed_forward"), width, innerWidth, activation, dropout),
        Norm.create(parameters.in("feed_forward_norm"), width),
        place,
        dropout);
  }

  /**
   * Applies the block.
   *
   * @param x shape (batch, length, width)
   * @param memory the encoder's output, shape (batch, sourceLength, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if one has another shape, or they have different batches
   */
  public Variable apply(Variable x, Variable memory, Pass pass) {
    shapes(x.value(), memory.value());
    if (place == NormPlace.PRE) {
      Variable a = x.plus(pass.dropout(attention.apply(attentionNorm.apply(x), pass), dropout));
      Variable b =
          a.plus(pass.dropout(cross.apply(crossNorm.apply(a), memory, memory, pass), dropout));
      return b.plus(pass.dropout(feedForward.apply(feedForwardNorm.apply(b), pass), dropout));
    }
    Variable a = attentionNorm.apply(x.plus(pass.dropout(attention.apply(x, pass), dropout)));
    Variable b =
        crossNorm.apply(a.plus(pass.dropout(cross.apply(a, memory, memory, pass), dropout)));
    return feedForwardNorm.apply(b.plus(pass.dropout(feedForward.apply(b, pass), dropout)));
  }

  private void shapes(Tensor x, Tensor memory) {
    Checks.sequences(NAME, "x", x, width());
    Checks.sequences(NAME, "memory", memory, memoryWidth());
    Checks.batch(NAME, "memory", memory, "x", x.size(0));
  }

  int width() {
    return attentionNorm.width();
  }

  int memoryWidth() {
    return cross.key().in();
  }
}
