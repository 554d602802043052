package dev.qkv.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.qkv.app.web.PageServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person does on the page, in a real browser. */
class PageTest {
  private static final Path ROOT = Path.of(System.getProperty("page.root", ".."));
  private static final Path PICTURES =
      Path.of(System.getProperty("page.screenshots", "target/screenshots"));
  private static final int WIDE = 1400;
  static final String NOTE =
      """
      ## 1. A small one

      ```qkv
      Q = [1 2; 0 1]
      K = [1 1; 0 1]
      V = [1 0; 2 1]
      find Z
      ```
      ```answer
      S = [3 2; 1 1]
      Z = [1.3302 0.3302; 1.5 0.5]
      ```
      """;

  private static PageServer server;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Chromium started = Chromium.start().orElse(null);
    Assumptions.assumeTrue(started != null, "there is no Chromium");
    chromium = started;
    server = new PageServer(0);
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Visit visit(int width, String language, ColorScheme colours) {
    return new Visit(chromium.browser(), server.address().toString(), width, language, colours);
  }

  private static Visit visit() {
    return visit(WIDE, "en", ColorScheme.LIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "examples/pasted-notes-zh.md",
        "examples/wrong-answers.md",
        "../shared/worksheets/attention-exercises-zh.txt"
      })
  void aPastedNoteHasTheVerdictsOfCheck(String name) throws IOException {
    Path file = ROOT.resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "there is no " + name);
    String text = Files.readString(file);
    try (Visit visit = visit()) {
      visit.read(text);
      visit.hasTheVerdictsOfCheck(text);
    }
  }

  @Test
  void whatFollowsFromACellFollowsAtOnce() {
    try (Visit visit = visit()) {
      visit.read(NOTE);
      assertThat(visit.cell("dot", 0, 0)).containsText("3");
      visit.type("Q", 0, 1, "1/2");
      assertThat(visit.cell("dot", 0, 0)).containsText("1.5");
      visit.type("Q", 0, 1, "two");
      Locator field = visit.cell("Q", 0, 1).locator("input");
      assertThat(field).hasAttribute("aria-invalid", "true");
      assertThat(visit.cell("dot", 0, 0)).containsText("1.5");
      visit.button("As in the note").click();
      assertThat(visit.cell("dot", 0, 0)).containsText("3");
    }
  }

  @Test
  void aNumberLeadsToWhereItComesFrom() {
    try (Visit visit = visit()) {
      visit.read(NOTE);
      visit.cell("dot", 0, 1).focus();
      Locator bar = visit.page().locator("aside.explanation");
      assertThat(bar.locator("math").first()).isVisible();
      assertThat(visit.page().locator("[data-lit=source]")).hasCount(4);
      bar.locator(".sources button").nth(3).click();
      assertThat(visit.cell("K", 1, 1).locator("input")).isFocused();
      visit.page().locator(".explanation .back").click();
      assertThat(visit.cell("dot", 0, 1)).isFocused();
    }
  }

  @Test
  void knobsTurn() {
    try (Visit visit = visit()) {
      visit.read(NOTE);
      Locator scale = visit.page().locator(".knobs select").nth(0);
      Locator mask = visit.page().locator(".knobs select").nth(1);
      Locator weight = visit.cell("A", 0, 1).locator(".shown");
      assertThat(weight).hasText("0.3302");
      mask.selectOption("causal");
      assertThat(weight).hasText("0");
      assertThat(visit.cell("Z", 0, 0).locator(".shown")).hasText("1");
      mask.selectOption("none");
      assertThat(weight).hasText("0.3302");
      scale.selectOption("none");
      assertThat(visit.cell("S", 0, 0).locator(".shown")).hasText("3");
    }
  }

  @Test
  void weightsAreBarsOverTokens() {
    try (Visit visit = visit()) {
      visit.read(NOTE.replace("find Z", "tokens = river, bank\nfind Z"));
      Locator bars = visit.page().locator(".bars .tokens");
      assertThat(bars).hasCount(2);
      assertThat(bars.first().locator("figcaption")).hasText("river");
      assertThat(bars.first().locator(".token")).hasText(new String[] {"river", "bank"});
      String before = bars.first().locator("rect").first().getAttribute("width");
      visit.type("Q", 0, 0, "-3");
      assertThat(bars.first().locator("rect").first()).not().hasAttribute("width", before);
    }
  }

  @Test
  void aWrongAnswerSaysWhichMistakeItIs() {
    try (Visit visit = visit()) {
      visit.read(NOTE);
      Locator claims = visit.page().locator("#step-S");
      assertThat(claims).containsText("SCALE.MISSING");
      assertThat(visit.page().locator("#step-Z")).not().containsText("SCALE.MISSING");
    }
  }

  @Test
  void theAddressHoldsAllThatWasDone() {
    String address;
    try (Visit visit = visit()) {
      visit.read(NOTE);
      String asRead = visit.addressOtherThan("");
      visit.type("V", 1, 0, "√2");
      assertThat(visit.cell("Z", 1, 0)).containsText("1.2071");
      address = visit.addressOtherThan(asRead);
    }
    try (Visit visit = new Visit(chromium.browser(), address, WIDE, "en", ColorScheme.LIGHT)) {
      visit.checked();
      assertThat(visit.cell("V", 1, 0).locator("input")).hasValue("√2");
      assertThat(visit.cell("Z", 1, 0)).containsText("1.2071");
    }
  }

  @Test
  void keysAreEnough() {
    try (Visit visit = visit()) {
      Page page = visit.page();
      page.locator("#paste").focus();
      page.keyboard().insertText(NOTE);
      page.keyboard().press("Control+Enter");
      visit.checked();
      visit.cell("Q", 0, 0).locator("input").focus();
      page.keyboard().press("ArrowDown");
      assertThat(visit.cell("Q", 1, 0).locator("input")).isFocused();
      page.keyboard().press("Control+A");
      page.keyboard().type("5");
      page.keyboard().press("Enter");
      assertThat(visit.cell("dot", 1, 0)).containsText("6");
      visit.cell("dot", 0, 0).focus();
      page.keyboard().press("ArrowRight");
      assertThat(visit.cell("dot", 0, 1)).isFocused();
    }
  }

  @ParameterizedTest
  @CsvSource({"1400, en, LIGHT", "1400, zh-CN, DARK", "360, zh-CN, LIGHT", "360, en, DARK"})
  void everyViewIsOpenToAll(int width, String language, ColorScheme colours) throws IOException {
    String note = Files.readString(ROOT.resolve("examples/wrong-answers.md"));
    String name = String.format(Locale.ROOT, "%d-%s-%s", width, language, colours);
    try (Visit visit = visit(width, language, colours)) {
      visit.page().locator(".examples li").first().waitFor();
      look(visit, "opening", name);
      visit.read(note);
      look(visit, "sheet", name);
      visit.page().locator(".views button").nth(1).click();
      look(visit, "walk", name);
      visit.page().locator(".views button").nth(2).click();
      look(visit, "graph", name);
    }
  }

  private static void look(Visit visit, String view, String name) {
    visit.isOpenToAll(view + " " + name);
    visit.isAsWideAsItsWindow(view + " " + name);
    visit.picture(PICTURES.resolve("page-" + view + "-" + name + ".png"));
  }

  @Test
  void theLanguageIsASwitch() {
    try (Visit visit = visit()) {
      visit.read(NOTE);
      assertThat(visit.page().locator("#givens-title")).hasText("Given");
      visit.button("中文").click();
      assertThat(visit.page().locator("#givens-title")).not().hasText("Given");
      assertThat(visit.page().locator("html")).hasAttribute("lang", "zh-CN");
      assertThat(visit.page().locator("#step-S")).containsText("打分");
    }
  }

  /** An early mistake is named, and what follows from it is not wrong a second time. */
  @Test
  void aLearnerIsJudgedAsCheckWould() {
    try (Visit visit = visit()) {
      visit.read(NOTE);
      visit.page().locator(".views button").nth(3).click();
      assertThat(visit.page().locator("aside.side")).hasCount(0); // it has the answers
      fill(visit, "S", 0, 0, "2.12");
      assertThat(visit.blank("S", 0, 0)).hasAttribute("data-outcome", "right");
      fill(visit, "S", 0, 1, "2");
      assertThat(visit.blank("S", 0, 1)).hasAttribute("data-outcome", "wrong");
      assertThat(visit.page().locator("[aria-labelledby=task-S]")).containsText("SCALE.MISSING");
      fill(visit, "A", 0, 0, "0.53");
      assertThat(visit.blank("A", 0, 0)).hasAttribute("data-outcome", "carried");
      fill(visit, "A", 0, 1, "much");
      assertThat(visit.blank("A", 0, 1)).hasAttribute("data-outcome", "unreadable");
      Locator task = visit.page().locator("[aria-labelledby=task-Z]");
      for (int hint = 1; hint <= 4; hint++) {
        task.locator(".hints button").click();
        assertThat(task.locator(".hints .scroll")).hasCount(hint);
      }
      visit.isOpenToAll("practice");
      visit.isAsWideAsItsWindow("practice");
      visit.picture(PICTURES.resolve("page-practice.png"));
      // Of other numbers nothing is filled in yet.
      visit.page().locator(".views button").nth(0).click();
      visit.page().locator(".knobs select").nth(0).selectOption("none");
      assertThat(visit.cell("S", 0, 0).locator(".shown")).hasText("3");
      visit.page().locator(".views button").nth(3).click();
      assertThat(visit.blank("S", 0, 0).locator("input")).hasValue("");
    }
  }

  private static void fill(Visit visit, String quantity, int row, int column, String text) {
    Locator field = visit.blank(quantity, row, column).locator("input");
    field.fill(text);
    field.blur();
  }

  @Test
  void aMistakeIsWorkedBesideTheRightWay() {
    try (Visit visit = visit()) {
      visit.read(NOTE);
      Locator claim = visit.page().locator("#step-S .claim.wrong");
      claim.getByText("Show where it parts").click();
      assertThat(claim.locator(".pair")).hasCount(1);
      assertThat(claim.locator(".pair td[data-outcome=wrong]")).hasCount(4);
      visit.isOpenToAll("mistake");
      visit.picture(PICTURES.resolve("page-mistake.png"));
    }
  }

  /**
   * The pictures of the README: a number with where it comes from, a mistake, practice, overview.
   */
  @ParameterizedTest
  @CsvSource({"en, '', true", "zh-CN, .zh, false"})
  void picturesForTheReadme(String language, String suffix, boolean english) {
    try (Visit visit = visit(1180, language, ColorScheme.LIGHT)) {
      visit.read(NOTE.replace("A small one", english ? "Scores" : "打分"));
      visit.cell("S", 0, 1).focus();
      assertThat(visit.page().locator("aside.explanation math").first()).isVisible();
      visit.picture(PICTURES.resolve("page" + suffix + ".png"));
      Locator claim = visit.page().locator("#step-S .claim.wrong");
      claim.locator(".mistake button").first().click();
      assertThat(claim.locator(".pair")).hasCount(1);
      visit.page().locator("#step-S").evaluate("step => step.scrollIntoView()");
      visit.picture(PICTURES.resolve("page-mistake" + suffix + ".png"));
      visit.page().locator(".views button").nth(2).click();
      visit.page().locator(".views").evaluate("views => views.scrollIntoView()");
      visit.picture(PICTURES.resolve("page-overview" + suffix + ".png"));
      visit.page().locator(".views button").nth(3).click();
      fill(visit, "S", 0, 0, "2.12");
      fill(visit, "S", 0, 1, "2");
      fill(visit, "A", 0, 0, "0.53");
      assertThat(visit.blank("A", 0, 0)).hasAttribute("data-outcome", "carried");
      visit.page().locator("[aria-labelledby=task-S]").evaluate("task => task.scrollIntoView()");
      visit.picture(PICTURES.resolve("page-practice" + suffix + ".png"));
    }
  }

  /** What a user wrote is never markup. */
  @Test
  void aScriptInANoteIsText() {
    try (Visit visit = visit()) {
      visit.read(NOTE.replace("A small one", "<img src=x onerror=alert(1)> <script>1</script>"));
      assertThat(visit.page().locator("main h1")).containsText("<img src=x onerror=alert(1)>");
      assertThat(visit.page().locator("main img")).hasCount(0);
    }
  }
}
