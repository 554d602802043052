package dev.qkv.app.cli;

import java.io.PrintStream;

/**
 * Where output goes.
 *
 * @param out results
 * @param err everything else
 * @param terminal whether results are read by a person at a terminal
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
  /** Columns of the terminal, as the launcher measured them; 0 where lines may have any length. */
  int width() {
    String columns = System.getenv("QKV_COLUMNS");
    return terminal && columns != null && columns.matches("\\d{1,5}")
        ? Integer.parseInt(columns)
        : 0;
  }

  /** Colour only on a terminal and never with NO_COLOR. */
  boolean colour() {
    String no = System.getenv("NO_COLOR");
    return terminal && (no == null || no.isEmpty());
  }
}
