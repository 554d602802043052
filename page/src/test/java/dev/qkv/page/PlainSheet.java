package dev.qkv.page;

import dev.qkv.app.web.OfflineSheet;

/**
 * A sheet whose WebAssembly no browser can run, as one without garbage collection cannot: what is
 * left is JavaScript.
 *
 * @param sheet the sheet
 */
record PlainSheet(OfflineSheet sheet) implements OfflineSheet {
  @Override
  public byte[] webAssembly() {
    return new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0};
  }

  @Override
  public String starter() {
    return sheet.starter();
  }

  @Override
  public String javaScript() {
    return sheet.javaScript();
  }
}
