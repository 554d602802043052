package dev.qkv.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.app.web.OfflineCalls;
import dev.qkv.app.web.OfflineSheet;
import dev.qkv.browser.OfflinePage.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a browser answers is, byte for byte, what is answered here. */
class CompiledSheetTest {
  /** What is left of a file of 3 MB for the compiled sheet. */
  private static final double LARGEST = 2.6e6;

  private static final OfflineSheet SHEET =
      ServiceLoader.load(OfflineSheet.class).findFirst().orElseThrow();

  private final OfflineCalls here = new OfflineCalls();

  @ParameterizedTest
  @EnumSource
  void answersAsHere(Form form) throws IOException {
    Optional<OfflinePage> opened = OfflinePage.open(SHEET, form);
    if (opened.isEmpty()) {
      return;
    }
    try (OfflinePage page = opened.get()) {
      for (Path file : Calls.worksheets()) {
        same(page, Calls.of(file).documents().all());
        if (String.valueOf(file.getParent().getFileName()).equals("kinds")) {
          same(page, Calls.of(file).visit().all());
        }
      }
      same(page, List.of(List.of("examples", "en")));
      assertThat(page.complaints()).isEmpty();
    }
  }

  private void same(OfflinePage page, List<List<String>> calls) {
    List<String> there = page.answers(calls);
    for (int i = 0; i < calls.size(); i++) {
      List<String> call = calls.get(i);
      String answer = here.answer(call.getFirst(), call.subList(1, call.size()));
      assertThat(there.get(i)).as("%s", call).isEqualTo(answer);
    }
  }

  @Test
  void staysSmallEnoughForOneFile() throws IOException {
    double size =
        packed(SHEET.webAssembly()) + packed(SHEET.javaScript().getBytes(StandardCharsets.UTF_8));
    assertThat(size * 4 / 3).isLessThanOrEqualTo(LARGEST);
  }

  private static int packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.size();
  }
}
