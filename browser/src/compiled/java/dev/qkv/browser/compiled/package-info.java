/** Where a page enters the compiled sheet. */
@NullMarked
package dev.qkv.browser.compiled;

import org.jspecify.annotations.NullMarked;
