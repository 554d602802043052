/** Values separated by commas, semicolons or tabs as Markdown. */
@NullMarked
package dev.qkv.sheet.note.document.csv;

import org.jspecify.annotations.NullMarked;
