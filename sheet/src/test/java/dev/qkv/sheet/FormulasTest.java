package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.term.Equation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How every formula and every mistake is written. */
class FormulasTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Pattern TEX =
      Pattern.compile(
          "\\\\left(?=\\W)|\\\\right(?=\\W)|\\\\begin\\{(\\w+)}|\\\\end\\{(\\w+)}|[{}]");

  private static final Pattern XML = Pattern.compile("<(/?)(m\\w+)(?: \\w+=\"[^\"<&]*\")*>");

  static Set<Equation> all() {
    Set<Equation> all = new LinkedHashSet<>();
    Set<String> texts = new LinkedHashSet<>();
    for (Problems.Kind kind : Problems.Kind.values()) {
      Problem problem = Problems.random(kind, 1);
      for (Equation equation : FormulaSheet.of(problem).equations()) {
        if (texts.add(equation.text())) {
          all.add(equation);
        }
      }
      for (Mistake mistake : MistakeCatalogue.of(problem)) {
        for (Equation equation : mistake.alternatives()) {
          if (texts.add(equation.text())) {
            all.add(equation);
          }
        }
      }
    }
    return all;
  }

  private static void golden(String name, Function<Equation, String> form) throws Exception {
    String got =
        all().stream().map(form).collect(Collectors.toCollection(TreeSet::new)).stream()
            .collect(Collectors.joining("\n", "", "\n"));
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, got);
    }
    assertThat(got)
        .as("stale? renew with mvn test -pl sheet -am -Dgolden=write")
        .isEqualTo(Files.readString(file));
  }

  @Test
  void formulasMatchTheirGoldenFiles() throws Exception {
    golden("formulas.txt", Equation::text);
    golden("formulas.tex", Equation::tex);
    golden("formulas.mathml", Equation::mathml);
  }

  @Test
  void texIsWellFormed() {
    for (Equation equation : all()) {
      assertThat(isBalanced(equation.tex())).as(equation.tex()).isTrue();
    }
    assertThat(isBalanced("\\left(\\frac{a}{b}\\right")).isFalse();
    assertThat(isBalanced("\\left(\\frac{a}{b\\right)}")).isFalse();
  }

  private static boolean isBalanced(String tex) {
    Deque<String> open = new ArrayDeque<>();
    Matcher m = TEX.matcher(tex);
    while (m.find()) {
      String token = m.group();
      String closes =
          token.equals("}")
              ? "{"
              : token.startsWith("\\right")
                  ? "\\left"
                  : token.startsWith("\\end") ? "\\begin{" + m.group(2) + "}" : null;
      if (closes == null) {
        open.push(token);
      } else if (open.isEmpty() || !open.pop().equals(closes)) {
        return false;
      }
    }
    return open.isEmpty();
  }

  @Test
  void mathmlIsWellFormed() {
    for (Equation equation : all()) {
      assertThat(isElement(equation.mathml())).as(equation.mathml()).isTrue();
    }
    assertThat(isElement("<math><mi>a</mi></math><mi>b</mi>")).isFalse();
    assertThat(isElement("<math><mi>a</math></mi>")).isFalse();
    assertThat(isElement("<math><mo><</mo></math>")).isFalse();
  }

  /** One element, its tags closed in order, and nothing in its text that would need escaping. */
  private static boolean isElement(String xml) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = XML.matcher(xml);
    int end = 0;
    while (tag.find()) {
      String text = xml.substring(end, tag.start());
      boolean outside = open.isEmpty() && (end > 0 || !text.isEmpty());
      if (outside || text.replace("&lt;", "").replace("&gt;", "").matches(".*[<>&].*")) {
        return false;
      }
      end = tag.end();
      if (tag.group(1).isEmpty()) {
        open.push(tag.group(2));
      } else if (open.isEmpty() || !open.pop().equals(tag.group(2))) {
        return false;
      }
    }
    return open.isEmpty() && end == xml.length();
  }
}
