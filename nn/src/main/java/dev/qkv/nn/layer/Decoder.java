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
   * A new decoder; with {@link NormPlace#PRE} it normalises once more at its end. Self-attention is
   * causal beside the choices that are made for it.
   *
   * @param parameters where its parameters are named
   * @param depth number of blocks
   * @param settings what each is to be; the encoder's output has the width of x
   * @return the decoder
   * @throws InvalidArgument if the depth is negative, or a parameter is there already
   */
  public static Decoder create(Parameters parameters, int depth, BlockSettings settings) {
    Checks.atLeast(NAME, "depth", 0, depth);
    List<DecoderBlock> blocks = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      blocks.add(DecoderBlock.create(parameters.in(String.valueOf(i)), settings));
    }
    return new Decoder(blocks, settings.lastNorm(parameters));
  }

  /**
   * Keys and values of every cross-attention, once for all steps of decoding.
   *
   * {@snippet file="dev/qkv/nn/layer/LayerSnippetsTest.java" region="memory"}
   *
   * @param encoded the encoder's output, shape (batch, sourceLength, width)
   * @return what {@link #apply(Variable, Batch, Memory, Batch, Pass)} takes
   * @throws InvalidArgument if it has another shape
   */
  public Memory memory(Variable encoded) {
    return new Memory(blocks.stream().map(block -> block.memory(encoded)).toList());
  }

  /**
   * Applies all blocks to plain batches.
   *
   * @param x shape (batch, length, width)
   * @param encoded the encoder's output, shape (batch, sourceLength, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if one has another shape, or they have different batches
   */
  public Variable apply(Variable x, Variable encoded, Pass pass) {
    return apply(x, Batch.PLAIN, memory(encoded), Batch.PLAIN, pass);
  }

  /**
   * Applies all blocks.
   *
   * @param x shape (batch, length, width)
   * @param batch masks and lengths of x
   * @param memory what {@link #memory} made of the encoder's output
   * @param memoryBatch masks and lengths of cross-attention: its keys are the memory's
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if one has another shape, or one that the choices or the batches do not
   *     fit, or the memory has not as many blocks
   */
  public Variable apply(Variable x, Batch batch, Memory memory, Batch memoryBatch, Pass pass) {
    if (memory.blocks().size() != blocks.size()) {
      throw new InvalidArgument("nn.memory", NAME, memory.blocks().size(), blocks.size());
    }
    Variable y = x;
    for (int i = 0; i < blocks.size(); i++) {
      y = blocks.get(i).apply(y, batch, memory.blocks().get(i), memoryBatch, pass);
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
