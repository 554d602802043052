package dev.qkv.sheet.note.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.ProcessorTime;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.notebook.NotebookTest;
import dev.qkv.sheet.note.document.pdf.PdfTest;
import dev.qkv.sheet.note.document.text.Traced;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is read ends in a document or in a sentence, soon. */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
  private static final int ROUNDS = 200;
  private static final long SECOND = 1_000_000_000L;

  private static final String TEX =
      """
      \\documentclass{article}\\newtheorem{prob}{Problem}\\newcommand{\\m}[2][1]{(#1, #2)}
      \\begin{document}\\section*{A} % c
      \\begin{prob}[T] $\\m[3]{4}$ \\[ \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} \\]
      \\begin{enumerate}[label=(\\alph*)]\\item \\textbf{x} \\item[7] y\\end{enumerate}\\end{prob}
      \\begin{proof}[S] \\begin{align*} a &= \\underbrace{1}_{2} \\\\ &= \\text{$b$} \\end{align*}
      \\begin{tabular}{cc} \\hline \\multicolumn{2}{c}{5} \\\\ 6 & {\\bf 7} \\end{tabular}
      \\end{proof}\\begin{verbatim} 8 \\end{verbatim} \\verb|9| \\iffalse 10 \\fi \\end{document}
      """;

  private static final String HTML =
      """
      <!DOCTYPE html><html><body><h2>A &amp; 1</h2><ol type=a><li>x<sub>2</sub><ul><li>3</ul></ol>
      <table><tr><th rowspan=2>q<td colspan=2>4</tr><tr><td>5|6</tr></table><pre>7 &lt; 8
      </pre><math><mrow><mo>[</mo><mtable><mtr><mtd><mfrac><mn>1</mn><mi>&infin;</mi></mfrac></mtd>
      </mtr></mtable><mo>]</mo></mrow><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>
      <span class=katex><math><semantics><annotation encoding="application/x-tex">9 &lt; x
      </annotation></semantics></math></span><img class=latex alt="x_1"><b>bold</b></body></html>
      """;

  private static final String CSV =
      """
      Exercise 1,causal
      Q,,K,
      1,0,0,1
      0,1,"1,5",1

      no.,question,answer
      1,"Why ""so""?",0.71
      A,0.5,0.5
      ,0.1,0.9
      """;

  private static final List<String> SPICES =
      List.of(
          "\\begin{align}",
          "\\end{",
          "{",
          "}",
          "[",
          "]",
          "$",
          "\\[",
          "\\item",
          "\\\\",
          "&",
          "%",
          "<table>",
          "<td colspan=60>",
          "</",
          "<math>",
          "<mtable>",
          "<pre>",
          "&#",
          "\"",
          ",",
          ";",
          "\n\n",
          "\t",
          "\\u00",
          "```",
          "\\def\\x{\\x\\x}\\x",
          "\\newcommand{\\y}[1]{#1#1}\\y",
          "endobj",
          "stream",
          "<<",
          ">>",
          "0 R",
          "\ud83d",
          "−∞",
          "\\begin{tabular}{c}",
          "#1");

  @Test
  void mutatedDocuments() throws IOException {
    Random random = new Random(20_26);
    byte[] pdf = PdfTest.pdf("Problem 1\nQ = [1, 0]", "Solution 2");
    check("a.md", "## 1\n$Q = [1]$\n".getBytes(StandardCharsets.UTF_8), random);
    check("a.tex", TEX.getBytes(StandardCharsets.UTF_8), random);
    check("a.ipynb", NotebookTest.LAB.getBytes(StandardCharsets.UTF_8), random);
    check("a.html", HTML.getBytes(StandardCharsets.UTF_8), random);
    check("a.csv", CSV.getBytes(StandardCharsets.UTF_8), random);
    check("a.pdf", pdf, random);
  }

  private static void check(String name, byte[] content, Random random) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = content;
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        mutated = mutated(mutated, random);
      }
      long took = time(name, mutated);
      if (took > SECOND) {
        took = time(name, mutated);
      }
      assertThat(took).as(name + new String(mutated, StandardCharsets.UTF_8)).isLessThan(SECOND);
    }
  }

  private static byte[] mutated(byte[] content, Random random) {
    int from = random.nextInt(content.length + 1);
    int to = Math.min(content.length, from + random.nextInt(40));
    byte[] head = Arrays.copyOf(content, from);
    byte[] part = Arrays.copyOfRange(content, from, to);
    return switch (random.nextInt(6)) {
      case 0 -> joined(head, Arrays.copyOfRange(content, to, content.length));
      case 1 -> head;
      case 2 -> joined(joined(head, part), Arrays.copyOfRange(content, from, content.length));
      case 3 -> {
        byte[] flipped = content.clone();
        if (from < flipped.length) {
          flipped[from] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
      default -> {
        String spice = SPICES.get(random.nextInt(SPICES.size())).repeat(1 + random.nextInt(3));
        byte[] inserted = spice.getBytes(StandardCharsets.UTF_8);
        yield joined(joined(head, inserted), Arrays.copyOfRange(content, from, content.length));
      }
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static long time(String name, byte[] content) {
    return ProcessorTime.of(() -> read(name, content)).toNanos();
  }

  private static void read(String name, byte[] content) {
    try {
      Traced text = Documents.of(name, content).text();
      for (int i = 0; i < text.text().length(); i++) {
        assertThat(text.origin(i)).isBetween(0, text.source().length());
      }
    } catch (SheetException e) {
      assertThat(e.reason().key()).startsWith("error.document.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "a.tex¦[",
        "a.tex¦{",
        "a.tex¦{[",
        "a.tex¦$",
        "a.tex¦\\[",
        "a.tex¦\\( ",
        "a.tex¦\\\\[",
        "a.tex¦\\begin{itemize}",
        "a.tex¦\\begin{align}",
        "a.tex¦\\begin{tabular}{c}",
        "a.tex¦\\begin{tabular}{c}1\\end{tabular}",
        "a.tex¦\\begin{verbatim}",
        "a.tex¦\\textbf{",
        "a.tex¦\\item[",
        "a.tex¦\\end{x}",
        "a.tex¦\\begin{x}",
        "a.tex¦\\iffalse",
        "a.tex¦\\verb|",
        "a.tex¦\\def\\a{\\a\\a}\\a",
        "a.tex¦$\\text{",
        "a.tex¦$\\begin{aligned}&\\\\",
        "a.tex¦\\begin{problem}[",
        "a.tex¦1 & ",
        "a.tex¦\\newcommand{\\a}[1]{#1#1}\\a{",
        "a.tex¦%",
        "a.html¦<div>",
        "a.html¦<table><tr><td>",
        "a.html¦<b><i>",
        "a.html¦<",
        "a.html¦&amp;",
        "a.html¦<math><mrow>",
        "a.html¦<td>",
        "a.html¦<ul><li>",
        "a.html¦<pre>",
        "a.html¦</p>",
        "a.html¦<span class=katex>",
        "a.html¦<math><msup>",
        "a.html¦<sub>",
        "a.html¦&x",
        "a.html¦<span style=display:none>",
        "a.html¦<table><td>1",
        "a.html¦<p>$[",
        "a.csv¦[",
        "a.csv¦,",
        "a.csv¦1,",
        "a.csv¦\"",
        "a.csv¦Q,1,",
        "a.csv¦\",\"",
        "a.csv¦Q,\\n1,2\\n",
        "a.csv¦(1;",
        "a.csv¦answer,",
        "a.ipynb¦[",
        "a.ipynb¦{\"cells\":[",
        "a.md¦[",
        "-¦<!--",
        "-¦\\section",
        "-¦{",
        "-¦<math>",
      })
  void timeGrowsWithLength(String name, String piece) {
    String unit = piece.replace("\\n", "\n");
    byte[] content = unit.repeat(1_000_000 / unit.length()).getBytes(StandardCharsets.UTF_8);
    assertThat(time(name, content)).isLessThan(10 * SECOND);
  }

  @Test
  void wideTables() {
    String tex = "\\begin{tabular}{c}" + "1 & ".repeat(10_000) + "\\\\ 2 \\end{tabular}";
    String html = "<table><tr>" + "<td>1".repeat(10_000) + "<tr><td>2</table>";
    String csv = "k,".repeat(10_000) + "\n" + "1,".repeat(10_000) + "\n";
    String names = "k,,".repeat(10_000) + "\n" + ("1,2,".repeat(10_000) + "\n").repeat(20);
    for (String content : List.of(csv, names)) {
      assertThat(time("a.csv", content.getBytes(StandardCharsets.UTF_8))).isLessThan(5 * SECOND);
    }
    assertThat(time("a.tex", tex.getBytes(StandardCharsets.UTF_8))).isLessThan(5 * SECOND);
    assertThat(time("a.html", html.getBytes(StandardCharsets.UTF_8))).isLessThan(5 * SECOND);
  }
}
