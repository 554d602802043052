/** Claims, the interval that honest rounding can reach, verdicts, and the mistakes behind them. */
@NullMarked
package dev.qkv.sheet.audit;

import org.jspecify.annotations.NullMarked;
