/** Training as a user sees it: a folder with a checkpoint, metrics, pictures and a report. */
@NullMarked
package dev.qkv.app.training;

import org.jspecify.annotations.NullMarked;
