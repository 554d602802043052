package dev.qkv.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Checked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser's window on the page, by itself; what its console complains of is a failure. */
final class Visit implements AutoCloseable {
  private static final double PAINTED = 100;
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  Visit(Browser browser, String address, int width, String language, ColorScheme colours) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setLocale(language)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(colours));
    context.setDefaultTimeout(15_000);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (Set.of("error", "warning").contains(message.type())) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(address);
  }

  Page page() {
    return page;
  }

  /** Reads a note that is pasted, and waits until all of its answers are checked. */
  void read(String note) {
    page.locator("#paste").fill(note);
    page.locator("form button[type=submit]").click();
    checked();
  }

  void checked() {
    page.locator("nav.contents li").first().waitFor();
    assertNone(page.locator("nav.contents .wait", hasText("checking|核对中")));
  }

  private static Page.LocatorOptions hasText(String pattern) {
    return new Page.LocatorOptions().setHasText(Pattern.compile(pattern));
  }

  private static void assertNone(Locator waiting) {
    com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(waiting)
        .hasCount(
            0,
            new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions()
                .setTimeout(60_000));
  }

  /** The page's address once it holds what is shown, which is another than before. */
  String addressOtherThan(String before) {
    page.waitForURL(address -> address.contains("#1.") && !address.equals(before));
    return page.url();
  }

  /** A cell of a grid; places from 0. */
  Locator cell(String quantity, int row, int column) {
    return page.locator("[role=grid][aria-label^='" + quantity + ", ']")
        .locator("tbody tr")
        .nth(row)
        .locator("[role=gridcell]")
        .nth(column);
  }

  /** Puts several numbers into a grid, as they are copied from a table. */
  void paste(String quantity, String numbers) {
    cell(quantity, 0, 0)
        .locator("input")
        .evaluate(
            """
            (field, text) => {
              const data = new DataTransfer();
              data.setData("text/plain", text);
              const options = { clipboardData: data, bubbles: true, cancelable: true };
              field.dispatchEvent(new ClipboardEvent("paste", options));
            }
            """,
            numbers);
  }

  /** The rule that the list of exercises says of a note what check says. */
  void hasTheVerdictsOfCheck(String note) {
    List<Checked> checked =
        Notes.read("note.md", note.getBytes(StandardCharsets.UTF_8)).exercises().stream()
            .map(Checked::of)
            .toList();
    Locator exercises = page.locator("nav.contents li");
    com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(exercises)
        .hasCount(checked.size());
    for (int i = 0; i < checked.size(); i++) {
      String verdict = exercises.nth(i).locator(".verdict").innerText();
      assertThat(count(verdict, "✓")).as(verdict).isEqualTo(checked.get(i).count(Outcome.RIGHT));
      assertThat(count(verdict, "✗")).as(verdict).isEqualTo(checked.get(i).count(Outcome.WRONG));
    }
  }

  private static long count(String verdict, String sign) {
    Matcher number = Pattern.compile(sign + "\\s*(\\d+)").matcher(verdict);
    return number.find() ? Long.parseLong(number.group(1)) : 0;
  }

  /** A blank of the practice; places from 0. */
  Locator blank(String quantity, int row, int column) {
    return page.locator("table.blanks[aria-label^='" + quantity + ", ']")
        .locator("tr")
        .nth(row)
        .locator("td")
        .nth(column);
  }

  /** Types into a cell of a given and leaves it. */
  void type(String quantity, int row, int column, String text) {
    Locator field = cell(quantity, row, column).locator("input");
    field.fill(text);
    field.press("Enter");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The rule that nothing serious keeps anybody out. */
  void isOpenToAll(String view) {
    List<Rule> violations =
        new AxeBuilder(page)
            .analyze().getViolations().stream().filter(r -> GRAVE.contains(r.getImpact())).toList();
    assertThat(violations.stream().map(r -> r.getId() + " " + r.getNodes().getFirst().getHtml()))
        .as(view)
        .isEmpty();
  }

  /** The rule that the page itself never scrolls sideways. */
  void isAsWideAsItsWindow(String view) {
    Object beyond =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(((Number) beyond).intValue()).as(view).isZero();
  }

  /** What is seen, once it is painted: a part that was just scrolled to may not be yet. */
  void picture(Path file) {
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    page.waitForTimeout(PAINTED);
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /** The addresses that were asked for something. */
  List<String> requests() {
    return requests;
  }

  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).isEmpty();
  }
}
