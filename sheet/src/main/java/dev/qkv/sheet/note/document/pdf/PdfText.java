package dev.qkv.sheet.note.document.pdf;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/** The text layer of a PDF, page by page, its lines from top to bottom. */
public final class PdfText {
  private static final int MOST_PAGES = 300;
  private static final long MOST_MEMORY = 256L << 20;

  private PdfText() {}

  /** The text of a file. */
  public static String of(byte[] content) {
    String text = extracted(content);
    if (text.isBlank()) {
      throw new SheetException(Message.of("error.document.pdf.empty"));
    }
    return text;
  }

  private static String extracted(byte[] content) {
    PdfQuiet.silence();
    FontMappers.set(PdfFonts.ONLY);
    try {
      PdfBombs.check(content);
      var memory = MemoryUsageSetting.setupMainMemoryOnly(MOST_MEMORY).streamCache;
      try (PDDocument document = Loader.loadPDF(content, "", null, null, memory)) {
        int pages = document.getNumberOfPages();
        if (pages > MOST_PAGES) {
          throw new SheetException(Message.of("error.document.pdf.long", pages, MOST_PAGES));
        }
        return cleaned(new PdfStripper().getText(document));
      }
    } catch (InvalidPasswordException e) {
      throw new SheetException(Message.of("error.document.pdf.encrypted"));
    } catch (SheetException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A damaged file sends the parser anywhere.
      throw new SheetException(Message.of("error.document.pdf.damaged"));
    }
  }

  /** Glyphs without a character leave control characters behind. */
  private static String cleaned(String text) {
    StringBuilder cleaned = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' || c == '\n' || c == '\t') {
        cleaned.append(c == '\u00a0' ? ' ' : c);
      }
    }
    return cleaned.toString();
  }
}
