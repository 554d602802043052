package dev.qkv.nn.layer;

import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * A block of an encoder, or of a decoder without cross-attention where its attention is causal.
 *
 * @param attention self-attention, the first sublayer
 * @param attentionResidual around it
 * @param feedForward the second sublayer
 * @param feedForwardResidual around it
 */
public record EncoderBlock(
    MultiHeadAttention attention,
    Residual attentionResidual,
    FeedForward feedForward,
    Residual feedForwardResidual) {
  private static final String NAME = "encoder block";

  /**
   * A block from its parts.
   *
   * @throws InvalidArgument if their widths differ
   */
  public EncoderBlock {
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(attentionResidual, "attentionResidual");
    Objects.requireNonNull(feedForward, "feedForward");
    Objects.requireNonNull(feedForwardResidual, "feedForwardResidual");
    int width = attentionResidual.norm().width();
    attention.fits(NAME, "attention", "attentionResidual.norm", width, width);
    feedForwardResidual.fits(NAME, "feedForwardResidual.norm", width);
    Checks.width(NAME, "feedForward", feedForward.width(), "attentionResidual.norm", width);
  }

  /**
   * A new block.
   *
   * @param parameters where its parameters are named
   * @param settings what it is to be
   * @return the block
   * @throws InvalidArgument if a parameter is there already
   */
  public static EncoderBlock create(Parameters parameters, BlockSettings settings) {
    return new EncoderBlock(
        MultiHeadAttention.create(parameters.in("attention"), settings.attention()),
        settings.residual(parameters.in("attention_norm")),
        FeedForward.create(parameters.in("feed_forward"), settings.feedForward()),
        settings.residual(parameters.in("feed_forward_norm")));
  }

  /**
   * Applies the block.
   *
   * @param x shape (batch, length, width)
   * @param batch masks and lengths of self-attention
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, or one that the choices or the batch do not fit
   */
  public Variable apply(Variable x, Batch batch, Pass pass) {
    Checks.sequences(NAME, "x", x.value(), width());
    Variable a = attentionResidual.apply(x, pass, y -> attention.apply(y, batch, pass));
    return feedForwardResidual.apply(a, pass, y -> feedForward.apply(y, pass));
  }

  int width() {
    return attentionResidual.norm().width();
  }
}
