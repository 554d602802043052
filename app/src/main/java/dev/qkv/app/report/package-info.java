/** Pictures of numbers as SVG, and pages that hold them. */
@NullMarked
package dev.qkv.app.report;

import org.jspecify.annotations.NullMarked;
