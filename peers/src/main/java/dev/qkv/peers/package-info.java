/** Libraries that need a JVM of their own, driven line by line by the bench. */
@NullMarked
package dev.qkv.peers;

import org.jspecify.annotations.NullMarked;
