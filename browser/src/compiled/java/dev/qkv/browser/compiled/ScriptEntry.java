package dev.qkv.browser.compiled;

import dev.qkv.app.web.OfflineCalls;
import java.util.List;
import org.teavm.jso.JSExport;

/** The sheet as JavaScript. */
public final class ScriptEntry {
  private static final OfflineCalls CALLS = new OfflineCalls();

  private ScriptEntry() {}

  /** Calls a method. */
  @JSExport
  public static String call(String method, String[] strings) {
    return CALLS.answer(method, List.of(strings));
  }

  /** The answer to a call that broke off. */
  @JSExport
  public static String fail(String cause, String[] strings) {
    return CALLS.internal(List.of(strings), cause);
  }
}
