package dev.qkv.sheet.note.document;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.csv.CsvDocument;
import dev.qkv.sheet.note.document.html.HtmlDocument;
import dev.qkv.sheet.note.document.latex.LatexDocument;
import dev.qkv.sheet.note.document.notebook.Notebook;
import dev.qkv.sheet.note.document.notebook.PythonDocument;
import dev.qkv.sheet.note.document.pdf.PdfText;
import dev.qkv.sheet.note.document.text.Traced;

/** Reads documents of any format as Markdown. */
public final class Documents {
  private static final int LARGEST = 16 << 20;

  private Documents() {}

  /**
   * A file as Markdown.
   *
   * @param fileName its name, whose ending tells the format; where it does not, the content does
   * @param content its bytes
   * @return the document
   * @throws SheetException if it cannot be read at all
   */
  public static Document of(String fileName, byte[] content) {
    if (content.length > LARGEST) {
      throw new SheetException(Message.of("error.document.large", LARGEST >> 20));
    }
    Format named = Format.named(fileName);
    if (named == Format.PDF || Format.isPdf(content)) {
      return new Document(Format.PDF, Traced.whole(PdfText.of(content)));
    }
    Traced source = SourceText.of(content);
    String text = source.text();
    Format format = named == null ? Format.shown(text) : named;
    Traced markdown =
        switch (format) {
          case LATEX -> LatexDocument.of(text);
          case PYTHON -> PythonDocument.of(text);
          case NOTEBOOK -> Notebook.of(text);
          case HTML -> HtmlDocument.of(text);
          case CSV -> CsvDocument.of(text);
          case MARKDOWN, PDF -> Traced.whole(text);
        };
    return new Document(format, source.then(markdown));
  }
}
