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
  /** Colour only on a terminal and never with NO_COLOR. */
  boolean colour() {
    String no = System.getenv("NO_COLOR");
    return terminal && (no == null || no.isEmpty());
  }
}
