package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decoder blocks one after the other.
 *
 * @param blocks from the first to the last
 * @param norm after the last; null for none
 */
public record Decoder(List<DecoderBlock> blocks, @Nullable Norm norm) {
  private static final String NAME = "decoder";

  /**
   * Copies the list.
   *
   * @throws InvalidArgument if widths differ
   */
  public Decoder {
    blocks = List.copyOf(Objects.requireNonNull(blocks, "blocks"));
    for (int i = 1; i < blocks.size(); i++) {
      Checks.width(
          NAME, "blocks[" + i + "]", blocks.get(i).width(), "blocks[0]", blocks.getFirst().width());
      Checks.width(
          NAME,
          "blocks[" + i + "].cross",
          blocks.get(i).memoryWidth(),
          "blocks[0].cross",
          blocks.getFirst().memoryWidth());
    }
    if (norm != null && !blocks.isEmpty()) {
      Checks.width(NAME, "norm", norm.width(), "blocks[0]", blocks.getFirst().width());
    }
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
   * @throws InvalidArgument if the depth is negative, the width is no multiple of the heads, a size
   *     is below 1, the probability is not in [0, 1), or a parameter is there already
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
    Checks.atLeast(NAME, "depth", 0, depth);
    MultiHeadAttention.choices(NAME, width, heads, dropout);
    FeedForward.choices(NAME, width, innerWidth, dropout);
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
   * @throws InvalidArgument if one has another shape, or they have different batches
   */
  public Variable apply(Variable x, Variable memory, Pass pass) {
    Variable y = x;
    for (DecoderBlock block : blocks) {
      y = block.apply(y, memory, pass);
    }
    return norm == null ? y : norm.apply(y);
  }

  /** The width of x; another where nothing asks for one. */
  int width(int other) {
    if (!blocks.isEmpty()) {
      return blocks.getFirst().width();
    }
    return norm == null ? other : norm.width();
  }

  /** The width of the encoder's output; another where nothing asks for one. */
  int memoryWidth(int other) {
    return blocks.isEmpty() ? other : blocks.getFirst().memoryWidth();
  }
}
