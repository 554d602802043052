/** The command line. */
module dev.qkv.app {
  requires static org.jspecify;
  requires dev.qkv.engine;
  requires dev.qkv.nn;
  requires dev.qkv.sheet;
  requires info.picocli;
  requires jdk.httpserver;
  requires org.jline.terminal;
  requires tools.jackson.core;
}
