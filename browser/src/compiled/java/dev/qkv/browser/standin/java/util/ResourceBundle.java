package dev.qkv.browser.standin.java.util;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import org.jspecify.annotations.Nullable;

/**
 * Words from files of properties in UTF-8: the compiler's class library reads them as Latin-1. What
 * a language lacks is taken from the words without one.
 */
public final class ResourceBundle {
  private static final Map<String, ResourceBundle> READ = new HashMap<>();

  private final String name;
  private final Locale locale;
  private final Map<String, String> words;
  private final @Nullable ResourceBundle parent;

  private ResourceBundle(
      String name, Locale locale, Map<String, String> words, @Nullable ResourceBundle parent) {
    this.name = name;
    this.locale = locale;
    this.words = words;
    this.parent = parent;
  }

  public static ResourceBundle getBundle(String name, Locale locale) {
    String language = locale.getLanguage();
    String key = language.isEmpty() ? name : name + "_" + language;
    ResourceBundle there = READ.get(key);
    if (there == null) {
      there = read(name, key, locale);
      READ.put(key, there);
    }
    return there;
  }

  private static ResourceBundle read(String name, String key, Locale locale) {
    ResourceBundle parent = key.equals(name) ? null : getBundle(name, Locale.ROOT);
    String file = key.replace('.', '/') + ".properties";
    try (InputStream in = ResourceBundle.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null && parent != null) {
        return parent;
      }
      if (in == null) {
        throw new MissingResourceException("no words in " + file, name, "");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new ResourceBundle(name, locale, words(text), parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads properties: a key, an equals sign and words to a line, which a backslash continues. */
  private static Map<String, String> words(String text) {
    Map<String, String> words = new HashMap<>();
    for (String line : text.replaceAll("\\\\\n[ \t]*", "").split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.charAt(0) != '#') {
        words.put(line.substring(0, equals).strip(), plain(line.substring(equals + 1)));
      }
    }
    return words;
  }

  /** Words without what leads to them and without backslashes. */
  private static String plain(String written) {
    String words = written.stripLeading();
    if (words.indexOf('\\') < 0) {
      return words;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '\\' && i + 1 < words.length()) {
        i++;
        c = words.charAt(i);
        if (c == 'u') {
          c = (char) Integer.parseInt(words.substring(i + 1, i + 5), 16);
          i += 4;
        } else if (c == 'n' || c == 't') {
          c = c == 'n' ? '\n' : '\t';
        }
      }
      plain.append(c);
    }
    return plain.toString();
  }

  public Locale getLocale() {
    return locale;
  }

  public boolean containsKey(String key) {
    return words.containsKey(key) || (parent != null && parent.containsKey(key));
  }

  public String getString(String key) {
    String word = words.get(key);
    if (word != null) {
      return word;
    }
    if (parent == null) {
      throw new MissingResourceException("no words for " + key, name, key);
    }
    return parent.getString(key);
  }
}
