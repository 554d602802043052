/** The command line. */
@SuppressWarnings("module") // the module for browsers is built after this one
module dev.qkv.app {
  requires static org.jspecify;
  requires dev.qkv.engine;
  requires dev.qkv.nn;
  requires dev.qkv.sheet;
  requires info.picocli;
  requires java.management;
  requires jdk.httpserver;
  requires org.jline.terminal;
  requires tools.jackson.core;

  exports dev.qkv.app.web to
      dev.qkv.browser;

  uses dev.qkv.app.web.OfflineSheet;
}
