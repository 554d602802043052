/**
 * The formula sheet: quantities, the formulas between them, the ways of getting them wrong, and the
 * derivation of whatever was asked from whatever is given.
 */
@NullMarked
package dev.qkv.sheet;

import org.jspecify.annotations.NullMarked;
