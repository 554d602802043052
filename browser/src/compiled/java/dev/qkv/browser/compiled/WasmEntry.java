package dev.qkv.browser.compiled;

import dev.qkv.app.web.Workbook;
import java.util.ArrayList;
import java.util.List;
import org.teavm.interop.Export;

public final class WasmEntry {
  private static final Workbook BOOK = new Workbook();
  private static StringBuilder incoming = new StringBuilder();
  private static List<String> strings = new ArrayList<>();
  private static String answer = "";

  private WasmEntry() {}

  public static void main(String[] args) {}

  @Export(name = "take")
  public static void take(int character) {
    incoming.append((char) character);
  }

  @Export(name = "end")
  public static void end() {
    strings.add(incoming.toString());
    incoming = new StringBuilder();
  }

  @Export(name = "call")
  public static int call() {
    List<String> all = strings;
    strings = new ArrayList<>();
    try {
      answer = BOOK.call(all.get(0), all.subList(1, all.size()));
    } catch (Throwable e) {
      answer = "FAILED " + e.getClass().getName() + " " + e.getMessage();
    }
    return answer.length();
  }

  @Export(name = "give")
  public static int give(int place) {
    return answer.charAt(place);
  }
}
