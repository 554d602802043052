package dev.qkv.sheet.exercise;

import dev.qkv.sheet.message.Message;
import java.util.Locale;
import java.util.Optional;

/** What an exercise is about. */
public enum Kind {
  /** Scaled inner products. */
  SCORES,
  /** Scores and their softmax. */
  SOFTMAX,
  /** Attention of given queries, keys and values. */
  ATTENTION,
  /** Attention under a causal mask. */
  CAUSAL,
  /** Attention in which some keys are hidden. */
  MASK,
  /** Attention to a window of keys. */
  WINDOW,
  /** Attention with scores capped by tanh. */
  SOFTCAP,
  /** Attention with a bias that grows with the distance. */
  ALIBI,
  /** Attention at a temperature. */
  TEMPERATURE,
  /** Attention with a sink. */
  SINK,
  /** Self-attention from the input through its projections. */
  PROJECTIONS,
  /** Attention to the output of an encoder. */
  CROSS,
  /** Two heads and their projection. */
  HEADS,
  /** Four heads that share two of keys and values. */
  GROUPED,
  /** A residual and LayerNorm. */
  LAYER_NORM,
  /** RMSNorm. */
  RMS_NORM,
  /** A feed-forward layer. */
  FEED_FORWARD,
  /** Sinusoidal positions added to the input. */
  POSITIONS,
  /** Rotary positions. */
  ROTARY,
  /** Cross entropy of rows of scores. */
  CROSS_ENTROPY,
  /** Gradients through attention. */
  GRADIENTS;

  /**
   * As people write it.
   *
   * @return in small letters, with a hyphen between words
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A kind by its word.
   *
   * @param word in any case, with hyphens or underscores
   * @return nothing for a word that is none of a kind
   */
  public static Optional<Kind> of(String word) {
    for (Kind kind : values()) {
      if (kind.word().equals(word.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * The title of an exercise of this kind.
   *
   * @return a message
   */
  public Message title() {
    return Message.of("exercise." + name());
  }
}
