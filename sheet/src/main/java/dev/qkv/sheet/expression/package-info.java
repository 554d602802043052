/**
 * What is written: symbols, formulas and cells with their numbers, in characters, TeX or MathML.
 */
@NullMarked
package dev.qkv.sheet.expression;

import org.jspecify.annotations.NullMarked;
