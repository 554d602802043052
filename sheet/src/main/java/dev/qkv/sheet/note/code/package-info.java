/** Source code in notes: Python statements as trees, and what quantities they compute. */
@NullMarked
package dev.qkv.sheet.note.code;

import org.jspecify.annotations.NullMarked;
