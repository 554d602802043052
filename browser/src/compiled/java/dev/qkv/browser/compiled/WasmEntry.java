package dev.qkv.browser.compiled;

import dev.qkv.app.web.OfflineCalls;
import java.util.ArrayList;
import java.util.List;
import org.teavm.interop.Export;

/**
 * The sheet as WebAssembly: strings come and go character by character, so that all that it asks of
 * a page is arithmetic and the time.
 */
public final class WasmEntry {
  private static final OfflineCalls CALLS = new OfflineCalls();
  private static StringBuilder coming = new StringBuilder();
  private static List<String> strings = new ArrayList<>();
  private static String answer = "";

  private WasmEntry() {}

  /** Nothing: what is exported is called. */
  public static void main(String[] arguments) {}

  /** Takes the next character of a string. */
  @Export(name = "take")
  public static void take(int character) {
    coming.append((char) character);
  }

  /** Ends a string. */
  @Export(name = "end")
  public static void end() {
    strings.add(coming.toString());
    coming = new StringBuilder();
  }

  /** Calls the method that the first string names with the others; answers the answer's length. */
  @Export(name = "call")
  public static int call() {
    List<String> all = strings;
    strings = new ArrayList<>();
    answer = CALLS.answer(all.getFirst(), all.subList(1, all.size()));
    return answer.length();
  }

  /** The answer to a call that broke off: the first string says why, the others are its own. */
  @Export(name = "fail")
  public static int fail() {
    List<String> all = strings;
    strings = new ArrayList<>();
    answer = CALLS.internal(all.subList(1, all.size()), all.getFirst());
    return answer.length();
  }

  /** A character of the answer. */
  @Export(name = "give")
  public static int give(int place) {
    return answer.charAt(place);
  }
}
