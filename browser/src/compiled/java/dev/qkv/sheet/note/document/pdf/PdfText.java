package dev.qkv.sheet.note.document.pdf;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;

/** Stands in for the reader of PDF, whose library is too large for a page. */
public final class PdfText {
  private PdfText() {}

  @SuppressWarnings("DoNotCallSuggester") // what it stands in for returns
  public static String of(byte[] content) {
    throw new SheetException(Message.of("error.document.page", "PDF"));
  }
}
