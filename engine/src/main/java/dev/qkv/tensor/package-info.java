/** Arrays with a shape: views over the caller's own {@code float[]} and {@code boolean[]}. */
@NullMarked
package dev.qkv.tensor;

import org.jspecify.annotations.NullMarked;
