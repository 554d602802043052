/**
 * Numbers that remember how they came about: {@link dev.qkv.nn.Variable} records each operation and
 * runs their backward passes in reverse.
 */
@NullMarked
package dev.qkv.nn;

import org.jspecify.annotations.NullMarked;
