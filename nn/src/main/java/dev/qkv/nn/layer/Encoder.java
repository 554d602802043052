package dev.qkv.nn.layer;

import dev.qkv.attention.Batch;
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
   * @param settings what each is to be
   * @return the encoder
   * @throws InvalidArgument if the depth is negative, or a parameter is there already
   */
  public static Encoder create(Parameters parameters, int depth, BlockSettings settings) {
    Checks.atLeast(NAME, "depth", 0, depth);
    List<EncoderBlock> blocks = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      blocks.add(EncoderBlock.create(parameters.in(String.valueOf(i)), settings));
    }
    return new Encoder(blocks, settings.lastNorm(parameters));
  }

  /**
   * Applies all blocks to a plain batch.
   *
   * @param x shape (batch, length, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, or one that the choices do not fit
   */
  public Variable apply(Variable x, Pass pass) {
    return apply(x, Batch.PLAIN, pass);
  }

  /**
   * Applies all blocks.
   *
   * @param x shape (batch, length, width)
   * @param batch masks and lengths
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another shape, or one that the choices or the batch do not fit
   */
  public Variable apply(Variable x, Batch batch, Pass pass) {
    Variable y = x;
    for (EncoderBlock block : blocks) {
      y = block.apply(y, batch, pass);
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
