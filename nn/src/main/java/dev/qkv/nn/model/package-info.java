/** Whole models with the tasks that they learn. */
@NullMarked
package dev.qkv.nn.model;

import org.jspecify.annotations.NullMarked;
