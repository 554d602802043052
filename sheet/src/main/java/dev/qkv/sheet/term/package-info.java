/**
 * The algebra of the formula sheet. A {@link dev.qkv.sheet.term.Term} is the right side of a
 * formula; its shape, its text, what stands behind a cell, its values and its gradient all follow
 * from it.
 */
@NullMarked
package dev.qkv.sheet.term;

import org.jspecify.annotations.NullMarked;
