package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.Assertion.Origin;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.NumberLists.Listed;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Axis;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads chains of numbers that no name is written for: words may say what they are. */
final class UnnamedEquations {
  /** Words behind a number that say that scores are scaled by it. */
  private static final Pattern SCALING = Pattern.compile("(?i)[\\s$)\\\\]{0,4}(?:缩放|scaling\\b)");

  /** Words behind softmax for what it makes. */
  private static final Pattern WEIGHTS =
      Pattern.compile("(?i)softmax[^,，。.;；]{0,12}(?:权重|概率|结果|weights?|gives|yields)");

  private final LogicalLine line;
  private final AssertionWriter writer;
  private final Sizes sizes;
  private final SpokenReader spokenReader;
  private final LooseReader loose;

  UnnamedEquations(LogicalLine line, AssertionWriter writer, Sizes sizes) {
    this.line = line;
    this.writer = writer;
    this.sizes = sizes;
    this.spokenReader = new SpokenReader(line);
    this.loose = new LooseReader(line);
  }

  /** Reads a chain with its numbers; the element behind them. */
  int read(Equation written, Listed listed) {
    if (sizes.isShape(written.before(), written.last().numbers())) {
      sizes.read(written.before(), written.last().numbers());
      return line.consume(listed.next());
    }
    if (SCALING.matcher(line.text).region(line.end(listed.next()), line.to).lookingAt()) {
      return line.consume(listed.next());
    }
    boolean divisor = isDivisor(written.sides(), written.before());
    line.hints = loose.hints(written.before(), listed.grid());
    Side end = written.last();
    if (divisor && isRootItself(written.sides())) {
      writer.add(
          Subject.of(Quantities.ROOT_D_K),
          end.numbers(),
          true,
          written.source(Origin.WORD),
          written.start(),
          line.end(end.to()));
      line.context.mention(Quantities.S, true); // what something is divided by it for
      return line.consume(end.to());
    }
    Equation equation =
        divisor
            ? written.with(
                written.before()
                    + line.text.substring(
                        written.start(), line.end(written.sides().getFirst().to())))
            : written;
    Spoken spoken = spokenReader.of(equation, listed);
    Subject subject = subject(spoken, equation, listed);
    if (subject == null) {
      loose.read(equation, listed);
      return listed.next();
    }
    if (equation.sides().size() == 1 && Sizes.isSize(end) && !subject.quantity().isScalar()) {
      sizes.read(subject, end.numbers(), line.end(end.to()));
      return line.consume(end.to());
    }
    boolean cell = !subject.column().isEmpty();
    boolean each = spoken.plural() && listed.next() > end.to() && end.numbers().isNumber();
    int next = cell ? end.to() : listed.next();
    writer.add(
        treated(subject, spoken, equation, listed),
        cell ? end.numbers() : each ? listed.grid().transposed() : listed.grid(),
        spoken.sure(),
        equation.source(spoken.origin()),
        equation.start(),
        line.end(next));
    return line.consume(next);
  }

  /** What words say that numbers are, as far as the numbers can be it; null if nothing. */
  private @Nullable Subject subject(Spoken spoken, Equation equation, Listed listed) {
    Subject subject = spoken.subject();
    if (subject != null
        && subject.quantity().isScalar()
        && !listed.grid().isNumber()
        && subject.quantity().columns() != Axis.CASE) {
      subject = null;
    }
    return subject == null && !line.context.answer && listed.grid().isVector()
        ? unnamed(equation.before(), line.end(listed.next()))
        : subject;
  }

  /** What is given in a question is what something is done to. */
  private Subject treated(Subject subject, Spoken spoken, Equation equation, Listed listed) {
    boolean given =
        !line.context.answer && listed.grid().isVector() && spoken.origin() == Origin.WORD;
    return given ? operand(subject, equation.before()) : subject;
  }

  /** A root that something is divided by, as in {@code / √2 = 0.71, 1.41}. */
  private static boolean isDivisor(List<Side> sides, String before) {
    Grid grid = sides.getFirst().grid();
    return sides.size() > 1
        && grid != null
        && grid.isNumber()
        && before.matches("(?s).*(?:[/÷]|除以|\\bby|divided)[\\s$(\\\\]*")
        && (grid.number().text().startsWith("√") || grid.number().text().contains("sqrt"));
  }

  /** Whether what follows a root is its value, as in {@code √64 = 8}. */
  private static boolean isRootItself(List<Side> sides) {
    Grid root = sides.getFirst().grid();
    Grid value = sides.getLast().grid();
    return root != null
        && value != null
        && value.isNumber()
        && Math.abs(root.number().value().toDouble() - value.number().value().toDouble()) < 0.01;
  }

  /** What something is done to in a question, where words name what is done: LayerNorm of it. */
  private static Subject operand(Subject spoken, String before) {
    if (spoken.quantity().equals(Quantities.LAYER_NORM)) {
      return Subject.of(Quantities.Y);
    }
    boolean softmax =
        spoken.quantity().sameConcept(Quantities.A)
            && before.toLowerCase(Locale.ROOT).contains("softmax")
            && !WEIGHTS.matcher(before).find();
    return softmax ? spoken.with(Quantities.S.head(spoken.quantity().head())) : spoken;
  }

  /** What a vector without a name is, by what is to be done with it. */
  private @Nullable Subject unnamed(String before, int end) {
    int stop = Math.min(line.text.length(), end + 24);
    String around = before + " " + line.text.substring(end, stop).replaceAll("[。\\n].*", "");
    for (Concepts.Mention mention : Concepts.in(around)) {
      if (mention.quantity().equals(Quantities.LAYER_NORM)) {
        return Subject.of(Quantities.Y);
      }
      if (around
          .substring(mention.start(), mention.end())
          .toLowerCase(Locale.ROOT)
          .contains("softmax")) {
        return Subject.of(Quantities.S);
      }
    }
    return null;
  }
}
