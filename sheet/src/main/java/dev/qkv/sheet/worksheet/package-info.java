/** Worksheets: the native form and notes as they are pasted, read into problems and claims. */
@NullMarked
package dev.qkv.sheet.worksheet;

import org.jspecify.annotations.NullMarked;
