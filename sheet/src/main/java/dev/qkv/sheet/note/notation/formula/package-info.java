/** Formulas as they are written, and the terms that they may mean. */
@NullMarked
package dev.qkv.sheet.note.notation.formula;

import org.jspecify.annotations.NullMarked;
