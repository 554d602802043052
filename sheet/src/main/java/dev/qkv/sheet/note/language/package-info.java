/** Language: the words of notes, English and Chinese. */
@NullMarked
package dev.qkv.sheet.note.language;

import org.jspecify.annotations.NullMarked;
