/**
 * Attention in float32 at the speed of the hardware: {@link dev.qkv.attention.Attention} holds
 * choices that are made once, {@link dev.qkv.attention.Batch} what belongs to one call, {@link
 * dev.qkv.attention.AttentionState} is attention over part of the keys.
 */
@NullMarked
package dev.qkv.attention;

import org.jspecify.annotations.NullMarked;
