package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.note.code.Meaning.Meant;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.List;

/** Writes into the draft what code sets, prints and expects. */
final class CodeWriter {
  private final String text;
  private final Draft draft;
  private final Context context;

  CodeWriter(String text, Draft draft, Context context) {
    this.text = text;
    this.draft = draft;
    this.context = context;
  }

  void same(Quantity quantity, Quantity other, String right, int line) {
    draft.add(
        new Assertion(
            Subject.of(quantity),
            List.of(),
            other,
            context.answer,
            true,
            "",
            line,
            right,
            null,
            Assertion.Origin.NAME,
            context.stage,
            Working.NONE,
            List.of()));
  }

  void loose(Grid grid, int from, int to, int line) {
    draft.add(
        new Loose(
            grid.rows(),
            List.of(),
            "",
            true,
            line,
            text.substring(from, to).strip(),
            context.stage,
            List.of()));
  }

  void assertion(
      Meant meant, Grid grid, List<Quantity> hints, int from, int to, int line, boolean answer) {
    context.mention(meant.quantity(), true);
    String written = text.substring(from, to).strip();
    if (meant.shape()) {
      shape(meant, grid, line, written);
      return;
    }
    Quantity quantity = AssertionWriter.meant(meant.quantity(), grid);
    String number = meant.number() > 0 ? String.valueOf(meant.number()) : "";
    Subject subject = new Subject(quantity, "", "", number, meant.number() == 0);
    draft.add(
        new Assertion(
            meant.row() > 0 ? subject.withRow(String.valueOf(meant.row())) : subject,
            (meant.transposed() ? grid.transposed() : grid).rows(),
            null,
            answer,
            true,
            "",
            line,
            written,
            null,
            meant.row() > 0 ? Assertion.Origin.WORD : Assertion.Origin.NAME,
            context.stage,
            Working.NONE,
            hints));
  }

  private void shape(Meant meant, Grid grid, int line, String written) {
    List<Numeral> sizes = grid.cells();
    boolean plain =
        sizes.size() == 2
            && sizes.stream().allMatch(n -> n.value().isFinite() && n.value().toDouble() >= 1);
    if (!plain) {
      draft.add(new Claim.Words(line, written));
      return;
    }
    int rows = (int) sizes.get(meant.transposed() ? 1 : 0).value().toDouble();
    int columns = (int) sizes.get(meant.transposed() ? 0 : 1).value().toDouble();
    draft.add(new Claim.Shape(meant.quantity(), rows, columns, line, written));
  }
}
