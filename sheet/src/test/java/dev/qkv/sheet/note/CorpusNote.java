package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Worksheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A note and what a careful person reads in it: a worksheet in the native form whose wrong numbers
 * are marked.
 *
 * @param name file name of the note
 * @param wanted the exercises of the expectation
 * @param planted lines of the expectation with a wrong number, and the number, as {@code 12:0.83}
 * @param read the exercises that the reader finds
 */
record CorpusNote(String name, List<Checked> wanted, Set<String> planted, List<Checked> read) {
  private static final Pattern WRONG = Pattern.compile("#\\s*wrong:\\s*(.+)$");

  static CorpusNote of(Path note) throws IOException {
    String file = String.valueOf(note.getFileName());
    Path expectation = note.resolveSibling(file.substring(0, file.lastIndexOf('.')) + ".expect.md");
    String text = Files.readString(expectation);
    return new CorpusNote(file, checked(Notes.read(text)), planted(text), checked(worksheet(note)));
  }

  static Worksheet worksheet(Path note) throws IOException {
    return Notes.read(String.valueOf(note.getFileName()), Files.readAllBytes(note));
  }

  static List<Checked> checked(Worksheet worksheet) {
    return worksheet.exercises().stream().map(Checked::of).toList();
  }

  private static Set<String> planted(String text) {
    Set<String> planted = new HashSet<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher wrong = WRONG.matcher(lines[i]);
      if (wrong.find()) {
        for (String number : wrong.group(1).split("[,，]\\s*")) {
          planted.add((i + 1) + ":" + number.strip().replace('−', '-'));
        }
      }
    }
    return planted;
  }

  /** One number that is claimed. */
  record Cell(int exercise, String quantity, int row, int column, Numeral numeral, int line) {
    boolean isSameAs(Cell other) {
      return quantity.equals(other.quantity)
          && row == other.row
          && column == other.column
          && close(numeral.value(), other.numeral.value());
    }

    /** The same number for what is the same here under another name, as scores without scaling. */
    boolean isTwinOf(Cell other) {
      return row == other.row
          && column == other.column
          && close(numeral.value(), other.numeral.value())
          && FAMILIES.stream().anyMatch(f -> f.contains(quantity) && f.contains(other.quantity));
    }

    private static final List<Set<String>> FAMILIES =
        List.of(
            Set.of("dot", "S", "S_masked", "S_tau"),
            Set.of("N", "LN", "centered"),
            Set.of("Z", "Z_concat", "O", "Z1"));

    private static boolean close(Value a, Value b) {
      return a.equals(b) || Math.abs(a.toDouble() - b.toDouble()) < 1e-9;
    }
  }

  /** A number with its verdict. */
  record Judged(Cell cell, Verdict.Outcome outcome) {}

  static List<Judged> cells(List<Checked> exercises) {
    List<Judged> all = new ArrayList<>();
    for (int e = 0; e < exercises.size(); e++) {
      for (Verdict verdict : exercises.get(e).verdicts()) {
        if (verdict.claim() instanceof Claim.Numbers claim) {
          if (verdict.cells().isEmpty()) {
            unjudged(e, claim, all);
          }
          for (Verdict.Cell cell : verdict.cells()) {
            all.add(
                new Judged(
                    new Cell(
                        e,
                        verdict.name(),
                        cell.row().orElse(1),
                        cell.column().orElse(1),
                        cell.claimed(),
                        claim.line()),
                    cell.outcome()));
          }
        }
      }
    }
    return all;
  }

  private static void unjudged(int exercise, Claim.Numbers claim, List<Judged> all) {
    Quantity quantity = claim.quantity();
    for (int i = 0; i < claim.numbers().size(); i++) {
      for (int j = 0; j < claim.numbers().get(i).size(); j++) {
        all.add(
            new Judged(
                new Cell(
                    exercise,
                    quantity.name(),
                    claim.row().orElse(1) + i,
                    claim.column().orElse(1) + j,
                    claim.numbers().get(i).get(j),
                    claim.line()),
                Verdict.Outcome.UNCHECKED));
      }
    }
  }

  /** Whether a number of the expectation is marked as wrong. */
  boolean isPlanted(Cell cell) {
    return planted.contains(cell.line() + ":" + cell.numeral().text().replace('−', '-'));
  }

  List<Exercise> exercises() {
    return read.stream().map(Checked::exercise).toList();
  }
}
