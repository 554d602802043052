package dev.qkv.sheet.note.document.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.note.document.Document;
import dev.qkv.sheet.note.document.Format;
import dev.qkv.sheet.note.document.Numbers;
import org.junit.jupiter.api.Test;

/** Web pages as Markdown. */
class HtmlTest {
  private static String markdown(String body) {
    return Numbers.read("page.html", body).text().text();
  }

  @Test
  void aPageReadsWithoutWhatStandsBesideIt() {
    Document document =
        Numbers.read(
            "page",
            """
            <!DOCTYPE html>
            <html><head><title>Set 3</title><style>p{margin:4px}</style>
            <script>var K=[[1,2]];</script></head><body>
            <nav><a href="/">Set 2</a></nav><div class="sidebar">99</div>
            <h1>Problem set&nbsp;3</h1>
            <p>Take <b>two </b> tokens &amp;
               one head: d<sub>k</sub> = 2, QK<sup>T</sup>/&radic;2 &minus; 1.5.</p>
            <ol type="a" start="2"><li>Find <i>S</i>.</li><li><p>Find A.</p>
              <ul><li>only row 1</li></ul></li></ol>
            <pre class="language-python">S = Q @ K.T
            print(S &gt; 0)</pre>
            <p>Use <code>softmax(2)</code>.<br>Done \\(x_1 = 3\\)</p>
            <footer>2024</footer></body></html>
            """);
    assertThat(document.format()).isEqualTo(Format.HTML);
    assertThat(document.text().text())
        .isEqualTo(
            """
            # Problem set 3

            Take **two** tokens & one head: d_{k} = 2, QK^{T}/√2 − 1.5.

            b. Find S.
            c. Find A.
            - only row 1

            ```python
            S = Q @ K.T
            print(S > 0)
            ```

            Use `softmax(2)`.
            Done \\(x_1 = 3\\)
            """);
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void tables() {
    Document document =
        Numbers.read(
            "t.html",
            """
            <table><caption>Weights</caption>
            <thead><tr><th></th><th>k<sub>1</sub></th><th colspan=2>others</th></tr></thead>
            <tr><th rowspan=2>q</th><td>0.50<td>0.25<td>0.25</tr>
            <tr><td>|x|<td>0.4<td><b>0.6</b></tr></table>
            <table><tr><td><pre>a = 1</pre></td></tr></table>
            """);
    assertThat(document.text().text())
        .isEqualTo(
            """
            Weights

            |  | k_{1} | others |  |
            |---|---|---|---|
            | q | 0.50 | 0.25 | 0.25 |
            |  | \\|x\\| | 0.4 | **0.6** |

            ```
            a = 1
            ```
            """);
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void mathMl() {
    Document document =
        Numbers.read(
            "m.html",
            """
            <p>So <math><msub><mi>W</mi><mi>Q</mi></msub><mo>=</mo>
              <mrow><mo fence="true">[</mo><mtable><mtr><mtd><mn>1</mn></mtd>
              <mtd><mrow><mo>&minus;</mo><mi>&infin;</mi></mrow></mtd></mtr>
              <mtr><mtd><mn>0.5</mn></mtd><mtd><mfrac><mn>1</mn><msqrt><mn>2</mn></msqrt></mfrac>
              </mtd></mtr></mtable><mo>]</mo></mrow><mo>,</mo><mspace width="1em"/>
              <msup><mi>K</mi><mo>&#x22A4;</mo></msup></math> and</p>
            <math display="block"><mi>softmax</mi><mo>&#x2061;</mo><mfenced><mi>&#x1D444;</mi>
              <mn>3</mn></mfenced><mi>A</mi><mi>V</mi><mover><mi>x</mi><mo>¯</mo></mover>
              <munder><munder><mn>4</mn><mo>⏟</mo></munder><mtext>out</mtext></munder></math>
            <math><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mn>6</mn></mtd></mtr>
              <mtr><mtd/><mtd><mo>=</mo><mn>7</mn></mtd></mtr>
              <mtr><mtd><mi>b</mi></mtd><mtd><mo>=</mo><mn>8</mn></mtd></mtr></mtable></math>
            """);
    assertThat(document.text().text())
        .isEqualTo(
            """
            So $W_{Q} = \\begin{bmatrix} 1 & −∞ \\\\ 0.5 & \\frac{1}{\\sqrt{2}} \\end{bmatrix}, \
            K^{⊤}$ and

            $\\mathrm{softmax}(Q, 3)A V\\bar{x}4$
            $a = 6 = 7$
            $b = 8$
            """);
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void texBesideItsGlyphs() {
    String katex =
        """
        <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>S</mi></mrow>
        <annotation encoding="application/x-tex">S = 1 &amp; 2</annotation></semantics></math>
        </span><span class="katex-html" aria-hidden="true"><span>S = 1</span></span></span>""";
    String mathJax2 =
        """
        <span class="MathJax_Preview">9</span><span class="MathJax"><span>x=9</span></span>\
        <script type="math/tex">x = 3 < 4</script>""";
    String mathJax3 =
        """
        <mjx-container class="MathJax" display="true"><mjx-math aria-hidden="true"></mjx-math>\
        <mjx-assistive-mml><math><mi>y</mi><mo>=</mo><mn>5</mn></math></mjx-assistive-mml>\
        </mjx-container>""";
    String picture = "<img class=latex alt=\"z = \\frac{6}{7}\" src=a.png><img alt=8 src=b.png>";
    Document document =
        Numbers.read("f.html", katex + ", " + mathJax2 + mathJax3 + "then " + picture);
    assertThat(document.text().text())
        .isEqualTo("$S = 1 & 2$, $x = 3 < 4$\n$y = 5$\nthen $z = \\frac{6}{7}$\n");
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void entitiesAreTracedAcross() {
    assertThat(markdown("<p>&lt;1&#50;&gt; &notanentity; 3&amp4 a&shy;b"))
        .isEqualTo("<12> ¬anentity; 3&4 ab\n");
  }
}
