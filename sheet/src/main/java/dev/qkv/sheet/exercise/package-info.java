/** Exercises that are drawn, and what their answers prove. */
@NullMarked
package dev.qkv.sheet.exercise;

import org.jspecify.annotations.NullMarked;
