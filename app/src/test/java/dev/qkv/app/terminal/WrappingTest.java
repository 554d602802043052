package dev.qkv.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines of a terminal. */
class WrappingTest {
  @Test
  void linesFitAndKeepTheirWordsAndColours() {
    String text =
        "  one two three four five six seven\n      \u001b[2m注意力权重是一个查询分给各键的注意力份额；每行属于一个查询\u001b[0m 终\nshort\n";
    String wrapped = new Wrapping(24).of(text);
    assertThat(wrapped.lines())
        .allMatch(line -> Width.of(line.replaceAll("\u001b\\[\\d*m", "")) <= 24);
    assertThat(letters(wrapped)).isEqualTo(letters(text));
    assertThat(wrapped).startsWith("  one two three four\n      five six seven\n");
    assertThat(wrapped).endsWith("\nshort\n");
  }

  @Test
  void whatHasNoBlankAndRowsOfBracketsStayWhole() {
    String row = "      S = ⎡1.234567  1.234567  1.234567⎤\n";
    assertThat(new Wrapping(24).of(row)).isEqualTo(row);
    String word = "x".repeat(60) + "\n";
    assertThat(new Wrapping(24).of(word)).isEqualTo(word);
    assertThat(new Wrapping(0).of("a ".repeat(200))).isEqualTo("a ".repeat(200));
  }

  private static String letters(String text) {
    return text.replaceAll("\\s", "");
  }
}
