/** Stands in for {@code java.text}. */
@NullMarked
package dev.qkv.browser.standin.java.text;

import org.jspecify.annotations.NullMarked;
