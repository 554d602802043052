/** Jupyter notebooks and Python files as Markdown: prose, code and what it printed. */
@NullMarked
package dev.qkv.sheet.note.document.notebook;

import org.jspecify.annotations.NullMarked;
