package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * A vector for each token.
 *
 * @param table shape (tokens, width)
 */
public record TokenEmbedding(Variable table) {
  private static final String NAME = "token embedding";

  /**
   * A layer from its table.
   *
   * @throws InvalidArgument if that is no matrix
   */
  public TokenEmbedding {
    Objects.requireNonNull(table, "table");
    Checks.rank(NAME, "table", 2, table.value());
  }

  /**
   * A new table of numbers from a normal distribution.
   *
   * @param parameters where it is named
   * @param tokens number of tokens
   * @param width of each vector
   * @return the layer
   * @throws InvalidArgument if a size is below 1, or the table is there already
   */
  public static TokenEmbedding create(Parameters parameters, int tokens, int width) {
    Checks.atLeast(NAME, "tokens", 1, tokens);
    Checks.atLeast(NAME, "width", 1, width);
    return new TokenEmbedding(parameters.normal("table", 1 / Math.sqrt(width), tokens, width));
  }

  /**
   * Looks tokens up.
   *
   * @param batch number of sequences
   * @param ids the tokens of all sequences one after the other, equally long
   * @return shape (batch, length, width)
   * @throws InvalidArgument if the batch is negative, the sequences are not equally long, or an id
   *     is no token
   */
  public Variable apply(int batch, int... ids) {
    Checks.tokens(NAME, "ids", ids, batch);
    int length = batch == 0 ? 0 : ids.length / batch;
    return table.embedding(ids).reshape(batch, length, width());
  }

  int width() {
    return table.value().size(1);
  }
}
