package dev.qkv.sheet.note.document.pdf;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Refuses files whose compressed streams are out of all proportion to what a text needs. */
final class PdfBombs {
  private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final long MOST = 128L << 20;
  private static final int BUFFER = 1 << 16;

  private PdfBombs() {}

  /** Inflates all streams without keeping anything. */
  static void check(byte[] content) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    Inflater inflater = new Inflater();
    try {
      for (int i = 0; i + STREAM.length < content.length; i++) {
        if (content[i] == STREAM[0] && isStream(content, i)) {
          int start = i + STREAM.length;
          while (start < content.length && (content[start] == '\r' || content[start] == '\n')) {
            start++;
          }
          inflater.reset();
          inflater.setInput(content, start, content.length - start);
          total += size(inflater, buffer, MOST - total);
          if (total > MOST) {
            throw new IOException("too large");
          }
        }
      }
    } finally {
      inflater.end();
    }
  }

  private static boolean isStream(byte[] content, int at) {
    for (int k = 1; k < STREAM.length; k++) {
      if (content[at + k] != STREAM[k]) {
        return false;
      }
    }
    return true;
  }

  private static long size(Inflater inflater, byte[] buffer, long limit) {
    long size = 0;
    try {
      int read = 1;
      while (!inflater.finished() && read > 0 && size <= limit) {
        read = inflater.inflate(buffer);
        size += read;
      }
    } catch (DataFormatException e) {
      // Not compressed in this way: then it cannot grow in this way.
      return size;
    }
    return size;
  }
}
