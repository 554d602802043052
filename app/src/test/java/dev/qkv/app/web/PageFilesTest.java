package dev.qkv.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of the page's files is the folder. */
class PageFilesTest {
  @Test
  void listIsComplete() throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(PageFiles.class.getResource(PageFiles.FOLDER)).toURI());
    try (Stream<Path> walk = Files.walk(folder)) {
      List<String> files =
          walk.filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.equals(PageFiles.LIST) && !name.endsWith("LICENSE"))
              .toList();
      assertThat(PageFiles.names()).containsExactlyInAnyOrderElementsOf(files);
    }
  }

  @Test
  void everyFileHasAType() throws Exception {
    PageFiles files = new PageFiles();
    for (String name : PageFiles.names()) {
      assertThat(files.get("/" + name).type()).isNotBlank();
    }
    assertThat(files.get("/")).isSameAs(files.get("/index.html"));
  }
}
