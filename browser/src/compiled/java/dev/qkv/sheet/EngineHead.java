package dev.qkv.sheet;

import org.jspecify.annotations.Nullable;

/** Stands in for the engine, whose vectors no browser has. */
final class EngineHead {
  private EngineHead() {}

  static @Nullable HeadEngine of(HeadDefinition definition, boolean masked, boolean last) {
    return null;
  }

  static String describe() {
    return "none";
  }
}
