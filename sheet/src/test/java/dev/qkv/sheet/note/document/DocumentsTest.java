package dev.qkv.sheet.note.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.message.SheetException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How formats and encodings are told. */
class DocumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "a.TEX¦x¦LATEX",
        "a.markdown¦\\documentclass{article}¦MARKDOWN",
        "-¦\\documentclass{article}¦LATEX",
        "a.txt¦\\begin{enumerate} \\item 1 \\end{enumerate}¦LATEX",
        "-¦\\section*{A} text¦LATEX",
        "-¦where $\\begin{bmatrix}1\\end{bmatrix}$ and \\frac{1}{2}¦MARKDOWN",
        "-¦\\begin{align} a &= 1 \\end{align}¦MARKDOWN",
        "-¦<!-- c --> <!DOCTYPE html><p>1¦HTML",
        "-¦so <math><mn>1</mn></math>¦HTML",
        "a.txt¦<b>1</b> is <p>¦MARKDOWN",
        "notes.v2¦Q = 1¦MARKDOWN",
        "-¦{\"cells\": [], \"nbformat\": 4}¦NOTEBOOK",
        "-¦{\"a\": 4}¦MARKDOWN",
        "x.CSV¦Q;1¦CSV",
      })
  void formats(String name, String content, Format format) {
    assertThat(Numbers.read(name, content).format()).isEqualTo(format);
  }

  @Test
  void fencedLatexIsMarkdown() {
    assertThat(Numbers.read("-", "```latex\n\\section{A}\n```").format())
        .isEqualTo(Format.MARKDOWN);
  }

  @Test
  void encodings() {
    String text = "注意力 Q = 1\r\n权重 2\r完";
    for (Charset charset : new Charset[] {StandardCharsets.UTF_8, Charset.forName("GB18030")}) {
      assertThat(Documents.of("a.md", text.getBytes(charset)).text().text())
          .isEqualTo("注意力 Q = 1\n权重 2\n完");
    }
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE
        }) {
      Document document = Documents.of("a.md", ("\uFEFF" + text).getBytes(charset));
      assertThat(document.text().text()).isEqualTo("注意力 Q = 1\n权重 2\n完");
      assertThat(document.text().source()).isEqualTo("\uFEFF" + text);
      assertThat(Numbers.untraced(document)).isEmpty();
    }
  }

  @Test
  void whatIsNoTextIsSaid() {
    assertThatThrownBy(() -> Documents.of("a.md", new byte[] {'P', 'K', 3, 4, 0, 0}))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("no text");
    assertThatThrownBy(() -> Documents.of("a.md", new byte[] {'a', (byte) 0xFF, 'b'}))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Documents.of("a.md", new byte[(16 << 20) + 1]))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("16 MB");
  }
}
