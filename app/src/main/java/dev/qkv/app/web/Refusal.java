package dev.qkv.app.web;

import dev.qkv.app.report.Sentence;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.Json;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;

/** Why a request is not answered with what it asks for. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int WRONG_METHOD = 405;
  static final int TOO_LARGE = 413;
  static final int WRONG_TYPE = 415;
  static final int INTERNAL = 500;
  static final int UNAVAILABLE = 503;

  private final int status;
  private final String code;
  private final transient Function<ResourceBundle, String> text;

  private Refusal(int status, String code, Function<ResourceBundle, String> text) {
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  /** With a sentence from the program's words. */
  static Refusal of(int status, String key, Object... values) {
    return new Refusal(status, key, words -> Sentence.of(words, key, values));
  }

  /**
   * A call that no page makes.
   *
   * @param cause what is wrong with it
   * @param language that it asks for; anything but {@code en} and {@code zh} for the browser's
   */
  static Refusal of(SheetException cause, String language) {
    return new Refusal(
        BAD_REQUEST,
        cause.reason().key(),
        words ->
            switch (language) {
              case "en" -> cause.reason().in(Locale.ENGLISH);
              case "zh" -> cause.reason().in(Locale.CHINESE);
              default -> cause.reason().in(words.getLocale());
            });
  }

  /** The refusal as every program reads it: JSON with an error. */
  String document(ResourceBundle words) {
    List<Finding> errors = List.of(Finding.error(code, text(words)));
    return Json.line("page-1", json -> Finding.writeErrors(json, errors));
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text(ResourceBundle words) {
    return text.apply(words);
  }
}
