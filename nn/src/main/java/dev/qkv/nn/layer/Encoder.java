package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
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
 * Blocks one after the other.
 *
 * {@snippet file="dev/qkv/nn/layer/LayerSnippetsTest.java" region="encoder"}
 *
 * @param blocks from the first to the last
 * @param norm after the last; null for none
 */
public record Encoder(List<EncoderBlock> blocks, @Nullable Norm norm) {
  private static final String NAME = "encoder";

  /**
   * Copies the list.
   *
   * @throws InvalidArgument if widths differ
   */
  public Encoder {
    blocks = List.copyOf(Objects.requireNonNull(blocks, "blocks"));
    for (int i = 1; i < blocks.size(); i++) {
      Checks.width(
          NAME, "blocks[" + i + "]", blocks.get(i).width(), "blocks[0]", blocks.getFirst().width());
    }
    if (norm != null && !blocks.isEmpty()) {
      Checks.width(NAME, "norm", norm.width(), "blocks[0]", blocks.getFirst().width());
    }
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
   * @throws InvalidArgument if the depth is negative, the width is no multiple of the heads, a size
   *     is below 1, the probability is not in [0, 1), or a parameter is there already
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
    Checks.atLeast(NAME, "depth", 0, depth);
    MultiHeadAttention.choices(NAME, width, heads, dropout);
    FeedForward.choices(NAME, width, innerWidth, dropout);
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
   * @throws InvalidArgument if x has another shape, or one that the mask does not fit
   */
  public Variable apply(Variable x, Pass pass) {
    Variable y = x;
    for (EncoderBlock block : blocks) {
      y = block.apply(y, pass);
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
}
