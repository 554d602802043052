/**
 * The other operations of a transformer, each with its forward and its backward pass in one file,
 * in float32 on whole arrays. The last axis is the one that an operation works on; all axes before
 * it are rows. {@link dev.qkv.ops.Matmul} shares the register tile with attention.
 */
@NullMarked
package dev.qkv.ops;

import org.jspecify.annotations.NullMarked;
