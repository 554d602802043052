package dev.qkv.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page in one file: all of it is there, and nothing of a note gets out of its place. */
class OfflinePageTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern IMPORT =
      Pattern.compile("\\b(?:from|import)\\s*\"([.]{1,2}/[^\"]+)\"");
  private static final byte[] WASM = {0, 'a', 's', 'm', 1, 0, 0, 0};
  private static final String NOTE =
      "## 1 </script><script>alert(1)</script>\n\n{{loader}} {{brought}} $1 \\\n\n题 <!-- & \u2028";

  private record Fake(byte[] webAssembly, String starter, String javaScript)
      implements OfflineSheet {}

  private static final String PAGE =
      new OfflinePage(new Fake(WASM, "export async function start() {}", "export {} // plain"))
          .write("a <b> & \"c\".md", NOTE, Locale.CHINESE, 2);

  private static String element(String id) {
    Matcher element =
        Pattern.compile("<script [^>]*id=\"" + Pattern.quote(id) + "\">([^<]*)</script>")
            .matcher(PAGE);
    assertThat(element.find()).as(id).isTrue();
    return element.group(1);
  }

  private static byte[] unpacked(String id) throws IOException {
    byte[] packed = Base64.getDecoder().decode(element(id));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  @Test
  void theNoteIsKeptAsItIs() {
    JsonNode brought = JSON.readTree(element("brought"));
    assertThat(brought.get("text").asString()).isEqualTo(NOTE);
    assertThat(brought.get("name").asString()).isEqualTo("a <b> & \"c\".md");
    assertThat(brought.get("language").asString()).isEqualTo("zh");
    assertThat(brought.get("index").asInt()).isEqualTo(2);
    assertThat(PAGE).doesNotContain("alert(1)</script>").contains("<title>a &lt;b&gt; &amp; ");
  }

  @Test
  void nothingIsFetchedFromAnywhere() {
    assertThat(PAGE).doesNotContainPattern("(?:src|href)=\"(?!data:)");
    assertThat(PAGE.replace(element("brought"), "")).doesNotContain("{{");
    assertThat(PAGE).doesNotContainPattern("<script(?: type=\"module\")? src");
  }

  @Test
  void thePolicyNamesTheOneScriptAndTheOneStyle() throws Exception {
    for (String name : new String[] {"script", "style"}) {
      Matcher element =
          Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL).matcher(PAGE);
      assertThat(element.find()).isTrue();
      byte[] content = element.group(1).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      assertThat(PAGE)
          .contains(name + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
      assertThat(element.find()).as("a second %s", name).isFalse();
    }
  }

  /** The loader gives each module an address once those that it imports have theirs. */
  @Test
  void everyModuleThatIsImportedIsThereAndNoneImportsItself() throws IOException {
    JsonNode modules = JSON.readTree(unpacked("modules"));
    Set<String> reached = new HashSet<>();
    reach("main.js", modules, reached, new HashSet<>());
    reach("worker.js", modules, reached, new HashSet<>());
    Set<String> all = new HashSet<>(modules.propertyNames());
    all.remove("starter.js");
    assertThat(reached).isEqualTo(all);
    assertThat(modules.get("sheet.js").asString()).contains("worker.js");
  }

  private static void reach(String name, JsonNode modules, Set<String> reached, Set<String> above) {
    assertThat(above.add(name)).as("%s imports itself by way of %s", name, above).isTrue();
    assertThat(modules.has(name)).as(name).isTrue();
    reached.add(name);
    Matcher imported = IMPORT.matcher(modules.get(name).asString());
    while (imported.find()) {
      String path = java.net.URI.create("/" + name).resolve(imported.group(1)).getPath();
      reach(path.substring(1), modules, reached, new HashSet<>(above));
    }
  }

  @Test
  void theSheetIsThereTwice() throws IOException {
    assertThat(unpacked("sheet.wasm")).isEqualTo(WASM);
    assertThat(new String(unpacked("sheet-plain.js"), StandardCharsets.UTF_8))
        .isEqualTo("export {} // plain");
  }
}
