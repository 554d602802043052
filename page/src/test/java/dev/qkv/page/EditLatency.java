package dev.qkv.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.qkv.app.web.OfflinePage;
import dev.qkv.app.web.OfflineSheet;
import dev.qkv.app.web.PageServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long it takes from a cell that is left to everything that follows being drawn, with the
 * server and from disk. Not among the tests: {@code mvn verify -Dtest=EditLatency
 * -Dsurefire.failIfNoSpecifiedTests=false} prints the table of bench/RESULTS.md.
 */
class EditLatency {
  private static final int EDITS = 16;
  private static final int WARM = 6;

  /** Until the address is kept and the answers are checked again, which nobody waits for. */
  private static final double REST = 1500;

  /** Large grids are folded. */
  private static final String UNFOLD =
      """
      () => document.querySelectorAll("#step-X details:not([open]), #step-Y details:not([open])")
        .forEach((grid) => (grid.open = true))
      """;

  /** Types into a cell of X, and comes back once what follows from it in its row is drawn. */
  private static final String EDIT =
      """
      async ([row, column, text]) => {
        const cell = document.querySelector("[data-cell='X/" + row + "/" + column + "'] input");
        const follows = () =>
          [0, 1, 2].map((j) => document.querySelector(`[data-cell='Y/${row}/${j}'] .shown`).textContent).join();
        const before = follows();
        const start = performance.now();
        cell.value = text;
        cell.dispatchEvent(new Event("change", { bubbles: true }));
        for (;;) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          if (follows() !== before) break;
          if (performance.now() - start > 9000) return -1;
        }
        await new Promise((resolve) => setTimeout(resolve));
        return performance.now() - start;
      }
      """;

  @TempDir private Path folder;

  private static String worksheet(int size, int heads) {
    StringBuilder text = new StringBuilder("## 1\n\n```qkv\n");
    if (heads > 1) {
      text.append("h = ").append(heads).append('\n');
    }
    List<String> names = List.of("X", "W_Q", "W_K", "W_V", "W_O");
    for (int m = 0; m < names.size(); m++) {
      text.append(names.get(m)).append(" = ").append(matrix(size, m)).append('\n');
    }
    return text.append("find Y\n```\n").toString();
  }

  private static String matrix(int size, int seed) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                IntStream.range(0, size)
                    .mapToObj(j -> (i * 7 + j * 3 + seed * 5 + i * j) % 5 - 2 + "/4")
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("; ", "[", "]"));
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "8, 2", "16, 2", "64, 1"})
  void anEditIsDrawn(int size, int heads) throws IOException {
    String note = worksheet(size, heads);
    OfflineSheet sheet = ServiceLoader.load(OfflineSheet.class).findFirst().orElseThrow();
    try (Chromium chromium = Chromium.start().orElseThrow();
        PageServer server = new PageServer(0)) {
      try (Visit served = visit(chromium, server.address().toString())) {
        served.read(note);
        print("server", size, heads, served);
      }
      fromDisk("from disk", size, heads, chromium, sheet);
      fromDisk("from disk, JavaScript", size, heads, chromium, new PlainSheet(sheet));
    }
  }

  private void fromDisk(String way, int size, int heads, Chromium chromium, OfflineSheet sheet)
      throws IOException {
    Path file = folder.resolve("page.html");
    String note = worksheet(size, heads);
    Files.writeString(file, new OfflinePage(sheet).write("note.md", note, Locale.ENGLISH, 0));
    try (Visit offline = visit(chromium, file.toUri().toString())) {
      offline.checked();
      print(way, size, heads, offline);
    }
  }

  private static Visit visit(Chromium chromium, String address) {
    return new Visit(chromium.browser(), address, 1400, "en", ColorScheme.LIGHT);
  }

  private static void print(String way, int size, int heads, Visit visit) {
    visit.page().locator("#step-Y, .trouble").first().waitFor();
    if (visit.page().locator(".trouble").count() > 0) {
      System.out.printf("| %s | %d × %d, %d | given up after 10 s | |%n", way, size, size, heads);
      return;
    }
    visit.page().evaluate(UNFOLD);
    visit.page().locator("#step-Y [role=grid]").waitFor();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < EDITS; i++) {
      String typed = String.valueOf(3 + i) + "/" + (7 + i % 3);
      Object took = visit.page().evaluate(EDIT, List.of(i % size, (i * 5) % size, typed));
      double milliseconds = ((Number) took).doubleValue();
      assertThat(milliseconds).as("edit %d", i).isPositive();
      if (i >= WARM) {
        times.add(milliseconds);
      }
      visit.page().waitForTimeout(REST);
    }
    Collections.sort(times);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d × %d, %d head%s | %.0f ms | %.0f ms |%n",
        way,
        size,
        size,
        heads,
        heads > 1 ? "s" : "",
        times.get(times.size() / 2),
        times.get(times.size() * 9 / 10));
  }
}
