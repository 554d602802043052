package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.tensor.InvalidArgument;

/** A position-wise feed-forward network. */
public sealed interface FeedForward permits PlainFeedForward, GatedFeedForward {
  /** The name of both in messages. */
  String NAME = "feed-forward";

  /**
   * A new network: plain with an activation, gated with a gate.
   *
   * @param parameters where its parameters are named
   * @param settings what it is to be
   * @return the layer
   * @throws InvalidArgument if a parameter is there already
   */
  static FeedForward create(Parameters parameters, FeedForwardSettings settings) {
    int width = settings.width();
    int inner = settings.innerWidth();
    boolean bias = settings.bias();
    return switch (settings.nonlinearity()) {
      case Activation activation ->
          new PlainFeedForward(
              Linear.create(parameters.in("inner"), width, inner, bias),
              activation,
              Linear.create(parameters.in("outer"), inner, width, bias),
              settings.dropout());
      case Gate gate ->
          new GatedFeedForward(
              Linear.create(parameters.in("gate"), width, inner, bias),
              Linear.create(parameters.in("up"), width, inner, bias),
              gate,
              Linear.create(parameters.in("down"), inner, width, bias),
              settings.dropout());
    };
  }

  /**
   * Applies the network to every position.
   *
   * @param x shape (…, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another width
   */
  Variable apply(Variable x, Pass pass);

  /**
   * The width of x.
   *
   * @return and of the result
   */
  int width();
}
