/**
 * Layers as immutable records: their components are other layers and named parameters, and {@code
 * apply} is the formula. Made by {@code create}, which takes the parameters that it names from a
 * {@link dev.qkv.nn.Parameters}.
 */
@NullMarked
package dev.qkv.nn.layer;

import org.jspecify.annotations.NullMarked;
