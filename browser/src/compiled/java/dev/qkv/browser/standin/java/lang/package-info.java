/** Stands in for {@code java.lang}. */
@NullMarked
package dev.qkv.browser.standin.java.lang;

import org.jspecify.annotations.NullMarked;
