/**
 * Attention in float32 at the speed of the hardware: {@link dev.qkv.attention.Attention} holds
 * every choice by name, {@link dev.qkv.attention.AttentionState} is attention over part of the
 * keys.
 */
@NullMarked
package dev.qkv.attention;

import org.jspecify.annotations.NullMarked;
