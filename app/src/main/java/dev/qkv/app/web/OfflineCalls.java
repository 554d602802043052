package dev.qkv.app.web;

import dev.qkv.sheet.message.SheetException;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** Calls of a page that has no server: each is answered with JSON, as the server would. */
public final class OfflineCalls {
  private final Workbook workbook = new Workbook();

  /** With a workbook of its own. */
  public OfflineCalls() {}

  /**
   * Calls the workbook.
   *
   * @param method what is called
   * @param strings its arguments
   * @return a JSON document; one with {@code errors} where the call cannot be answered
   */
  public String answer(String method, List<String> strings) {
    try {
      return workbook.call(method, strings);
    } catch (SheetException e) {
      return Refusal.of(e, language(strings)).document(words(strings));
    } catch (RuntimeException | Error e) {
      // Nobody above could say it: in a page this is the last frame.
      return internal(strings, String.valueOf(e));
    }
  }

  /**
   * What is said of a call that broke off.
   *
   * @param strings its arguments
   * @param cause what the machine says
   * @return a JSON document with {@code errors}
   */
  public String internal(List<String> strings, String cause) {
    return Refusal.of(Refusal.INTERNAL, "error.page.internal", cause).document(words(strings));
  }

  private static String language(List<String> strings) {
    return strings.isEmpty() ? "" : strings.getFirst();
  }

  private static ResourceBundle words(List<String> strings) {
    return ResourceBundle.getBundle(
        "dev.qkv.app.messages", language(strings).equals("zh") ? Locale.CHINESE : Locale.ROOT);
  }
}
