package dev.qkv.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import dev.qkv.app.web.OfflineSheet;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A page in the system's Chromium that has the compiled sheet and nothing else. */
final class OfflinePage implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome");

  private static final String ADDRESS = "http://page.invalid/";

  /** No more than a page with the sheet needs. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

  private final Playwright playwright;
  private final Browser browser;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private OfflinePage(Path program, OfflineSheet sheet, Form form) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    BrowserContext context = browser.newContext();
    context.setDefaultTimeout(120_000);
    page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    context.route("**", route -> answer(route, sheet, form));
    page.navigate(ADDRESS);
    page.waitForFunction("() => window.answer !== undefined");
  }

  /** What is tried. */
  enum Form {
    WEB_ASSEMBLY,
    JAVA_SCRIPT
  }

  /**
   * Opens the page.
   *
   * @return empty where there is no browser, which is said in a line
   */
  static Optional<OfflinePage> open(OfflineSheet sheet, Form form) {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      System.out.println(
          "skipped: no Chromium on the path, so the compiled sheet was not tried in a browser");
    }
    return program.map(found -> new OfflinePage(found, sheet, form));
  }

  private static Optional<Path> program() {
    List<Path> folders =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return NAMES.stream()
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void answer(Route route, OfflineSheet sheet, Form form) {
    String script = form == Form.WEB_ASSEMBLY ? "starter.js" : "sheet.js";
    String bytes =
        form == Form.WEB_ASSEMBLY ? "await (await fetch(\"sheet.wasm\")).arrayBuffer()" : "null";
    String path = route.request().url().substring(ADDRESS.length());
    Route.FulfillOptions options = new Route.FulfillOptions();
    switch (path) {
      case "" ->
          options
              .setContentType("text/html")
              .setHeaders(Map.of("Content-Security-Policy", POLICY, "Content-Type", "text/html"))
              .setBody("<!doctype html><script type=module src=start.js></script>");
      case "start.js" -> options.setContentType("text/javascript").setBody(start(script, bytes));
      case "starter.js" -> options.setContentType("text/javascript").setBody(sheet.starter());
      case "sheet.js" -> options.setContentType("text/javascript").setBody(sheet.javaScript());
      case "sheet.wasm" ->
          options.setContentType("application/wasm").setBodyBytes(sheet.webAssembly());
      default -> options.setStatus(204);
    }
    route.fulfill(options);
  }

  private static String start(String script, String bytes) {
    return """
    import { start } from "./%s";
    window.answer = await start(%s);
    """
        .formatted(script, bytes);
  }

  Page page() {
    return page;
  }

  /** What the compiled sheet answers to calls: a method and its strings each. */
  List<String> answers(List<List<String>> calls) {
    Object answers =
        page.evaluate("calls => calls.map(([m, ...strings]) => window.answer(m, strings))", calls);
    List<String> all = new ArrayList<>();
    for (Object answer : (List<?>) answers) {
      all.add((String) answer);
    }
    return all;
  }

  /** What the browser complained of; a page has no console. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
