/** Notation: numbers, matrices, names and signs, in TeX and in plain characters. */
@NullMarked
package dev.qkv.sheet.note.notation;

import org.jspecify.annotations.NullMarked;
