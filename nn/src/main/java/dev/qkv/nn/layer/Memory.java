package dev.qkv.nn.layer;

import java.util.List;
import java.util.Objects;

/**
 * What a decoder needs of an encoder's output: keys and values for the cross-attention of each
 * block. Computed once by {@link Decoder#memory}, used for every step of decoding.
 *
 * @param blocks from the first to the last
 */
public record Memory(List<KeyValues> blocks) {
  /** Copies the list. */
  public Memory {
    blocks = List.copyOf(Objects.requireNonNull(blocks, "blocks"));
  }
}
