package dev.qkv.app.cli;

import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.Json;
import java.util.List;
import java.util.function.Function;

/**
 * How a command says that it cannot use its input: a sentence on standard error, and for programs
 * the same where they expect the result.
 *
 * @param console where to
 * @param json whether JSON is asked for
 * @param document the command's JSON with these errors and no result
 */
record Failure(Console console, boolean json, Function<List<Finding>, String> document) {
  static final int CODE = 2;

  /** For a command whose JSON has nothing but errors when it fails. */
  static Failure of(Console console, boolean json, String schema) {
    return new Failure(
        console, json, errors -> Json.line(schema, out -> Finding.writeErrors(out, errors)));
  }

  /** Says it; returns the code to exit with. */
  int say(Unusable reason) {
    console.err().println("qkv: " + reason.getMessage());
    if (json) {
      console.out().print(document.apply(List.of(reason.finding())));
    }
    return CODE;
  }
}
