package dev.qkv.app.web;

/**
 * The sheet compiled for browsers, so that a page can compute without a server. It is found as a
 * service, because what compiles it needs this module.
 */
public interface OfflineSheet {
  /**
   * The sheet as WebAssembly with garbage collection.
   *
   * @return the module, not compressed
   */
  byte[] webAssembly();

  /**
   * What starts the WebAssembly.
   *
   * @return the text of an ES module without imports; its {@code async start(bytes)} comes to a
   *     function (method, strings) → JSON, which is {@link Workbook#call}
   */
  String starter();

  /**
   * The sheet as JavaScript, for browsers that cannot run the WebAssembly.
   *
   * @return the text of an ES module without imports, whose {@code async start()} comes to the same
   *     function
   */
  String javaScript();
}
