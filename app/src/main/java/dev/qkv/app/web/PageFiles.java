package dev.qkv.app.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files of the page, read once from beside this class. What {@code page/files.txt} does not
 * list does not exist: a path is looked up as it was sent, and no file is opened for a request.
 */
final class PageFiles {
  static final String FOLDER = "page/";
  static final String LIST = "files.txt";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, Answer> byPath = new HashMap<>();

  PageFiles() {
    for (String name : names()) {
      byPath.put("/" + name, Answer.file(type(name), Resource.bytes(FOLDER + name)));
    }
    byPath.put("/", Objects.requireNonNull(byPath.get("/index.html")));
  }

  static List<String> names() {
    return Resource.text(FOLDER + LIST).lines().toList();
  }

  Answer get(String path) throws Refusal {
    Answer file = byPath.get(path);
    if (file == null) {
      throw Refusal.of(Refusal.NOT_FOUND, "error.page.path");
    }
    return file;
  }

  private static String type(String name) {
    return Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
  }
}
