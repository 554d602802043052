package dev.qkv.browser;

import dev.qkv.app.web.OfflineSheet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The sheet as the build compiled it. */
public final class CompiledSheet implements OfflineSheet {
  /** For whoever looks for the service. */
  public CompiledSheet() {}

  @Override
  public byte[] webAssembly() {
    return bytes("sheet.wasm");
  }

  @Override
  public String starter() {
    return text("starter.js");
  }

  @Override
  public String javaScript() {
    return text("sheet.js") + text("script-starter.js");
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = CompiledSheet.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
