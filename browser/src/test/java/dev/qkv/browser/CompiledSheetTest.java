package dev.qkv.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.app.web.OfflineCalls;
import dev.qkv.app.web.OfflineSheet;
import dev.qkv.browser.OfflinePage.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** JavaScript takes ten times as long: one in so many worksheets is visited there. */
  private static final int SCRIPT_SHARE = 5;

  private static final OfflineSheet SHEET =
      ServiceLoader.load(OfflineSheet.class).findFirst().orElseThrow();

  private static final OfflineCalls HERE = new OfflineCalls();

  /** What is answered here, which both forms are held against. */
  private static final Map<List<String>, String> ANSWERS = new HashMap<>();

  @ParameterizedTest
  @EnumSource
  void answersAsHere(Form form) throws IOException {
    Optional<OfflinePage> opened = OfflinePage.open(SHEET, form);
    if (opened.isEmpty()) {
      return;
    }
    boolean script = form == Form.JAVA_SCRIPT;
    int kinds = 0;
    try (OfflinePage page = opened.get()) {
      for (Path file : Calls.worksheets()) {
        same(page, Calls.of(file).documents().all());
        boolean kind = file.getName(file.getNameCount() - 2).endsWith("kinds");
        if (kind && (!script || kinds++ % SCRIPT_SHARE == 0)) {
          same(page, Calls.of(file).visit(script ? List.of("zh") : List.of("en", "zh")).all());
        }
      }
      same(page, Calls.mistaken());
      inPage(page);
      assertThat(page.complaints()).isEmpty();
    }
  }

  /** What a page without a server cannot do is said in its language; the rest is done. */
  private static void inPage(OfflinePage page) {
    String note = "```qkv\nQ = [1 2]\nK = [1 0; 0 1]\nV = [1; 2]\nfind Z\n```\n";
    List<String> answers =
        page.answers(
            List.of(
                List.of("verify", "en", "a.md", note, "0", ""),
                List.of("verify", "zh", "a.md", note, "0", ""),
                List.of("read", "en", "a.html", "<p>Q = [1 2]</p>"),
                List.of("read", "zh", "a.pdf", "%PDF-1.4"),
                List.of("read", "en", "a.md", "Q = " + "(".repeat(200_000))));
    assertThat(answers.get(0))
        .contains("\"agrees\":true", "the float32 engine has no part in a page without a server")
        .doesNotContain("\"agrees\":false");
    assertThat(answers.get(1)).contains("\"agrees\":true", "无服务器的页面中没有 float32 引擎");
    assertThat(answers.get(2)).contains("HTML cannot be read in a page without a server");
    assertThat(answers.get(3)).contains("无服务器的页面无法读取 PDF");
    assertThat(answers.get(4)).startsWith("{\"schema\":").contains("page-1.json");
  }

  private void same(OfflinePage page, List<List<String>> calls) {
    List<String> there = page.answers(calls);
    for (int i = 0; i < calls.size(); i++) {
      List<String> call = calls.get(i);
      String answer =
          ANSWERS.computeIfAbsent(call, c -> HERE.answer(c.getFirst(), c.subList(1, c.size())));
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
