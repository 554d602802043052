/** Sharing work among threads, not exported. */
@NullMarked
package dev.qkv.parallel;

import org.jspecify.annotations.NullMarked;
