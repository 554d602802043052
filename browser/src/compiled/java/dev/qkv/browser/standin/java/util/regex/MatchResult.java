package dev.qkv.browser.standin.java.util.regex;

import org.jspecify.annotations.Nullable;

/** What was found, as the class of this name of the JDK. */
public interface MatchResult {
  int start();

  int start(int group);

  int end();

  int end(int group);

  String group();

  @Nullable String group(int group);

  int groupCount();
}
