/** Solutions and audits for a terminal: colour, aligned matrices, the width of Chinese. */
@NullMarked
package dev.qkv.app.terminal;

import org.jspecify.annotations.NullMarked;
