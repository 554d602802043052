package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Quantity;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how large a line says that matrices are. */
final class Sizes {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{1,5})\\s*(?:[×x*]|\\\\times|by)\\s*(\\d{1,5})(?!\\s*(?:[×x*]|\\\\times)\\s*\\d)");

  private static final Pattern SIZES =
      Pattern.compile("([\\d０-９]{1,5})\\s*(?:[×x]|\\\\times)\\s*([\\d０-９]{1,5})");

  private static final Pattern SHAPE_WORD =
      Pattern.compile(
          "拼接|形状|大小为|concat|\\bshapes?\\b|side by side|每头|each head|维度为", Pattern.CASE_INSENSITIVE);

  private static final Pattern ENDS_WITH_SHAPE =
      Pattern.compile(
          "(?:形状|大小|\\b(?:shape|size)s?)\\s*(?:of\\s+[^:=]{1,20})?(?:为|是|\\bis|\\bof)?[\\s$*`:：=＝]*$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,4}");

  private static final Pattern EACH_HEAD =
      Pattern.compile("每\\s*个?头|each head|every head|per head", Pattern.CASE_INSENSITIVE);

  private final LogicalLine line;

  Sizes(LogicalLine line) {
    this.line = line;
  }

  /** {@code 3 × 2} says how large something is. */
  static boolean isSize(Side side) {
    Grid grid = side.grid();
    return grid != null && grid.isNumber() && SIZES.matcher(grid.number().text()).matches();
  }

  /** A matrix has the size that a number is written as; in answers that is a claim. */
  void read(Subject subject, Grid grid, int to) {
    line.context.mention(subject.quantity(), true);
    Matcher sizes = SIZES.matcher(grid.number().text());
    if (line.context.answer && sizes.matches()) {
      line.asserts = true;
      add(
          new Claim.Shape(
              subject.quantity(),
              Integer.parseInt(sizes.group(1)),
              Integer.parseInt(sizes.group(2)),
              line.number,
              line.text.substring(line.clause, to).replace("$", " ").strip()));
    }
  }

  /** Whether numbers behind words for a shape are one, as in shape (4, 8). */
  boolean isShape(String before, Grid grid) {
    return grid.height() == 1
        && grid.width() == 2
        && ENDS_WITH_SHAPE.matcher(before).find()
        && grid.cells().stream().allMatch(n -> COUNT.matcher(n.text()).matches());
  }

  /** Reads a shape of what is named or spoken of before it; in answers that is a claim. */
  void read(String before, Grid grid) {
    Subject named = line.clauseName;
    Optional<Quantity> quantity =
        named != null
            ? Optional.of(
                named.single().matches("\\d")
                    ? Quantities.inHead(named.quantity(), Integer.parseInt(named.single()))
                    : named.quantity())
            : Concepts.last(before)
                .or(() -> Concepts.input(before))
                .map(Concepts.Mention::quantity)
                .map(q -> Quantities.inHead(q, Concepts.head(before).orElse(0)));
    if (line.context.answer && quantity.isPresent() && !quantity.get().isScalar()) {
      line.asserts = true;
      add(
          new Claim.Shape(
              quantity.get(),
              Integer.parseInt(grid.cells().get(0).text()),
              Integer.parseInt(grid.cells().get(1).text()),
              line.number,
              (before + grid.cells().get(0).text() + "×" + grid.cells().get(1).text())
                  .replace("$", " ")
                  .strip()));
    }
  }

  /** Reads the sizes that the words of an answer give to what they speak of. */
  void read(String words) {
    if (!line.context.answer || !SHAPE_WORD.matcher(words).find()) {
      return;
    }
    Matcher shape = SHAPE.matcher(words);
    int from = 0;
    while (shape.find()) {
      String before = words.substring(from, shape.start());
      from = shape.end();
      Quantity quantity =
          EACH_HEAD.matcher(before).find()
              ? Quantities.Z.head(1)
              : Concepts.last(before).map(Concepts.Mention::quantity).orElse(null);
      if (quantity != null && !quantity.isScalar()) {
        line.asserts = true;
        add(
            new Claim.Shape(
                quantity,
                Integer.parseInt(shape.group(1)),
                Integer.parseInt(shape.group(2)),
                line.number,
                words.replace("$", " ").strip()));
      }
    }
  }

  private void add(Claim.Shape shape) {
    boolean said =
        line.draft.statements.stream()
            .anyMatch(
                c ->
                    c instanceof Claim.Shape other
                        && other.line() == shape.line()
                        && other.quantity().equals(shape.quantity())
                        && other.rows() == shape.rows()
                        && other.columns() == shape.columns());
    if (!said) {
      line.draft.add(shape);
    }
  }
}
