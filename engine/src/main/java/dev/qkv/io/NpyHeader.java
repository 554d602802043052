package dev.qkv.io;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The header of a .npy file: a Python dictionary of descr, fortran_order and shape, each once, in
 * any order. Read character by character: the time follows the length, whatever is in it.
 */
final class NpyHeader extends HeaderText {
  private static final int MOST_AXES = 64;
  private static final int MOST_DIGITS = 10;

  private String descr = "";
  private boolean fortran;
  private int[] shape = {};

  private NpyHeader(String where, String text) {
    super(where, text);
  }

  static NpyHeader parse(String where, String text) throws InvalidFile {
    NpyHeader header = new NpyHeader(where, text);
    header.dictionary();
    return header;
  }

  /** The element type as NumPy writes it, such as {@code <f4}. */
  String descr() {
    return descr;
  }

  boolean fortran() {
    return fortran;
  }

  int[] shape() {
    return shape;
  }

  private void dictionary() throws InvalidFile {
    Set<String> seen = new HashSet<>();
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      if (!seen.add(key)) {
        throw bad();
      }
      switch (key) {
        case "descr" -> descr = string();
        case "fortran_order" -> fortran = bool();
        case "shape" -> shape = tuple();
        default -> throw bad();
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    space();
    if (at < text.length() || seen.size() != 3) {
      throw bad();
    }
  }

  private String string() throws InvalidFile {
    expect('\'');
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw bad();
    }
    String value = text.substring(at, end);
    at = end + 1;
    return value;
  }

  private boolean bool() throws InvalidFile {
    space();
    for (boolean value : new boolean[] {true, false}) {
      String word = value ? "True" : "False";
      if (text.startsWith(word, at)) {
        at += word.length();
        return value;
      }
    }
    throw bad();
  }

  private int[] tuple() throws InvalidFile {
    int[] sizes = new int[MOST_AXES];
    int count = 0;
    expect('(');
    while (!accept(')')) {
      if (count == MOST_AXES) {
        throw bad();
      }
      sizes[count++] = size();
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return Arrays.copyOf(sizes, count);
  }

  private int size() throws InvalidFile {
    space();
    int start = at;
    long size = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      // More digits are more than an int, and would be more than a long.
      size = at - start < MOST_DIGITS ? 10 * size + text.charAt(at) - '0' : Long.MAX_VALUE;
      at++;
    }
    if (at == start) {
      throw bad();
    }
    if (size > Integer.MAX_VALUE) {
      throw new InvalidFile("npy.shape", where, text.substring(start, at));
    }
    return (int) size;
  }

  @Override
  InvalidFile bad() {
    return new InvalidFile("npy.header", where, text.strip());
  }
}
