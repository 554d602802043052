package dev.qkv.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.qkv.app.web.OfflinePage;
import dev.qkv.app.web.OfflineSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in one file, opened from disk: it asks nobody for anything. */
class OfflineTest {
  private static final Path ROOT = Path.of(System.getProperty("page.root", ".."));
  private static final Path PICTURES =
      Path.of(System.getProperty("page.screenshots", "target/screenshots"));
  private static final int LARGEST_FILE = 3_000_000;
  private static final String NOTE =
      PageTest.NOTE
          + """

      ## 2. Another

      ```qkv
      Q = [1]
      K = [2]
      find S
      ```
      ```answer
      S = 2
      ```
      """;

  @TempDir private static Path folder;
  private static OfflineSheet sheet;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.start().orElse(null);
    Assumptions.assumeTrue(chromium != null, "there is no Chromium");
    sheet = ServiceLoader.load(OfflineSheet.class).findFirst().orElseThrow();
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Path file(String note, Locale language, int exercise) throws IOException {
    Path file = Files.createTempFile(folder, "a page 页", ".html");
    OfflinePage page = new OfflinePage(sheet);
    return Files.writeString(file, page.write("note.md", note, language, exercise));
  }

  private static Visit visit(Path file) {
    Visit visit =
        new Visit(chromium.browser(), file.toUri().toString(), 1400, "en", ColorScheme.LIGHT);
    visit.checked();
    return visit;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "examples/wrong-answers.md",
        "examples/pasted-notes-zh.md",
        "../shared/worksheets/attention-exercises-zh.txt"
      })
  void aFileHasTheVerdictsOfCheckAndAsksNobody(String name) throws IOException {
    Path note = ROOT.resolve(name);
    Assumptions.assumeTrue(Files.exists(note), "there is no " + name);
    Path file = file(Files.readString(note), Locale.CHINESE, 0);
    assertThat(Files.size(file)).isLessThan(LARGEST_FILE);
    try (Visit visit = visit(file)) {
      visit.hasTheVerdictsOfCheck(Files.readString(note));
      assertThat(visit.page().locator("html")).hasAttribute("lang", "zh-CN");
      List<String> foreign =
          visit.requests().stream()
              .filter(address -> !address.startsWith("blob:") && !address.startsWith("data:"))
              .toList();
      assertThat(foreign).containsExactly(file.toUri().toString());
    }
  }

  @Test
  void everythingGoesOnFromDisk() throws IOException {
    try (Visit visit = visit(file(NOTE, Locale.ENGLISH, 0))) {
      worksAsThePageDoes(visit);
      visit.isOpenToAll("offline");
      visit.isAsWideAsItsWindow("offline");
      visit.picture(PICTURES.resolve("page-offline.png"));
    }
  }

  private static void worksAsThePageDoes(Visit visit) {
    assertThat(visit.page().locator("#step-S")).containsText("SCALE.MISSING");
    visit.type("Q", 0, 1, "1/2");
    assertThat(visit.cell("dot", 0, 0)).containsText("1.5");
    visit.type("Q", 0, 1, "two");
    assertThat(visit.cell("Q", 0, 1).locator("input")).hasAttribute("aria-invalid", "true");
    visit.button("As in the note").click();
    assertThat(visit.cell("dot", 0, 0)).containsText("3");
    visit.cell("dot", 0, 1).focus();
    assertThat(visit.page().locator("aside.explanation math").first()).isVisible();
    assertThat(visit.page().locator("[data-lit=source]")).hasCount(4);
    visit.page().locator(".knobs select").nth(1).selectOption("causal");
    assertThat(visit.cell("A", 0, 1).locator(".shown")).hasText("0");
    visit.page().locator(".views button").nth(3).click();
    Locator field = visit.blank("S", 0, 0).locator("input");
    field.fill("2.12");
    field.blur();
    assertThat(visit.blank("S", 0, 0)).hasAttribute("data-outcome", "right");
    visit.page().locator(".views button").nth(0).click();
  }

  /** Where a browser cannot run the WebAssembly the same formulas run as JavaScript. */
  @Test
  void javaScriptDoesWithoutWebAssembly() throws IOException {
    Path file = Files.createTempFile(folder, "plain", ".html");
    String html = new OfflinePage(new PlainSheet(sheet)).write("n.md", NOTE, Locale.ENGLISH, 0);
    try (Visit visit = visit(Files.writeString(file, html))) {
      worksAsThePageDoes(visit);
    }
  }

  @Test
  void itOpensWithTheExerciseThatWasChosen() throws IOException {
    try (Visit visit = visit(file(NOTE, Locale.ENGLISH, 1))) {
      assertThat(visit.page().locator("main h1")).containsText("Another");
      visit.button("Another note").click();
      assertThat(visit.page().locator(".examples li").first()).isVisible();
    }
  }

  /** An address with changes wins over what the file brings along. */
  @Test
  void theAddressHoldsTheChanges() throws IOException {
    Path file = file(NOTE, Locale.ENGLISH, 0);
    String address;
    try (Visit visit = visit(file)) {
      String asRead = visit.addressOtherThan("");
      visit.type("V", 1, 0, "√2");
      assertThat(visit.cell("Z", 1, 0)).containsText("1.2071");
      address = visit.addressOtherThan(asRead);
    }
    try (Visit visit = new Visit(chromium.browser(), address, 360, "zh-CN", ColorScheme.DARK)) {
      visit.checked();
      assertThat(visit.cell("V", 1, 0).locator("input")).hasValue("√2");
      assertThat(visit.cell("Z", 1, 0)).containsText("1.2071");
      visit.isAsWideAsItsWindow("offline");
    }
  }

  /** What takes too long is given up, and what comes next is computed. */
  @Test
  void theThreadIsReplacedWhereItTakesTooLong() throws IOException {
    Path file = Files.createTempFile(folder, "endless", ".html");
    String html = new OfflinePage(new EndlessSheet(sheet)).write("n.md", NOTE, Locale.ENGLISH, 0);
    try (Visit visit = visit(Files.writeString(file, html))) {
      visit.cell("dot", 0, 1).focus();
      assertThat(visit.page().locator(".trouble")).containsText("10 s");
      visit.type("Q", 0, 1, "1/2");
      assertThat(visit.cell("dot", 0, 0)).containsText("1.5");
    }
  }

  /**
   * A sheet that never says where a number comes from.
   *
   * @param sheet which says all else
   */
  private record EndlessSheet(OfflineSheet sheet) implements OfflineSheet {
    @Override
    public byte[] webAssembly() {
      return sheet.webAssembly();
    }

    @Override
    public String starter() {
      return sheet.starter().replace("export async function start(", "async function begin(")
          + """
          export async function start(bytes) {
            const call = await begin(bytes);
            return (method, strings) => {
              while (method === "cell") {}
              return call(method, strings);
            };
          }
          """;
    }

    @Override
    public String javaScript() {
      return sheet.javaScript();
    }
  }
}
