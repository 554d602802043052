/** Training: optimiser, schedules, checkpoints, and the loop that puts them together. */
@NullMarked
package dev.qkv.nn.train;

import org.jspecify.annotations.NullMarked;
