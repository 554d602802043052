package dev.qkv.nn.layer;

import dev.qkv.attention.Attention;
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
   * A new model with sinusoidal positions and ReLU, normalised after each sum.
   *
   * @param parameters where its parameters are named
   * @param sourceTokens number of source tokens
   * @param targetTokens number of target tokens
   * @param longest number of positions
   * @param depth blocks of encoder and decoder each
   * @param width of everything between
   * @param heads of each attention
   * @param innerWidth of each feed-forward network
   * @param dropout probability, everywhere
   * @return the model
   * @throws InvalidArgument if the depth is negative, the width is no multiple of the heads,
   *     another size is below 1, the probability is not in [0, 1), or a parameter is there already
   */
  public static EncoderDecoder create(
      Parameters parameters,
      int sourceTokens,
      int targetTokens,
      int longest,
      int depth,
      int width,
      int heads,
      int innerWidth,
      float dropout) {
    Checks.atLeast(NAME, "sourceTokens", 1, sourceTokens);
    Checks.atLeast(NAME, "targetTokens", 1, targetTokens);
    Checks.atLeast(NAME, "longest", 1, longest);
    Checks.atLeast(NAME, "depth", 0, depth);
    MultiHeadAttention.choices(NAME, width, heads, dropout);
    FeedForward.choices(NAME, width, innerWidth, dropout);
    return new EncoderDecoder(
        TokenEmbedding.create(parameters.in("source"), sourceTokens, width),
        TokenEmbedding.create(parameters.in("target"), targetTokens, width),
        Positions.sinusoidal(longest, width),
        Encoder.create(
            parameters.in("encoder"),
            depth,
            width,
            heads,
            innerWidth,
            Attention.plain(),
            Activation.RELU,
            NormPlace.POST,
            dropout),
        Decoder.create(
            parameters.in("decoder"),
            depth,
            width,
            heads,
            innerWidth,
            Activation.RELU,
            NormPlace.POST,
            dropout),
        Linear.create(parameters.in("output"), width, targetTokens));
  }

  /**
   * The logits of the token after each target token.
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
    Checks.tokens(NAME, "sourceIds", sourceIds, batch);
    Checks.tokens(NAME, "targetIds", targetIds, batch);
    float scale = (float) Math.sqrt(source.width());
    Variable x = positions.apply(source.apply(batch, sourceIds).times(scale));
    Variable y = positions.apply(target.apply(batch, targetIds).times(scale));
    return output.apply(decoder.apply(y, encoder.apply(x, pass), pass));
  }
}
