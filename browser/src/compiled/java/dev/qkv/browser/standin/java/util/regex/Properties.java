package dev.qkv.browser.standin.java.util.regex;

import dev.qkv.browser.standin.java.lang.Han;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes that patterns name in braces: general categories, and the script Han. */
final class Properties {
  /** By the numbers of {@link Character#getType}, which leaves one out. */
  private static final String[] CATEGORIES = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
  };

  private static final Map<String, Signs> KNOWN =
      new HashMap<>(Map.of("IsHan", Signs.where(Han::has)));

  private Properties() {}

  /** A class by its name; null where there is none of that name. */
  static @Nullable Signs named(String name) {
    return KNOWN.computeIfAbsent(name, Properties::category);
  }

  /** A general category, or all that begin with a letter. */
  private static @Nullable Signs category(String name) {
    int types = 0;
    for (int type = 0; type < CATEGORIES.length; type++) {
      if (!name.isEmpty() && CATEGORIES[type].startsWith(name)) {
        types |= 1 << type;
      }
    }
    int those = types;
    return types == 0 ? null : Signs.where(c -> (those >>> Character.getType(c) & 1) != 0);
  }
}
