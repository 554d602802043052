package dev.qkv.sheet.note.document.text;

/** Writes a table of Markdown, whose first row is its head. */
public final class TableWriter {
  private final Page page;
  private final int columns;
  private int rows;
  private int cells;

  public TableWriter(Page page, int columns) {
    this.page = page;
    this.columns = columns;
  }

  public void startRow(int origin) {
    page.line();
    page.insert("|", origin);
    cells = 0;
  }

  public void startCell(int origin) {
    page.insert(" ", origin);
    page.openCell();
  }

  public void endCell() {
    page.closeCell();
    page.tight(" |");
    cells++;
  }

  /** Ends a row; the head is as wide as the widest row. */
  public void endRow(int origin) {
    if (rows++ > 0) {
      return;
    }
    for (; cells < columns; cells++) {
      page.tight("  |");
    }
    page.line();
    page.insert("|" + "---|".repeat(columns), origin);
  }
}
