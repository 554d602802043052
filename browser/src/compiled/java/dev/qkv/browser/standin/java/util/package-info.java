/** Stands in for {@code java.util}. */
@NullMarked
package dev.qkv.browser.standin.java.util;

import org.jspecify.annotations.NullMarked;
