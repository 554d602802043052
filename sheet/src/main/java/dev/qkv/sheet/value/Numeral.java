package dev.qkv.sheet.value;

import java.util.OptionalInt;

/**
 * A number as somebody wrote it.
 *
 * @param text how it was written
 * @param value what it is worth, taken at its word
 * @param at where it starts in the worksheet's text; −1 for a number that was not read from one
 * @param decimals digits after the point for a decimal or whole number, the precision that it
 *     claims, negative for 3.15e6; empty for an exact form such as 1/2 or 5/√2
 */
public record Numeral(String text, int at, Value value, OptionalInt decimals) {}
