package dev.qkv.sheet.note.document.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.Document;
import dev.qkv.sheet.note.document.Format;
import dev.qkv.sheet.note.document.Numbers;
import org.junit.jupiter.api.Test;

/** Notebooks as Markdown. */
public class NotebookTest {
  public static final String LAB =
      """
      {"nbformat": 4, "nbformat_minor": 5,
       "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
       "cells": [
        {"cell_type": "markdown", "metadata": {},
         "source": ["## \\u7ec3\\u4e60 1\\n", "\\n", "Find \\"A\\": $\\\\sqrt{2}$."]},
        {"cell_type": "code", "execution_count": 3, "metadata": {},
         "outputs": [
          {"output_type": "stream", "name": "stdout", "text": ["[[0.67 0.33]\\n"]},
          {"output_type": "stream", "name": "stdout", "text": [" [0.5  0.5 ]]\\n"]},
          {"output_type": "stream", "name": "stderr", "text": "Warning: line 12"},
          {"output_type": "display_data", "metadata": {},
           "data": {"image/png": "iVBORw0KGgo=", "text/plain": "\\u001b[31m<Figure>\\u001b[0m"}},
          {"output_type": "execute_result", "execution_count": 3, "metadata": {},
           "data": {"text/plain": "array([1.5])"}},
          {"output_type": "error", "ename": "E", "evalue": "9", "traceback": ["8"]}],
         "source": "S = Q @ K.T\\nprint(S.round(2))"},
        {"cell_type": "raw", "metadata": {}, "source": []}
       ]}
      """;

  @Test
  void cellsAndWhatTheyPrinted() {
    Document document = Numbers.read("lab.ipynb", LAB);
    assertThat(document.format()).isEqualTo(Format.NOTEBOOK);
    assertThat(document.text().text())
        .isEqualTo(
            """
            ## 练习 1

            Find "A": $\\sqrt{2}$.

            ```python
            S = Q @ K.T
            print(S.round(2))
            ```

            ```output
            [[0.67 0.33]
             [0.5  0.5 ]]
            ```

            ```output
            <Figure>
            ```

            ```output
            array([1.5])
            ```
            """);
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void versionThree() {
    Document document =
        Numbers.read(
            "old",
            """
            {"metadata": {"name": ""}, "nbformat": 3, "worksheets": [{"cells": [
             {"cell_type": "heading", "level": 2, "source": ["Part 2"]},
             {"cell_type": "code", "language": "julia", "input": ["1 + 1"], "outputs": [
              {"output_type": "pyout", "prompt_number": 1, "text": ["2"]}]}]}]}
            """);
    assertThat(document.text().text())
        .isEqualTo("## Part 2\n\n```julia\n1 + 1\n```\n\n```output\n2\n```\n");
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void formulasThatWerePrinted() {
    Document document =
        Numbers.read(
            "sympy.ipynb",
            """
            {"cells": [{"cell_type": "code", "source": [], "outputs": [
             {"output_type": "execute_result", "data": {
              "text/latex": "$\\\\frac{1}{2}$", "text/plain": "<IPython.core.display.Math>"}}]}]}
            """);
    assertThat(document.text().text()).isEqualTo("$\\frac{1}{2}$\n");
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void whatIsNoNotebookIsSaidWithItsPlace() {
    assertThatThrownBy(() -> Numbers.read("a.ipynb", "{\n \"cells\": [1, }"))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("line 2, column 15");
    assertThatThrownBy(() -> Numbers.read("a.ipynb", "{\"rows\": []}"))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("no cells");
  }
}
