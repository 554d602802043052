/** What the public edge of this module asks of its arguments. */
@NullMarked
package dev.qkv.nn.check;

import org.jspecify.annotations.NullMarked;
