package dev.qkv.browser.compiled;

import dev.qkv.app.web.Workbook;
import java.util.List;
import org.teavm.jso.JSExport;

public final class ScriptEntry {
  private static final Workbook BOOK = new Workbook();

  private ScriptEntry() {}

  @JSExport
  public static String call(String method, String[] strings) {
    return BOOK.call(method, List.of(strings));
  }
}
