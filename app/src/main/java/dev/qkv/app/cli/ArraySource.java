package dev.qkv.app.cli;

import dev.qkv.io.ArrayFile;
import dev.qkv.io.InvalidFile;
import dev.qkv.io.StoredArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * An array that an option names: {@code FILE}, or {@code FILE#NAME} in a file of several.
 *
 * @param file the file
 * @param name the array's name in it
 * @param array its header
 */
record ArraySource(String file, String name, StoredArray array) {
  /** Names that an error lists. */
  private static final int MOST_NAMES = 20;

  /**
   * Finds the array. Without a name: the only one, or the one that has the option's name.
   *
   * @param given as typed
   * @param role what it is for: q, k, v, keep, …
   * @param words the program's words
   * @throws Unusable if the file has no such array
   * @throws InvalidFile if the file breaks a rule
   * @throws IOException if it cannot be read
   */
  static ArraySource of(String given, String role, ResourceBundle words)
      throws Unusable, IOException {
    // A name such as a#b.npy is a file's own.
    int hash = Files.exists(Path.of(given)) ? -1 : given.lastIndexOf('#');
    String file = hash < 0 ? given : given.substring(0, hash);
    Map<String, StoredArray> arrays = ArrayFile.read(Path.of(file));
    String name = role;
    if (hash >= 0) {
      name = given.substring(hash + 1);
    } else if (arrays.size() == 1) {
      name = arrays.keySet().iterator().next();
    }
    StoredArray array = arrays.get(name);
    if (array == null) {
      List<String> some = new ArrayList<>(arrays.keySet().stream().limit(MOST_NAMES).toList());
      if (arrays.size() > MOST_NAMES) {
        some.add("…");
      }
      throw Unusable.inFile(words, "error.array.missing", file, name, String.join(", ", some));
    }
    return new ArraySource(file, name, array);
  }
}
