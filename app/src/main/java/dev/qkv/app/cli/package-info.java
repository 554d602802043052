/** One command to a file. */
@NullMarked
package dev.qkv.app.cli;

import org.jspecify.annotations.NullMarked;
