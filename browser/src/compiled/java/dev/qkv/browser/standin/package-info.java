/** What stands in for parts of the JDK in a browser. */
@NullMarked
package dev.qkv.browser.standin;

import org.jspecify.annotations.NullMarked;
