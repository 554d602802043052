package dev.qkv.app.web;

/**
 * The sheet compiled for browsers, so that a page computes without a server. It is a service: the
 * program runs without one, and a build that has the compiler's module finds it.
 *
 * <p>Both forms answer calls of {@link Workbook} with the same JSON as here. A page has to allow
 * {@code 'wasm-unsafe-eval'} for the first; nothing is evaluated from strings.
 */
public interface OfflineSheet {
  /**
   * The formulas as WebAssembly with garbage collection.
   *
   * @return the module, not compressed
   */
  byte[] webAssembly();

  /**
   * What starts the WebAssembly.
   *
   * @return an ES module without imports that exports {@code async function start(bytes)}, whose
   *     promise is a function of a method and an array of strings
   */
  String starter();

  /**
   * The same formulas for browsers that lack such WebAssembly.
   *
   * @return an ES module without imports that exports {@code async function start()} likewise
   */
  String javaScript();
}
