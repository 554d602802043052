/** The command line. */
module dev.qkv.app {
  requires static org.jspecify;
  requires dev.qkv.sheet;
  requires info.picocli;
  requires org.jline.terminal;

  opens dev.qkv.app.cli to
      info.picocli;
}
