package dev.qkv.sheet.report;

/**
 * How much of a solution is written.
 *
 * @param digits decimals of rounded numbers
 * @param brief whether formulas and results are enough, without cells and reasons
 * @param verify whether the other evaluations are compared
 */
public record Detail(int digits, boolean brief, boolean verify) {}
