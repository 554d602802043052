package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What new blocks of an encoder or a decoder are to be. It starts from {@link #of}, which is the
 * paper's block, one method for each choice.
 *
 * {@snippet file="dev/qkv/nn/layer/LayerSnippetsTest.java" region="llama"}
 *
 * @param attention of its attentions
 * @param feedForward of its feed-forward network
 * @param norm how it normalises
 * @param place where it normalises
 * @param dropout probability, after each sublayer
 */
public record BlockSettings(
    AttentionSettings attention,
    FeedForwardSettings feedForward,
    NormKind norm,
    NormPlace place,
    float dropout) {
  private static final String NAME = "block";

  /**
   * Settings.
   *
   * @throws InvalidArgument if widths differ, or the probability is not in [0, 1)
   */
  public BlockSettings {
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(feedForward, "feedForward");
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(place, "place");
    int width = attention.width();
    Checks.width(NAME, "attention.key", attention.keyWidth(), "attention", width);
    Checks.width(NAME, "attention.value", attention.valueWidth(), "attention", width);
    Checks.width(NAME, "feedForward", feedForward.width(), "attention", width);
    Checks.fraction(NAME, "dropout", dropout);
  }

  /**
   * As in the paper: LayerNorm after each sum, ReLU, biases; without dropout.
   *
   * @param width of x and of the result
   * @param heads of each attention
   * @param innerWidth of the feed-forward network, often four times as wide
   * @return the settings
   * @throws InvalidArgument if one is below 1, or the width is no multiple of the heads
   */
  public static BlockSettings of(int width, int heads, int innerWidth) {
    return new BlockSettings(
        AttentionSettings.of(width, heads),
        FeedForwardSettings.of(width, innerWidth),
        NormKind.LAYER,
        NormPlace.POST,
        0);
  }

  private BlockSettings with(AttentionSettings newAttention) {
    return new BlockSettings(newAttention, feedForward, norm, place, dropout);
  }

  /**
   * With choices of self-attention, instead of those before, dropout on the weights included.
   *
   * @param choices scale, causal, window and others; their axis order does not matter
   * @return new settings
   */
  public BlockSettings attention(Attention choices) {
    return with(attention.attention(choices));
  }

  /**
   * With heads of queries that share keys and values.
   *
   * @param kvHeads heads of keys and values, of every attention
   * @return new settings
   * @throws InvalidArgument if it is below 1, or heads are no multiple of it
   */
  public BlockSettings kvHeads(int kvHeads) {
    return with(attention.kvHeads(kvHeads));
  }

  /**
   * With rotary positions in self-attention.
   *
   * @param positions their style
   * @return new settings
   * @throws InvalidArgument if headDim is odd
   */
  public BlockSettings rotary(Rotary positions) {
    return with(attention.rotary(positions));
  }

  /**
   * With another nonlinearity in the feed-forward network.
   *
   * @param choice an activation or a gate
   * @return new settings
   */
  public BlockSettings nonlinearity(Nonlinearity choice) {
    return new BlockSettings(attention, feedForward.nonlinearity(choice), norm, place, dropout);
  }

  /**
   * With another norm.
   *
   * @param kind how it normalises
   * @param where before each sublayer or after each sum
   * @return new settings
   */
  public BlockSettings norm(NormKind kind, NormPlace where) {
    return new BlockSettings(attention, feedForward, kind, where, dropout);
  }

  /**
   * With dropout everywhere while training: on the weights of attention, in the feed-forward
   * network and after each sublayer.
   *
   * @param probability 0 for none
   * @return new settings
   * @throws InvalidArgument if the probability is not in [0, 1)
   */
  public BlockSettings dropout(float probability) {
    return new BlockSettings(
        attention.dropout(probability), feedForward.dropout(probability), norm, place, probability);
  }

  /**
   * Without biases in the linear maps.
   *
   * @return new settings
   */
  public BlockSettings withoutBias() {
    return new BlockSettings(
        attention.withoutBias(), feedForward.withoutBias(), norm, place, dropout);
  }

  /** The norm at the end of a stack, where its blocks normalise before their sublayers. */
  @Nullable Norm lastNorm(Parameters parameters) {
    return place == NormPlace.PRE
        ? Norm.create(parameters.in("norm"), norm, attention.width())
        : null;
  }

  /** A norm with its place around a sublayer. */
  Residual residual(Parameters parameters) {
    return new Residual(Norm.create(parameters, norm, attention.width()), place, dropout);
  }
}
