package dev.qkv.sheet.note.document.latex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.note.document.Document;
import dev.qkv.sheet.note.document.Format;
import dev.qkv.sheet.note.document.Numbers;
import org.junit.jupiter.api.Test;

/** LaTeX as Markdown. */
class LatexTest {
  private static String markdown(String source) {
    return Numbers.read("note.tex", source).text().text();
  }

  @Test
  void anExamSheetReadsLikeItsPrint() {
    Document document =
        Numbers.read(
            "sheet.tex",
            """
            \\documentclass[11pt]{article}
            \\usepackage[margin=2cm]{geometry}
            \\newtheorem{prob}{Problem}
            \\newcommand{\\mat}[1]{\\begin{bmatrix}#1\\end{bmatrix}}
            \\DeclareMathOperator{\\softmax}{softmax}
            \\def\\rt{\\sqrt{2}}
            \\title{Homework 3}
            \\begin{document}
            \\maketitle
            % solved on page 99
            \\section*{Attention by hand}
            Let $Q = \\mat{1 & 0 \\\\ 0 & 1}$ and~$K=\\mat{1 & 2\\\\
              3 & 0.5}$. % 77
            Scale \\textbf{always}; \\emph{see} ``Chapter 4'', pp. 3--5.

            \\begin{prob}[Scores]\\label{p1}
              Compute
              \\begin{enumerate}[label=(\\alph*)]
                \\item $S = QK^\\top / \\rt$ and
                \\item the weights
                  \\[ A = \\softmax(S). \\]
              \\end{enumerate}
            \\end{prob}
            \\begin{solution}
            \\begin{align*}
              S &= \\frac{QK^\\top}{\\rt} \\label{eq:1} \\\\
                &= \\begin{bmatrix} 0.71 & 2.12 \\\\ 1.41 & 0.35 \\end{bmatrix}, \\\\
              A_{11} &= 0.20\\nonumber\\\\[2pt]
              Z &= \\underbrace{AV}_{\\text{output}} = (1, 2)
            \\end{align*}
            \\end{solution}
            \\end{document}
            behind the end: 123
            """);

    assertThat(document.format()).isEqualTo(Format.LATEX);
    assertThat(document.text().text())
        .isEqualTo(
            """
            # Homework 3

            ## Attention by hand

            Let $Q = \\begin{bmatrix}1 & 0 \\\\ 0 & 1\\end{bmatrix}$ and \
            $K=\\begin{bmatrix}1 & 2\\\\ 3 & 0.5\\end{bmatrix}$.
            Scale **always**; see "Chapter 4", pp. 3–5.

            ## Problem 1 (Scores)

            Compute

            (a) $S = QK^\\top / \\sqrt{2}$ and
            (b) the weights
            $A = \\operatorname{softmax}(S).$

            **Solution.**
            $S = \\frac{QK^\\top}{\\sqrt{2}} = \
            \\begin{bmatrix} 0.71 & 2.12 \\\\ 1.41 & 0.35 \\end{bmatrix},$
            $A_{11} = 0.20$
            $Z = {AV} = (1, 2)$
            """);
    assertThat(Numbers.untraced(document)).containsExactly("1");
  }

  @Test
  void listsCountAsTheyArePrinted() {
    assertThat(
            markdown(
                """
                \\begin{enumerate}
                  \\item first
                    \\begin{enumerate}
                      \\item inner
                      \\item inner
                    \\end{enumerate}
                  \\item[7.] own label
                  \\item second
                \\end{enumerate}
                Between.
                \\begin{enumerate}[resume]
                  \\item third
                \\end{enumerate}
                \\begin{enumerate}[Q1)]
                  \\item sample
                \\end{enumerate}
                \\begin{itemize}
                  \\item bullet
                \\end{itemize}
                """))
        .isEqualTo(
            """
            1. first
            (a) inner
            (b) inner
            7. own label
            2. second

            Between.

            3. third

            Q1) sample

            - bullet
            """);
  }

  @Test
  void tablesAndCode() {
    Document document =
        Numbers.read(
            "t.tex",
            """
            \\begin{table}[h]\\centering
            \\begin{tabular}{l|cc}
            \\toprule
             & $k_1$ & $k_2$ \\\\ \\midrule
            $q_1$ & 0.71 & \\textbf{0.29} \\\\
            \\multicolumn{2}{c}{both} & $|x|$ \\\\
            \\bottomrule
            \\end{tabular}
            \\caption{Weights of layer 4.}
            \\end{table}
            \\begin{lstlisting}[language=Python]
            np.round(A, 2)  % kept
            \\end{lstlisting}
            Call \\verb|f(1)| twice.
            """);
    assertThat(document.text().text())
        .isEqualTo(
            """
            |  | $k_1$ | $k_2$ |
            |---|---|---|
            | $q_1$ | 0.71 | **0.29** |
            | both |  | $\\|x\\|$ |

            Weights of layer 4.

            ```python
            np.round(A, 2)  % kept
            ```

            Call `f(1)` twice.
            """);
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void chineseTheoremsAndOwnEnvironments() {
    assertThat(
            markdown(
                """
                \\newtheorem{liti}{例}[section]
                \\newenvironment{jieda}{\\par\\noindent\\textbf{解：}}{\\hfill$\\square$}
                \\newenvironment{exo}[1]{\\subsection*{Exercise #1}}{}
                \\section{注意力}
                \\begin{liti}求 $A$。\\end{liti}
                \\begin{jieda}$A=[0.5, 0.5]$\\end{jieda}
                \\begin{解答}略\\end{解答}
                \\begin{exo}{5} Find $Z$. \\end{exo}
                \\begin{homeworkProblem}[8]
                Why?
                \\end{homeworkProblem}
                \\begin{proof}[Answer to 3] So. \\end{proof}
                """))
        .isEqualTo(
            """
            ## 注意力

            ## 例 1.1

            求 $A$。

            **解：**$A=[0.5, 0.5]$ $\\square$

            **解答**
            略

            ### Exercise 5

            Find $Z$.

            ## Problem 8

            Why?

            **Answer to 3.**
            So.
            """);
  }

  @Test
  void nothingWithANumberIsLost() {
    String source =
        """
        \\begin{strangebox}{12.5}[13]
        \\mystery{14}[15]{16} \\boxed{17} \\SI{18}{\\meter} {\\bf 19} \\textcolor{red}{20}
        \\( 21 \\) $$22$$ \\[23\\] \\begin{gather}24\\\\25\\end{gather}
        \\begin{pmatrix}26\\end{pmatrix} \\footnote{27} \\frac{28}{29} \\'30
        $\\underbrace{31}_{=32} + \\underbrace{33}_{34}$ \\begin{align}35 & 36
        \\begin{tabular}{c}37 & 38 \\end{strangebox} $39 \\[40 \\begin{verbatim}41
        """;
    Document document = Numbers.read("x.tex", source);
    for (int number = 13; number <= 41; number++) {
      assertThat(document.text().text()).contains(String.valueOf(number));
    }
    assertThat(document.text().text()).contains("12.5");
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void macrosStayWithinBounds() {
    assertThat(markdown("\\def\\a{\\a\\a}\\a 1")).endsWith("1\n");
    assertThat(markdown("\\newcommand{\\w}[2][0]{(#1,#2)}\\w{1} \\w[2]{3}"))
        .isEqualTo("(0,1) (2,3)\n");
    StringBuilder doubling = new StringBuilder("\\def\\z{0}");
    for (char c = 'y'; c >= 'a'; c--) {
      doubling.append("\\def\\" + c + "{\\" + (char) (c + 1) + "\\" + (char) (c + 1) + "}");
    }
    assertThat(markdown(doubling + "\\a").length()).isLessThan(5_000_000);
  }
}
