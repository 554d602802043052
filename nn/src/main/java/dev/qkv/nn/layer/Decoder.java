package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decoder blocks one after the other.
 *
 * @param blocks from the first to the last
 * @param norm after the last; null for none
 */
public record Decoder(List<DecoderBlock> blocks, @Nullable Norm norm) {
  /** Copies the list. */
  public Decoder {
    blocks = List.copyOf(blocks);
  }

  /**
   * A new decoder; with {@link NormPlace#PRE} it normalises once more at its end.
   *
   * @param parameters where its parameters are named
   * @param depth number of blocks
   * @param width of x and of the encoder's output
   * @param heads of each attention
   * @param innerWidth of each feed-forward network
   * @param activation of each feed-forward network
   * @param place where blocks normalise
   * @param dropout probability, everywhere
   * @return the decoder
   */
  public static Decoder create(
      Parameters parameters,
      int depth,
      int width,
      int heads,
      int innerWidth,
      Activation activation,
      NormPlace place,
      float dropout) {
    List<DecoderBlock> blocks = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      blocks.add(
          DecoderBlock.create(
              parameters.in(String.valueOf(i)),
              width,
              heads,
              innerWidth,
              activation,
              place,
              dropout));
    }
    return new Decoder(
        blocks, place == NormPlace.PRE ? Norm.create(parameters.in("norm"), width) : null);
  }

  /**
   * Applies all blocks.
   *
   * @param x shape (batch, length, width)
   * @param memory the encoder's output, shape (batch, sourceLength, width)
   * @param pass training or not
   * @return in the shape of x
   */
  public Variable apply(Variable x, Variable memory, Pass pass) {
    Variable y = x;
    for (DecoderBlock block : blocks) {
      y = block.apply(y, memory, pass);
    }
    return norm == null ? y : norm.apply(y);
  }
}
