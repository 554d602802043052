/** LaTeX as Markdown: macros expanded, environments, lists, tables and formulas. */
@NullMarked
package dev.qkv.sheet.note.document.latex;

import org.jspecify.annotations.NullMarked;
