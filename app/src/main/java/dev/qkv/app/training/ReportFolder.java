package dev.qkv.app.training;

import dev.qkv.app.report.Page;
import dev.qkv.app.report.Picture;
import dev.qkv.io.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a report is written: each picture is a file of its own and part of the page.
 *
 * @param folder of the training
 * @param words in the reader's language
 * @param page grows from the top
 */
record ReportFolder(Path folder, Words words, Page page) {
  /** A figure for the page, whose picture is also a file. */
  Page.Figure figure(String name, Picture picture, String caption) throws IOException {
    write(name, picture);
    return new Page.Figure(List.of(picture), caption);
  }

  void write(String name, Picture picture) throws IOException {
    WholeFile.replace(folder.resolve(name + ".svg"), WholeFile.text(picture.file()));
  }

  void finish() throws IOException {
    WholeFile.replace(folder.resolve("report.html"), WholeFile.text(page.html()));
  }

  String say(String key, Object... values) {
    return words.say(key, values);
  }
}
