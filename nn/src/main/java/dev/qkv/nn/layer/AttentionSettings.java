package dev.qkv.nn.layer;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.AttentionBuilder;
import dev.qkv.attention.Dropout;
import dev.qkv.attention.Settings;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a new {@link MultiHeadAttention} is to be. It starts from {@link #of}, one method for each
 * choice.
 *
 * @param width of x and of the result
 * @param keyWidth of what keys are made of
 * @param valueWidth of what values are made of
 * @param heads of the queries
 * @param kvHeads of keys and values; fewer than heads for grouped-query attention
 * @param attention its choices, dropout on the weights among them
 * @param rotary positions of queries and keys; null for none
 * @param bias whether the linear maps have one
 */
public record AttentionSettings(
    int width,
    int keyWidth,
    int valueWidth,
    int heads,
    int kvHeads,
    Attention attention,
    @Nullable Rotary rotary,
    boolean bias) {
  /**
   * Settings.
   *
   * @throws InvalidArgument if a size is below 1, the width is no multiple of the heads, heads are
   *     no multiple of kvHeads, or headDim is odd where positions are rotary
   */
  public AttentionSettings {
    Objects.requireNonNull(attention, "attention");
    Checks.atLeast(MultiHeadAttention.NAME, "width", 1, width);
    Checks.atLeast(MultiHeadAttention.NAME, "keyWidth", 1, keyWidth);
    Checks.atLeast(MultiHeadAttention.NAME, "valueWidth", 1, valueWidth);
    MultiHeadAttention.heads(width, heads, kvHeads, rotary);
  }

  /**
   * As in the paper: as many heads of keys and values as of queries, with biases, attention without
   * choices.
   *
   * @param width of x, y and the result
   * @param heads of queries, keys and values
   * @return the settings
   * @throws InvalidArgument if one is below 1, or the width is no multiple of the heads
   */
  public static AttentionSettings of(int width, int heads) {
    return new AttentionSettings(width, width, width, heads, heads, Attention.plain(), null, true);
  }

  /**
   * With keys and values from elsewhere.
   *
   * @param newKeyWidth of what keys are made of
   * @param newValueWidth of what values are made of
   * @return new settings
   * @throws InvalidArgument if one is below 1
   */
  public AttentionSettings from(int newKeyWidth, int newValueWidth) {
    return new AttentionSettings(
        width, newKeyWidth, newValueWidth, heads, kvHeads, attention, rotary, bias);
  }

  /**
   * With heads of queries that share keys and values.
   *
   * @param newKvHeads heads of keys and values
   * @return new settings
   * @throws InvalidArgument if it is below 1, or heads are no multiple of it
   */
  public AttentionSettings kvHeads(int newKvHeads) {
    return new AttentionSettings(
        width, keyWidth, valueWidth, heads, newKvHeads, attention, rotary, bias);
  }

  /**
   * With choices of attention, instead of those before.
   *
   * @param choices scale, causal, window and others; their axis order does not matter
   * @return new settings
   */
  public AttentionSettings attention(Attention choices) {
    return new AttentionSettings(
        width, keyWidth, valueWidth, heads, kvHeads, choices, rotary, bias);
  }

  /**
   * With dropout on the weights while training.
   *
   * @param probability 0 for none
   * @return new settings
   * @throws InvalidArgument if the probability is not in [0, 1)
   */
  public AttentionSettings dropout(float probability) {
    Checks.fraction(MultiHeadAttention.NAME, "dropout", probability);
    return attention(
        probability == 0
            ? attention.withoutDropout()
            : attention.toBuilder().dropout(new Dropout(probability, 0)).build());
  }

  /**
   * With rotary positions.
   *
   * @param positions their style
   * @return new settings
   * @throws InvalidArgument if headDim is odd
   */
  public AttentionSettings rotary(Rotary positions) {
    return new AttentionSettings(
        width,
        keyWidth,
        valueWidth,
        heads,
        kvHeads,
        attention,
        Objects.requireNonNull(positions, "positions"),
        bias);
  }

  /**
   * Without biases.
   *
   * @return new settings
   */
  public AttentionSettings withoutBias() {
    return new AttentionSettings(
        width, keyWidth, valueWidth, heads, kvHeads, attention, rotary, false);
  }

  /** Those of a decoder's self-attention: causal as well. */
  AttentionSettings causal() {
    return attention(attention.toBuilder().causal(Alignment.UPPER_LEFT).build());
  }

  /**
   * Those of a decoder's cross-attention: masks and positions are self-attention's own; sizes,
   * dropout, threads and executor are the same.
   */
  AttentionSettings cross() {
    Settings settings = attention.settings();
    AttentionBuilder builder = Attention.builder();
    Dropout dropout = settings.dropout();
    if (dropout != null) {
      builder.dropout(dropout);
    }
    Integer threads = settings.running().threads();
    if (threads != null) {
      builder.threads(threads);
    }
    if (settings.running().executor() != null) {
      builder.executor(settings.running().executor());
    }
    return new AttentionSettings(
        width, keyWidth, valueWidth, heads, kvHeads, builder.build(), null, bias);
  }
}
