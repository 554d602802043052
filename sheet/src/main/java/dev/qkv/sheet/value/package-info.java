/**
 * Numbers that keep their closed form as long as there is one, the expressions that a step shows,
 * and small matrices of them.
 */
@NullMarked
package dev.qkv.sheet.value;

import org.jspecify.annotations.NullMarked;
