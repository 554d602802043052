/** The engine beside other libraries. */
@NullMarked
package dev.qkv.bench;

import org.jspecify.annotations.NullMarked;
