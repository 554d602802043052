package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;

/**
 * A vector for each token.
 *
 * @param table shape (tokens, width)
 */
public record TokenEmbedding(Variable table) {
  /**
   * A new table of numbers from a normal distribution.
   *
   * @param parameters where it is named
   * @param tokens number of tokens
   * @param width of each vector
   * @return the layer
   */
  public static TokenEmbedding create(Parameters parameters, int tokens, int width) {
    return new TokenEmbedding(parameters.normal("table", 1 / Math.sqrt(width), tokens, width));
  }

  /**
   * Looks tokens up.
   *
   * @param batch number of sequences
   * @param ids the tokens of all sequences one after the other, equally long
   * @return shape (batch, length, width)
   */
  public Variable apply(int batch, int... ids) {
    int length = batch == 0 ? 0 : ids.length / batch;
    return table.embedding(ids).reshape(batch, length, table.value().size(1));
  }
}
