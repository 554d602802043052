/** What is said about particular questions, apart from the formulas: choices, remarks, answers. */
@NullMarked
package dev.qkv.sheet.commentary;

import org.jspecify.annotations.NullMarked;
