/** The text layer of PDF files. */
@NullMarked
package dev.qkv.sheet.note.document.pdf;

import org.jspecify.annotations.NullMarked;
