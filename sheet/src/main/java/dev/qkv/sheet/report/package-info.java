/** Solutions and audits as terminal text, Markdown and JSON. */
@NullMarked
package dev.qkv.sheet.report;

import org.jspecify.annotations.NullMarked;
