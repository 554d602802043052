package dev.qkv.app.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was made lately, by what it was made from. Two threads that want the same at once may both
 * make it.
 *
 * @param <K> what it is made from
 * @param <V> what is made
 */
final class Shelf<K, V> {
  private static final float USUAL_LOAD = 0.75f;

  private final Function<K, V> maker;
  private final Map<K, V> made;

  /**
   * An empty shelf.
   *
   * @param room how many it keeps
   * @param maker makes what is not there
   */
  Shelf(int room, Function<K, V> maker) {
    this.maker = maker;
    this.made =
        new LinkedHashMap<>(room, USUAL_LOAD, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > room;
          }
        };
  }

  V of(K key) {
    synchronized (made) {
      V there = made.get(key);
      if (there != null) {
        return there;
      }
    }
    V value = maker.apply(key);
    keep(key, value);
    return value;
  }

  /** Keeps what somebody else made. */
  void keep(K key, V value) {
    synchronized (made) {
      made.put(key, value);
    }
  }
}
