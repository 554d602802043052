package dev.qkv.sheet.note;

import dev.qkv.sheet.note.Assertion.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What the words before numbers speak of.
 *
 * @param subject what they are; null if the words speak of nothing that is known
 * @param origin how it is known
 * @param sure whether the words can mean nothing else
 * @param plural whether several inputs are spoken of, each a number
 */
record Spoken(@Nullable Subject subject, Origin origin, boolean sure, boolean plural) {
  static Spoken of(Subject subject, Origin origin) {
    return new Spoken(subject, origin, true, false);
  }

  static Spoken nothing(Origin origin) {
    return new Spoken(null, origin, true, false);
  }
}
