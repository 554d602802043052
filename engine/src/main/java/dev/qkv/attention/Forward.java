package dev.qkv.attention;

import dev.qkv.tensor.Tensor;

/**
 * What the forward pass returns.
 *
 * @param output weights times values, in the axis order of the queries, with V's width
 * @param logSumExp log Σ e^score of each row, shape (batch, heads, queries); the sink is part of
 *     the sum; −∞ where there is nothing to attend to
 */
public record Forward(Tensor output, Tensor logSumExp) {}
