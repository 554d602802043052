package dev.qkv.browser.standin.java.util.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Patterns as {@code java.util.regex} has them, as far as the sheet's use them: the class library
 * of the compiler reads some of them otherwise.
 */
public final class Pattern {
  public static final int CASE_INSENSITIVE = 2;
  public static final int MULTILINE = 8;
  public static final int LITERAL = 16;
  public static final int DOTALL = 32;

  final Sequence whole;
  final Map<String, Integer> names;
  final int groups;
  final int loops;
  private final String pattern;
  private final int flags;
  private final @Nullable Signs starts;
  private final int least;

  private Pattern(String pattern, int flags) {
    this.pattern = pattern;
    this.flags = flags;
    PatternParser parser =
        new PatternParser((flags & LITERAL) == 0 ? pattern : quote(pattern), flags);
    this.whole = parser.read();
    this.names = parser.names;
    this.groups = parser.groups;
    this.loops = parser.loops;
    this.starts = whole.head.starts();
    this.least = whole.least();
  }

  /** What a match can begin with; null where nobody knows. */
  @Nullable Signs starts() {
    return starts;
  }

  /** Fewest characters of a match. */
  int least() {
    return least;
  }

  public static Pattern compile(String pattern) {
    return new Pattern(pattern, 0);
  }

  public static Pattern compile(String pattern, int flags) {
    return new Pattern(pattern, flags);
  }

  public static boolean matches(String pattern, CharSequence text) {
    return compile(pattern).matcher(text).matches();
  }

  public static String quote(String text) {
    return "\\Q" + text.replace("\\E", "\\E\\\\E\\Q") + "\\E";
  }

  public String pattern() {
    return pattern;
  }

  public int flags() {
    return flags;
  }

  public Matcher matcher(CharSequence text) {
    return new Matcher(this, text.toString());
  }

  public Predicate<String> asPredicate() {
    return text -> matcher(text).find();
  }

  public Predicate<String> asMatchPredicate() {
    return text -> matcher(text).matches();
  }

  public String[] split(CharSequence text) {
    return split(text, 0);
  }

  /**
   * The pieces between matches; no piece is empty at the beginning because of an empty match.
   *
   * @param text what is split
   * @param limit most pieces where above 0; where 0, empty pieces at the end are left out
   * @return the pieces
   */
  public String[] split(CharSequence text, int limit) {
    String all = text.toString();
    Matcher matcher = matcher(all);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while ((limit <= 0 || pieces.size() < limit - 1) && matcher.find()) {
      if (matcher.end() > 0) {
        pieces.add(all.substring(from, matcher.start()));
        from = matcher.end();
      }
    }
    if (from == 0) {
      return new String[] {all};
    }
    pieces.add(all.substring(from));
    int size = pieces.size();
    while (limit == 0 && size > 0 && pieces.get(size - 1).isEmpty()) {
      size--;
    }
    return pieces.subList(0, size).toArray(new String[0]);
  }

  @Override
  public String toString() {
    return pattern;
  }
}
