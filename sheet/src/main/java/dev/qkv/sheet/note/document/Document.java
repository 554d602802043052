package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Traced;

/**
 * A document as Markdown with TeX between dollars.
 *
 * @param format what it was written in
 * @param text its Markdown; the source is the document's own text, or what a PDF's text layer says
 */
public record Document(Format format, Traced text) {}
