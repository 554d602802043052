/** Reading: from a document to the exercises in it. */
@NullMarked
package dev.qkv.sheet.note;

import org.jspecify.annotations.NullMarked;
