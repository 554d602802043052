/** What terms come to: exactly, in float64, written out, and traced to the cells they read. */
@NullMarked
package dev.qkv.sheet.evaluation;

import org.jspecify.annotations.NullMarked;
