/** The formula sheet in float64: plain loops, written as the definitions read, never optimised. */
@NullMarked
package dev.qkv.reference;

import org.jspecify.annotations.NullMarked;
