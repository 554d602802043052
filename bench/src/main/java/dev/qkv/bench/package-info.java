/** The engine beside other libraries, and the page's server under load. */
@NullMarked
package dev.qkv.bench;

import org.jspecify.annotations.NullMarked;
