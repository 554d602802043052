package dev.qkv.attention;

import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of attention, each in the shape of what it is the gradient of. As an argument:
 * where the gradients go; what is null is not computed. The contents before do not matter.
 *
 * @param q gradient of the queries
 * @param k gradient of the keys, added up over the query heads that share them
 * @param v gradient of the values, likewise
 * @param bias gradient of the bias, added up over what was repeated; null if not wanted
 * @param sinks gradient of the sinks, (heads); null if not wanted
 * @param alibi gradient of the ALiBi slopes, (heads); null if not wanted
 */
public record Gradients(
    Tensor q,
    Tensor k,
    Tensor v,
    @Nullable Tensor bias,
    @Nullable Tensor sinks,
    @Nullable Tensor alibi) {}
