/** Sentences for the user, kept until a language is known. */
@NullMarked
package dev.qkv.sheet.message;

import org.jspecify.annotations.NullMarked;
