/**
 * Documents: Markdown, plain text, LaTeX, notebooks, web pages, PDF and tables of values, each as
 * Markdown whose every character knows its place in the source.
 */
@NullMarked
package dev.qkv.sheet.note.document;

import org.jspecify.annotations.NullMarked;
