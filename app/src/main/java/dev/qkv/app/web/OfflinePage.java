package dev.qkv.app.web;

import dev.qkv.app.report.Markup;
import dev.qkv.sheet.report.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The page in one file that opens from disk, with the sheet that it computes with and a note. Its
 * modules lie in it compressed; a short script, the only one that its policy lets run where it
 * stands, hands them to the browser.
 */
public final class OfflinePage {
  /** How long a note may be, in bytes of UTF-8: what the page itself opens. */
  public static final int LARGEST_NOTE = 200_000;

  private static final String FOLDER = "offline/";
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z.-]+)}}");
  private static final Pattern MODULE = Pattern.compile(".*\\.js");

  private final OfflineSheet sheet;

  /**
   * A page that computes with a sheet.
   *
   * @param sheet compiled for browsers
   */
  public OfflinePage(OfflineSheet sheet) {
    this.sheet = sheet;
  }

  /**
   * The file with a note that is open when it is opened.
   *
   * @param name what the note is called
   * @param markdown its text
   * @param language the page's
   * @param exercise the one that is shown, from 0
   * @return HTML
   */
  public String write(String name, String markdown, Locale language, int exercise) {
    String style = Resource.text(PageFiles.FOLDER + "page.css");
    String loader = Resource.text(FOLDER + "loader.js");
    Map<String, String> parts =
        Map.ofEntries(
            Map.entry("language", language.equals(Locale.CHINESE) ? "zh-CN" : "en"),
            Map.entry("title", Markup.escape(name)),
            Map.entry("icon", base64(Resource.bytes(PageFiles.FOLDER + "icon.svg"))),
            Map.entry("style", style),
            Map.entry("style-hash", hash(style)),
            Map.entry("loader", loader),
            Map.entry("loader-hash", hash(loader)),
            Map.entry("brought", brought(name, markdown, language, exercise)),
            Map.entry("modules", packed(utf8(modules()))),
            Map.entry("sheet.wasm", packed(sheet.webAssembly())),
            Map.entry("sheet-plain.js", packed(utf8(sheet.javaScript()))));
    return PLACE
        .matcher(Resource.text(FOLDER + "index.html"))
        .replaceAll(
            place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))));
  }

  /** What the page opens with; no text of the note can end the element that it stands in. */
  private static String brought(String name, String markdown, Locale language, int exercise) {
    return Json.part(
            json -> {
              json.writeStringProperty("name", name);
              json.writeStringProperty("text", markdown);
              json.writeStringProperty("language", language.getLanguage());
              json.writeNumberProperty("index", exercise);
            })
        .replace("<", "\\u003c");
  }

  /** The page's modules by name, with those that compute here in the place of the server's. */
  private String modules() {
    return Json.part(
        json -> {
          for (String name : PageFiles.names()) {
            if (MODULE.matcher(name).matches() && !name.equals("sheet.js")) {
              json.writeStringProperty(name, Resource.text(PageFiles.FOLDER + name));
            }
          }
          json.writeStringProperty("sheet.js", Resource.text(FOLDER + "sheet.js"));
          json.writeStringProperty("worker.js", Resource.text(FOLDER + "worker.js"));
          json.writeStringProperty("starter.js", sheet.starter());
        });
  }

  private static String packed(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
      packing.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return base64(out.toByteArray());
  }

  private static String hash(String script) {
    try {
      return base64(MessageDigest.getInstance("SHA-256").digest(utf8(script)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String base64(byte[] content) {
    return Base64.getEncoder().encodeToString(content);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
