package dev.qkv.sheet.note.document.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.note.document.Document;
import dev.qkv.sheet.note.document.Format;
import dev.qkv.sheet.note.document.Numbers;
import dev.qkv.sheet.note.document.text.Traced;
import org.junit.jupiter.api.Test;

/** Separated values as Markdown. */
class CsvTest {
  @Test
  void blocksOfNumbersUnderAndBesideTheirNames() {
    Document document =
        Numbers.read(
            "sheet.csv",
            """
            Week 5,,,,
            Exercise 2,causal,,,
            Q,,K,,d_k
            1,0,0.5,1,2
            0,1,1,1,
            ,,,,
            V,3,1,W,7
            ,0,2,,8
            mask,causal,,,
            Answer,,,,
            weights:,"[0.5, 0.5]",,,
            Output,,,,
            1.41,0,,,
            -inf,50%,,,
            """);
    assertThat(document.format()).isEqualTo(Format.CSV);
    assertThat(document.text().text())
        .isEqualTo(
            """
            Week 5

            ## Exercise 2: causal

            Q = [[1, 0], [0, 1]]
            K = [[0.5, 1], [1, 1]]
            d_k = 2

            V = [[3, 1], [0, 2]]
            W = [[7], [8]]
            mask: causal

            **Answer**
            weights = [0.5, 0.5]
            Output = [[1.41, 0], [-inf, 50%]]
            """);
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void tablesWithHeadAndDecimalCommas() {
    Document document =
        Numbers.read(
            "europe.csv",
            "token;q1;q2\r\nthe;1;0,5\r\n\"cat \"\"x\"\"\";;12\r\n;\r\n;k1;k2\r\nq1;0,71;0,29\r\n");
    assertThat(document.text().text())
        .isEqualTo(
            """
            | token | q1 | q2 |
            |---|---|---|
            | the | 1 | 0.5 |
            | cat "x" |  | 12 |

            |  | k1 | k2 |
            |---|---|---|
            | q1 | 0.71 | 0.29 |
            """);
    Traced text = document.text();
    int decimal = text.text().indexOf("0.71");
    assertThat(text.source().substring(text.origin(decimal), text.origin(decimal + 4)))
        .isEqualTo("0,71");
    assertThat(Numbers.untraced(document)).containsExactly("0.5", "0.71", "0.29");
  }

  @Test
  void questionsWithTheirAnswers() {
    Document document =
        Numbers.read(
            "quiz.tsv",
            """
            no.\tQ\tquestion\tanswer
            1\t[1 0; 0 1]\t"What is
            S?"\t0.71
            2\t\tWhy?\tBecause.
            """);
    assertThat(document.text().text())
        .isEqualTo(
            """
            ## Exercise 1

            Q = [1 0; 0 1]

            What is
            S?

            **answer**
            0.71

            ## Exercise 2

            Why?

            **answer**
            Because.
            """);
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void chineseHeadsAndThousands() {
    Document document =
        Numbers.read(
            "c.csv",
            """
            题号,一
            说明,单个查询
            q,1,2
            问题,,答案
            权重,,0.25,0.75
            参数量,,"1,048,576"
            """);
    assertThat(document.text().text())
        .isEqualTo(
            """
            ## 题号 一

            说明: 单个查询
            q = [1, 2]

            **答案**
            权重 = [0.25, 0.75]
            参数量 = 1048576
            """);
    assertThat(Numbers.untraced(document)).containsExactly("1048576");
  }
}
