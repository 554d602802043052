package dev.qkv.nn.layer;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;

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
   */
  public static DecoderBlock create(
      Parameters parameters,
      int width,
      int heads,
      int innerWidth,
      Activation activation,
      NormPlace place,
      float dropout) {
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
   */
  public Variable apply(Variable x, Variable memory, Pass pass) {
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
}
