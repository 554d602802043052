package dev.qkv.sheet.note.code;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement asserts to be equal, as tests do: {@code assert_allclose(A, [[0.5, 0.5]])}.
 *
 * @param actual the expression that has the numbers
 * @param expected where the numbers start in the statement
 */
public record Asserted(String actual, int expected) {
  private static final Pattern CALL =
      Pattern.compile(
          "\\s*(?:assert\\s+)?(?:\\w+\\.)*(?:(?:assert_)?(?:allclose|array_equal|close|equal|array_almost_equal|almost_equal)|isclose)\\(");

  private static final Pattern SAME =
      Pattern.compile("\\s*assert\\s+([A-Za-z_][\\w.\\[\\]]*)\\s*==\\s*(?=[-\\d.\\[(])");

  /** What a statement asserts; nothing if it is no such statement. */
  public static Optional<Asserted> of(String code) {
    Matcher same = SAME.matcher(code);
    if (same.lookingAt()) {
      return Optional.of(new Asserted(same.group(1), same.end()));
    }
    Matcher call = CALL.matcher(code);
    int comma = call.lookingAt() ? comma(code, call.end()) : -1;
    return comma < 0
        ? Optional.empty()
        : Optional.of(new Asserted(code.substring(call.end(), comma).strip(), comma + 1));
  }

  /** The comma behind the first argument; −1 if there is none. */
  private static int comma(String code, int from) {
    int depth = 0;
    for (int k = from; k < code.length(); k++) {
      char c = code.charAt(k);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (c == ',' && depth == 0) {
        return k;
      }
    }
    return -1;
  }
}
