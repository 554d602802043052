package dev.qkv.sheet.note;

import dev.qkv.sheet.note.language.Lexicon;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the answer of a pasted exercise claims. */
final class AnswerReader {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,5})\\s*(?:[×x*]|\\\\times)\\s*(\\d{1,5})");
  private static final Pattern SHAPE_WORD =
      Pattern.compile(
          "拼接|形状|concat|\\bshapes?\\b|side by side|每头|each head", Pattern.CASE_INSENSITIVE);
  private static final Pattern EACH_HEAD =
      Pattern.compile("每\\s*个?头|each head|every head|per head", Pattern.CASE_INSENSITIVE);
  private static final Pattern ELIDED =
      Pattern.compile("[（(]\\s*(?:过程)?(?:省?略|omitted|elided)[^）)]*[）)]");

  /** Words shorter than this are lead-ins, not statements. */
  private static final int SHORTEST_STATEMENT = 8;

  private final String text;
  private final ExerciseBuilder exercise;
  private final boolean heads;
  private @Nullable Quantity context;

  AnswerReader(String text, ExerciseBuilder exercise, boolean heads) {
    this.text = text;
    this.exercise = exercise;
    this.heads = heads;
  }

  void tables(List<NoteTable> tables) {
    for (NoteTable table : tables) {
      for (NoteTable.Column column : table.columns()) {
        exercise.claim(
            new Claim.Numbers(
                column.quantity(),
                column.numbers(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                table.line(),
                column.quantity().name()));
      }
    }
  }

  /** Reads {@code text[from, to)}, a line or the rest of one. */
  void line(int from, int to, int line) {
    String words = text.substring(from, to);
    Matcher elided = ELIDED.matcher(words);
    if (elided.find()) {
      exercise.issue(line, Issue.Kind.REMARK, Message.of("remark.elided", elided.group()));
    }
    boolean any = false;
    for (Clause clause : Clause.of(text, from, to)) {
      any |= clause(clause, line);
    }
    String statement = elided.replaceAll("").replace("$", " ").strip();
    if (!any && isStatement(statement)) {
      exercise.claim(new Claim.Words(line, statement));
    }
  }

  private static boolean isStatement(String words) {
    String bare = words.replaceAll("[\\s>*_#`-]+", "");
    return bare.length() >= SHORTEST_STATEMENT && !bare.matches(".*[→:：]$");
  }

  /** Reads one clause; false if it claims nothing. */
  private boolean clause(Clause clause, int line) {
    String words = clause.words();
    if (!clause.isEquation() && SHAPE_WORD.matcher(words).find() && shapes(clause, line)) {
      return true;
    }
    if (!clause.hasRelation()) {
      return false;
    }
    boolean any = false;
    for (Clause.Equation equation : clause.equations()) {
      any |= equation(clause, equation, line, words);
    }
    return any;
  }

  private boolean equation(Clause clause, Clause.Equation equation, int line, String words) {
    List<List<Numeral>> value = equation.value();
    if (value == null) {
      return unreadable(clause, words, line);
    }
    if (!equation.references().isEmpty()) {
      Names.Reference meant = resolved(equation.references().getFirst(), value);
      claim(meant.quantity(), value, meant.row(), meant.column(), line, words);
      return true;
    }
    Quantity spoken = spoken(equation.before(), value);
    OptionalInt row = Lexicon.row(equation.before());
    if (spoken == null && row.isPresent()) {
      spoken = context;
    }
    if (spoken != null) {
      claim(spoken, value, row, OptionalInt.empty(), line, words);
      return true;
    }
    return arithmetic(clause, equation.expression(), value, line, words);
  }

  private void claim(
      Quantity quantity,
      List<List<Numeral>> value,
      OptionalInt row,
      OptionalInt column,
      int line,
      String words) {
    context = quantity;
    exercise.claim(new Claim.Numbers(quantity, value, row, column, line, words));
  }

  /** A number behind a name is a head where the exercise speaks of heads, a row otherwise. */
  private Names.Reference resolved(Names.Reference reference, List<List<Numeral>> value) {
    return reference.headOrRow() && (heads || value.size() > 1) ? reference.asHead() : reference;
  }

  /** The quantity that the words before the numbers speak of. */
  private @Nullable Quantity spoken(String words, List<List<Numeral>> value) {
    boolean one = isOne(value);
    Quantity quantity = Lexicon.quantity(words).orElse(null);
    if (Quantities.MEAN.equals(quantity) && !one) {
      return Quantities.CENTERED;
    }
    if (Quantities.VARIANCE.equals(quantity) && !one) {
      return Quantities.LAYER_NORM;
    }
    return quantity;
  }

  private boolean unreadable(Clause clause, String words, int line) {
    if (!clause.isEquation()) {
      return false;
    }
    Unreadable why = clause.unreadable(clause.parts().getLast());
    if (why != null && why.reason().key().startsWith("error.")) {
      exercise.error(line, why.reason());
    }
    exercise.claim(new Claim.Words(line, words));
    return true;
  }

  private boolean shapes(Clause clause, int line) {
    boolean any = false;
    String words = clause.words();
    Matcher shape = SHAPE.matcher(words);
    int from = 0;
    while (shape.find()) {
      String before = words.substring(from, shape.start());
      from = shape.end();
      Quantity quantity =
          EACH_HEAD.matcher(before).find()
              ? Quantities.Z.head(1)
              : Lexicon.quantity(before).orElse(null);
      if (quantity != null) {
        exercise.claim(
            new Claim.Shape(
                quantity,
                Integer.parseInt(shape.group(1)),
                Integer.parseInt(shape.group(2)),
                line,
                words));
        any = true;
      }
    }
    return any;
  }

  private boolean arithmetic(
      Clause clause,
      @Nullable List<List<Numeral>> left,
      List<List<Numeral>> value,
      int line,
      String words) {
    boolean numbers = left != null && !left.equals(value) && isOne(left) && isOne(value);
    if (left != null && numbers) {
      Numeral expression = left.getFirst().getFirst();
      exercise.claim(
          new Claim.Arithmetic(
              expression.text().strip(),
              expression.value(),
              value.getFirst().getFirst(),
              line,
              words));
      return true;
    }
    if (clause.isEquation()) {
      exercise.claim(new Claim.Words(line, words));
    }
    return clause.isEquation();
  }

  private static boolean isOne(List<List<Numeral>> numbers) {
    return numbers.size() == 1 && numbers.getFirst().size() == 1;
  }
}
