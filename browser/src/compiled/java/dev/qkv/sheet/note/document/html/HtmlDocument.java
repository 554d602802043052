package dev.qkv.sheet.note.document.html;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.text.Traced;

/** Stands in for the reader of HTML, whose library is too large for a page. */
public final class HtmlDocument {
  private HtmlDocument() {}

  @SuppressWarnings("DoNotCallSuggester") // what it stands in for returns
  public static Traced of(String text) {
    throw new SheetException(Message.of("error.document.page", "HTML"));
  }
}
