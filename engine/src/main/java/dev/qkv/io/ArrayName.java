package dev.qkv.io;

/** The names that arrays have in files of several. */
final class ArrayName {
  private static final int LONGEST = 1024;

  private ArrayName() {}

  /**
   * What errors call an array in a file.
   *
   * @throws InvalidFile if the name is too long, or has characters that cannot be shown
   */
  static String where(Object file, String name) throws InvalidFile {
    if (name.length() > LONGEST || !Shown.isPlain(name)) {
      throw new InvalidFile("array.name", file, LONGEST, name);
    }
    return file + ":" + name;
  }
}
