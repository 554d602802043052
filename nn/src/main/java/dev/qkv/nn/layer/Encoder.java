package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks one after the other.
 *
 * @param blocks from the first to the last
 * @param norm after the last; null for none
 */
public record Encoder(List<EncoderBlock> blocks, @Nullable Norm norm) {
  /** Copies the list. */
  public Encoder {
    blocks = List.copyOf(blocks);
  }

  /**
   * A new encoder; with {@link NormPlace#PRE} it normalises once more at its end.
   *
   * @param parameters where its parameters are named
   * @param depth number of blocks
   * @param width of x
   * @param heads of each attention
   * @param innerWidth of each feed-forward network
   * @param mask choices of each attention
   * @param activation of each feed-forward network
   * @param place where blocks normalise
   * @param dropout probability, everywhere
   * @return the encoder
   */
  public static Encoder create(
      Parameters parameters,
      int depth,
      int width,
      int heads,
      int innerWidth,
      Attention mask,
      Activation activation,
      NormPlace place,
      float dropout) {
    List<EncoderBlock> blocks = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      blocks.add(
          EncoderBlock.create(
              parameters.in(String.valueOf(i)),
              width,
              heads,
              innerWidth,
              mask,
              activation,
              place,
              dropout));
    }
    return new Encoder(
        blocks, place == NormPlace.PRE ? Norm.create(parameters.in("norm"), width) : null);
  }

  /**
   * Applies all blocks.
   *
   * @param x shape (batch, length, width)
   * @param pass training or not
   * @return in the shape of x
   */
  public Variable apply(Variable x, Pass pass) {
    Variable y = x;
    for (EncoderBlock block : blocks) {
      y = block.apply(y, pass);
    }
    return norm == null ? y : norm.apply(y);
  }
}
