/** Web pages as Markdown, with the formulas that pages show as MathML, TeX or pictures. */
@NullMarked
package dev.qkv.sheet.note.document.html;

import org.jspecify.annotations.NullMarked;
