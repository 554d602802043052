/** Models without learning: packed once, then run without a tape and without allocating. */
@NullMarked
package dev.qkv.nn.inference;

import org.jspecify.annotations.NullMarked;
