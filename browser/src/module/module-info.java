/** The sheet compiled for browsers: a service of the program. */
module dev.qkv.browser {
  requires dev.qkv.app;

  provides dev.qkv.app.web.OfflineSheet with
      dev.qkv.browser.CompiledSheet;
}
