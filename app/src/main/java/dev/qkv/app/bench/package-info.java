/** Measuring attention on this machine: cases, an interleaving meter, tables. */
@NullMarked
package dev.qkv.app.bench;

import org.jspecify.annotations.NullMarked;
