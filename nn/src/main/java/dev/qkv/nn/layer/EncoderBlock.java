package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * A block of an encoder, or of a decoder without cross-attention where its attention is causal.
 *
 * @param attention self-attention
 * @param attentionNorm of the first sublayer
 * @param feedForward the second sublayer
 * @param feedForwardNorm of the second sublayer
 * @param place where it normalises
 * @param dropout probability, after each sublayer
 */
public record EncoderBlock(
    MultiHeadAttention attention,
    Norm attentionNorm,
    FeedForward feedForward,
    Norm feedForwardNorm,
    NormPlace place,
    float dropout) {
  private static final String NAME = "encoder block";

  /**
   * A block from its parts.
   *
   * @throws InvalidArgument if their widths differ, or the probability is not in [0, 1)
   */
  public EncoderBlock {
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(attentionNorm, "attentionNorm");
    Objects.requireNonNull(feedForward, "feedForward");
    Objects.requireNonNull(feedForwardNorm, "feedForwardNorm");
    Objects.requireNonNull(place, "place");
    int width = attentionNorm.width();
    attention.fits(NAME, "attention", "attentionNorm", width, width);
    Checks.width(NAME, "feedForward", feedForward.inner().in(), "attentionNorm", width);
    Checks.width(NAME, "feedForwardNorm", feedForwardNorm.width(), "attentionNorm", width);
    Checks.fraction(NAME, "dropout", dropout);
  }

  /**
   * A new block.
   *
   * @param parameters where its parameters are named
   * @param width of x
   * @param heads of its attention
   * @param innerWidth of its feed-forward network
   * @param mask choices of its attention
   * @param activation of its feed-forward network
   * @param place where it normalises
   * @param dropout probability, everywhere
   * @return the block
   * @throws InvalidArgument if the width is no multiple of the heads, a size is below 1, the
   *     probability is not in [0, 1), or a parameter is there already
   */
  public static EncoderBlock create(
      Parameters parameters,
      int width,
      int heads,
      int innerWidth,
      Attention mask,
      Activation activation,
      NormPlace place,
      float dropout) {
    MultiHeadAttention.choices(NAME, width, heads, dropout);
    FeedForward.choices(NAME, width, innerWidth, dropout);
    return new EncoderBlock(
        MultiHeadAttention.create(parameters.in("attention"), width, heads, mask, dropout),
        Norm.create(parameters.in("attention_norm"), width),
        FeedForward.create(parameters.in("feed_forward"), width, innerWidth, activation, dropout),
        Norm.create(parameters.in("feed_forward_norm"), width),
        place,
        dropout);
  }

  /**
   * Applies the block.
   *
   * @param x shape (batch, length, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, or one that the mask does not fit
   */
  public Variable apply(Variable x, Pass pass) {
    Checks.sequences(NAME, "x", x.value(), width());
    if (place == NormPlace.PRE) {
      Variable a = x.plus(pass.dropout(attention.apply(attentionNorm.apply(x), pass), dropout));
      return a.plus(pass.dropout(feedForward.apply(feedForwardNorm.apply(a), pass), dropout));
    }
    Variable a = attentionNorm.apply(x.plus(pass.dropout(attention.apply(x, pass), dropout)));
    return feedForwardNorm.apply(a.plus(pass.dropout(feedForward.apply(a, pass), dropout)));
  }

  int width() {
    return attentionNorm.width();
  }
}
