package dev.qkv.nn.layer;

import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * A block of a decoder: causal self-attention, attention to the encoder's output, feed-forward.
 *
 * @param attention causal self-attention, the first sublayer
 * @param attentionResidual around it
 * @param cross attention to the encoder's output, the second sublayer
 * @param crossResidual around it
 * @param feedForward the third sublayer
 * @param feedForwardResidual around it
 */
public record DecoderBlock(
    MultiHeadAttention attention,
    Residual attentionResidual,
    MultiHeadAttention cross,
    Residual crossResidual,
    FeedForward feedForward,
    Residual feedForwardResidual) {
  private static final String NAME = "decoder block";

  /**
   * A block from its parts.
   *
   * @throws InvalidArgument if their widths differ
   */
  public DecoderBlock {
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(attentionResidual, "attentionResidual");
    Objects.requireNonNull(cross, "cross");
    Objects.requireNonNull(crossResidual, "crossResidual");
    Objects.requireNonNull(feedForward, "feedForward");
    Objects.requireNonNull(feedForwardResidual, "feedForwardResidual");
    int width = attentionResidual.norm().width();
    attention.fits(NAME, "attention", "attentionResidual.norm", width, width);
    cross.fits(NAME, "cross", "attentionResidual.norm", width, cross.key().in());
    crossResidual.fits(NAME, "crossResidual.norm", width);
    feedForwardResidual.fits(NAME, "feedForwardResidual.norm", width);
    Checks.width(NAME, "feedForward", feedForward.width(), "attentionResidual.norm", width);
  }

  /**
   * A new block. The choices of attention, to which causal is added, and the rotary positions are
   * self-attention's alone.
   *
   * @param parameters where its parameters are named
   * @param settings what it is to be; the encoder's output has the width of x
   * @return the block
   * @throws InvalidArgument if a parameter is there already
   */
  public static DecoderBlock create(Parameters parameters, BlockSettings settings) {
    AttentionSettings attention = settings.attention();
    return new DecoderBlock(
        MultiHeadAttention.create(parameters.in("attention"), attention.causal()),
        settings.residual(parameters.in("attention_norm")),
        MultiHeadAttention.create(parameters.in("cross"), attention.cross()),
        settings.residual(parameters.in("cross_norm")),
        FeedForward.create(parameters.in("feed_forward"), settings.feedForward()),
        settings.residual(parameters.in("feed_forward_norm")));
  }

  /**
   * Keys and values of cross-attention.
   *
   * @param encoded the encoder's output, shape (batch, sourceLength, width)
   * @return what {@link #apply} takes
   * @throws InvalidArgument if it has another shape
   */
  public KeyValues memory(Variable encoded) {
    Checks.sequences(NAME, "encoded", encoded.value(), memoryWidth());
    return cross.keyValues(encoded, encoded);
  }

  /**
   * Applies the block.
   *
   * @param x shape (batch, length, width)
   * @param batch masks and lengths of self-attention
   * @param memory what {@link #memory} made of the encoder's output
   * @param memoryBatch masks and lengths of cross-attention: its keys are the memory's
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if one has another shape, or one that the choices or the batches do not
   *     fit
   */
  public Variable apply(Variable x, Batch batch, KeyValues memory, Batch memoryBatch, Pass pass) {
    Checks.sequences(NAME, "x", x.value(), width());
    Variable a = attentionResidual.apply(x, pass, y -> attention.apply(y, batch, pass));
    Variable b = crossResidual.apply(a, pass, y -> cross.apply(y, memory, memoryBatch, pass));
    return feedForwardResidual.apply(b, pass, y -> feedForward.apply(y, pass));
  }

  int width() {
    return attentionResidual.norm().width();
  }

  int memoryWidth() {
    return cross.key().in();
  }
}
