/** What the formulas do, cell by cell: each operation writes out the expression of one cell. */
@NullMarked
package dev.qkv.sheet.operation;

import org.jspecify.annotations.NullMarked;
