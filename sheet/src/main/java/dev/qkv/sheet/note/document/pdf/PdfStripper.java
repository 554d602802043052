package dev.qkv.sheet.note.document.pdf;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/**
 * Takes the text from pages, within bounds: a small file can draw the same form without end. What
 * is printed smaller and lower or higher than the text before it is written as index or exponent.
 */
final class PdfStripper extends PDFTextStripper {
  private static final int MOST_OPERATORS = 3_000_000;
  private static final int MOST_CHARACTERS = 2_000_000;

  /** An index is at most this large, and away from the line at least so far, in sizes of it. */
  private static final float SMALLER = 0.85f;

  private static final float AWAY = 0.1f;

  private int operators;
  private int characters;
  private boolean separated;
  private @Nullable TextPosition base;

  PdfStripper() {
    setSortByPosition(true);
    setSuppressDuplicateOverlappingText(true);
    setLineSeparator("\n");
    setParagraphEnd("\n");
    setPageEnd("\n");
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    if (++operators > MOST_OPERATORS) {
      throw new IllegalStateException("too many operators");
    }
    super.processOperator(operator, operands);
  }

  @Override
  protected void processTextPosition(TextPosition text) {
    if (++characters > MOST_CHARACTERS) {
      throw new IllegalStateException("too many characters");
    }
    super.processTextPosition(text);
  }

  @Override
  protected void writeLineSeparator() throws IOException {
    base = null;
    separated = false;
    super.writeLineSeparator();
  }

  @Override
  protected void writeWordSeparator() {
    separated = true;
  }

  @Override
  protected void writeString(String word, List<TextPosition> positions) throws IOException {
    if (separated && (positions.isEmpty() || script(positions.get(0)).isEmpty())) {
      super.writeWordSeparator();
    }
    separated = false;
    StringBuilder written = new StringBuilder();
    String current = "";
    for (TextPosition position : positions) {
      String script = script(position);
      if (!script.equals(current)) {
        written.append(current.isEmpty() ? "" : "}").append(script.isEmpty() ? "" : script + "{");
        current = script;
      }
      if (script.isEmpty()) {
        base = position;
      }
      written.append(position.getUnicode());
    }
    boolean scripts = !current.isEmpty() || written.length() > word.length();
    super.writeString(scripts ? written + (current.isEmpty() ? "" : "}") : word);
  }

  /** What a character is to the text before it on its line: nothing, an index or an exponent. */
  private String script(TextPosition position) {
    TextPosition before = base;
    if (before == null || position.getUnicode().isBlank()) {
      return "";
    }
    float size = before.getFontSizeInPt();
    float lower = position.getYDirAdj() - before.getYDirAdj();
    if (position.getFontSizeInPt() > SMALLER * size || Math.abs(lower) < AWAY * size) {
      return "";
    }
    return lower > 0 ? "_" : "^";
  }
}
