/** The compiled sheet, as the program finds it. */
@NullMarked
package dev.qkv.browser;

import org.jspecify.annotations.NullMarked;
