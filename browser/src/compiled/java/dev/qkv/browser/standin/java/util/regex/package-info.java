/** Stands in for {@code java.util.regex}. */
@NullMarked
package dev.qkv.browser.standin.java.util.regex;

import org.jspecify.annotations.NullMarked;
