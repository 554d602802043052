/** Text whose characters know their places in a source, and Markdown in the making. */
@NullMarked
package dev.qkv.sheet.note.document.text;

import org.jspecify.annotations.NullMarked;
