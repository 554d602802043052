/** Compiles the sheet for browsers. */
@NullMarked
package dev.qkv.browser.compiler;

import org.jspecify.annotations.NullMarked;
