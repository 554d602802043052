package dev.qkv.nn.layer;

import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * The paper's whole model: from source and target tokens to logits of the next target token.
 *
 * @param source embedding of source tokens
 * @param target embedding of target tokens
 * @param positions added to both
 * @param encoder of the source
 * @param decoder of the target
 * @param output from the decoder's width to logits
 */
public record EncoderDecoder(
    TokenEmbedding source,
    TokenEmbedding target,
    Positions positions,
    Encoder encoder,
    Decoder decoder,
    Linear output) {
  private static final String NAME = "encoder-decoder";

  /**
   * A model from its parts.
   *
   * @throws InvalidArgument if their widths differ
   */
  public EncoderDecoder {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(positions, "positions");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(decoder, "decoder");
    Objects.requireNonNull(output, "output");
    int width = source.width();
    Checks.width(NAME, "target", target.width(), "source", width);
    Checks.width(NAME, "positions", positions.width(), "source", width);
    Checks.width(NAME, "encoder", encoder.width(width), "source", width);
    Checks.width(NAME, "decoder", decoder.width(width), "source", width);
    Checks.width(NAME, "decoder.cross", decoder.memoryWidth(width), "encoder", width);
    Checks.width(NAME, "output", output.in(), "decoder", width);
  }

  /**
   * A new model with sinusoidal positions.
   *
   * @param parameters where its parameters are named
   * @param sourceTokens number of source tokens
   * @param targetTokens number of target tokens
   * @param longest number of positions
   * @param depth blocks of encoder and decoder each
   * @param settings what each block is to be
   * @return the model
   * @throws InvalidArgument if the depth is negative, another size is below 1, or a parameter is
   *     there already
   */
  public static EncoderDecoder create(
      Parameters parameters,
      int sourceTokens,
      int targetTokens,
      int longest,
      int depth,
      BlockSettings settings) {
    Checks.atLeast(NAME, "sourceTokens", 1, sourceTokens);
    Checks.atLeast(NAME, "targetTokens", 1, targetTokens);
    Checks.atLeast(NAME, "longest", 1, longest);
    Checks.atLeast(NAME, "depth", 0, depth);
    int width = settings.attention().width();
    return new EncoderDecoder(
        TokenEmbedding.create(parameters.in("source"), sourceTokens, width),
        TokenEmbedding.create(parameters.in("target"), targetTokens, width),
        Positions.sinusoidal(longest, width),
        Encoder.create(parameters.in("encoder"), depth, settings),
        Decoder.create(parameters.in("decoder"), depth, settings),
        Linear.create(parameters.in("output"), width, targetTokens));
  }

  /**
   * The logits of the token after each target token, of plain batches.
   *
   * @param batch number of sequences
   * @param sourceIds source tokens of all sequences one after the other
   * @param targetIds target tokens of all sequences one after the other
   * @param pass training or not
   * @return shape (batch, targetLength, targetTokens)
   * @throws InvalidArgument if the batch is negative, sequences are not equally long or longer than
   *     there are positions, or an id is no token
   */
  public Variable apply(int batch, int[] sourceIds, int[] targetIds, Pass pass) {
    Checks.tokens(NAME, "targetIds", targetIds, batch);
    Memory memory = decoder.memory(encode(batch, sourceIds, Batch.PLAIN, pass));
    return decode(batch, targetIds, Batch.PLAIN, memory, Batch.PLAIN, pass);
  }

  /**
   * The encoder's output, of which {@link Decoder#memory} makes what {@link #decode} takes.
   *
   * @param batch number of sequences
   * @param sourceIds source tokens of all sequences one after the other
   * @param sourceBatch masks and lengths of the source
   * @param pass training or not
   * @return shape (batch, sourceLength, width)
   * @throws InvalidArgument if the batch is negative, sequences are not equally long or longer than
   *     there are positions, an id is no token, or masks or lengths do not fit
   */
  public Variable encode(int batch, int[] sourceIds, Batch sourceBatch, Pass pass) {
    Checks.tokens(NAME, "sourceIds", sourceIds, batch);
    return encoder.apply(embedded(source, batch, sourceIds), sourceBatch, pass);
  }

  /**
   * The logits of the token after each target token.
   *
   * @param batch number of sequences
   * @param targetIds target tokens of all sequences one after the other
   * @param targetBatch masks and lengths of the target
   * @param memory of the source
   * @param memoryBatch masks and lengths of cross-attention: its keys are the memory's
   * @param pass training or not
   * @return shape (batch, targetLength, targetTokens)
   * @throws InvalidArgument if the batch is negative or another than the memory's, sequences are
   *     not equally long or longer than there are positions, an id is no token, or masks or lengths
   *     do not fit
   */
  public Variable decode(
      int batch, int[] targetIds, Batch targetBatch, Memory memory, Batch memoryBatch, Pass pass) {
    Checks.tokens(NAME, "targetIds", targetIds, batch);
    Variable x = embedded(target, batch, targetIds);
    return output.apply(decoder.apply(x, targetBatch, memory, memoryBatch, pass));
  }

  private Variable embedded(TokenEmbedding tokens, int batch, int[] ids) {
    return positions.apply(tokens.apply(batch, ids).times((float) Math.sqrt(tokens.width())));
  }
}
