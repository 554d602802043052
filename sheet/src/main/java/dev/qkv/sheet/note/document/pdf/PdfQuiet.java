package dev.qkv.sheet.note.document.pdf;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps what the libraries log about damaged files from the user, who gets a sentence instead. */
final class PdfQuiet {
  /** Loggers that nobody holds lose their level. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

  private PdfQuiet() {}

  static void silence() {
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
  }
}
