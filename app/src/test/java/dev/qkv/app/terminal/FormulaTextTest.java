package dev.qkv.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Checked;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Formulas in the report of an audit. */
class FormulaTextTest {
  private static final String NOTE =
      """
      ## 1. T
      ```qkv
      Q = [1 2]
      K = [1 0; 0 1]
      V = K
      ```
      ```answer
      formula Z = A V
      formula Z = softmax(QK^T)V
      formula S = Q K^T
      formula S = Q K
      ```
      """;

  private static String written(Locale locale) {
    Checked checked = Checked.of(Notes.read(NOTE).exercises().getFirst());
    return new AuditText(locale, 4, new Ink(false)).write("f", checked);
  }

  @Test
  void saysWhatIsRightWrongAndAgreed() {
    assertThat(written(Locale.ENGLISH))
        .contains("✓ Z = A V")
        .contains("✗ Z = softmax(QK^T)V")
        .contains("SCALE.MISSING")
        .contains("the formula gives Z[1, ")
        .contains("✓ S = Q K^T")
        .contains("this is what is called QKᵀ here")
        .contains("? not checked: S = Q K");
    assertThat(written(Locale.CHINESE)).contains("按公式 Z[1, ").contains("这里称之为 QKᵀ");
  }
}
