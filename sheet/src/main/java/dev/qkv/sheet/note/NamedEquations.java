package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.Assertion.Origin;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.NumberLists.Listed;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Numbers;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads chains that end with numbers and name what has them. */
final class NamedEquations {
  private static final Set<Quantity> TREATED = Set.of(Quantities.Y, Quantities.X, Quantities.INPUT);

  private static final Set<Quantity> TREATMENTS =
      Set.of(
          Quantities.MEAN,
          Quantities.VARIANCE,
          Quantities.DEVIATION,
          Quantities.CENTERED,
          Quantities.LAYER_NORM);

  /** How far from e what is written for it may be. */
  private static final double EULER = 0.02;

  /** What rounding leaves of a sum, for each number. */
  private static final double ROUNDED = 0.011;

  private final LogicalLine line;
  private final AssertionWriter writer;
  private final Sizes sizes;

  NamedEquations(LogicalLine line, AssertionWriter writer, Sizes sizes) {
    this.line = line;
    this.writer = writer;
    this.sizes = sizes;
  }

  /** Reads a chain with its numbers; the element behind them. */
  int read(Equation equation, Listed listed) {
    List<Side> named = equation.named();
    String before = equation.before();
    Side end = equation.last();
    List<Side> pure = named.stream().filter(Side::pure).toList();
    List<Side> subjects = pure.isEmpty() ? named.subList(0, 1) : pure;
    if (!pure.isEmpty()) {
      named.stream().filter(s -> !s.pure()).findFirst().ifPresent(s -> means(pure, s));
    }
    factored(equation, subjects);
    boolean cell = subjects.stream().anyMatch(s -> isCell(s.subject()));
    if (end.isNumbers() && isEuler(subjects.getFirst(), end.numbers())) {
      return line.consume(end.to());
    }
    if (!line.context.answer && listed.next() > end.to() && isTemperature(subjects.getFirst())) {
      return line.consume(listed.next()); // the settings that are compared, none of them given
    }
    boolean list = listed.next() > end.to() && !cell;
    Grid grid = list ? listed.grid() : end.numbers();
    int next = list ? listed.next() : end.to();
    OptionalInt between = equation.rowBetween();
    OptionalInt row = between.isPresent() || !line.context.answer ? between : Concepts.row(before);
    Set<Subject> done = new HashSet<>();
    for (Side side : subjects) {
      Subject subject = side.subject();
      if (subject == null || !done.add(subject)) {
        continue;
      }
      subject = side.pure() ? treated(subject, before) : subject;
      subject = ofHead(weights(subject, grid), grid);
      subject = projected(subject, named);
      Subject clauseSubject = line.clauseName;
      if (equation.hasArrow()
          && clauseSubject != null
          && subjects.size() == 1
          && isKnown(subject.quantity())) {
        subject = clauseSubject;
      }
      if (Sizes.isSize(end) && !subject.quantity().isScalar()) {
        int matrix = matrixBehind(next);
        if (matrix < 0) {
          sizes.read(subject, grid, line.end(next));
          continue;
        }
        grid = ((Element.Numbers) line.elements.get(matrix)).grid();
        next = matrix + 1;
      }
      if (row.isPresent() && subject.isWhole() && !grid.isNumber() && grid.height() == 1) {
        subject = subject.withRow(String.valueOf(row.getAsInt()));
      }
      if (!line.context.answer && isOfToken(subject)) {
        OptionalInt token = line.token();
        subject = token.isPresent() ? subject.withRow(String.valueOf(token.getAsInt())) : subject;
      }
      boolean certain = side.pure() || !side.arrow();
      writer.add(
          subject, grid, certain, equation.source(Origin.NAME), equation.start(), line.end(next));
    }
    return line.consume(next);
  }

  /** Whether a subject is a vector of one token, of which only the words tell which. */
  private static boolean isOfToken(Subject subject) {
    return subject.isWhole()
        && !subject.capital()
        && (Nature.isProjected(subject.quantity()) || subject.quantity().equals(Quantities.X));
  }

  /** The mean of Y, where words say so right before its name. */
  private static Subject treated(Subject subject, String before) {
    Optional<Concepts.Mention> mention = Concepts.last(before);
    boolean close =
        mention.isPresent()
            && TREATMENTS.contains(mention.get().quantity())
            && SpokenReader.telling(before.substring(mention.get().end())).isBlank();
    return close && TREATED.contains(subject.quantity()) && subject.isWhole()
        ? subject.with(mention.get().quantity())
        : subject;
  }

  /** An output that is made with W_O is the layer's. */
  private static Subject projected(Subject subject, List<Side> named) {
    boolean made =
        named.stream()
            .filter(s -> !s.pure())
            .map(Side::subject)
            .anyMatch(s -> s != null && s.quantity().equals(Quantities.O));
    return made && subject.isWhole() && subject.quantity().equals(Quantities.Z)
        ? subject.with(Quantities.O)
        : subject;
  }

  private static boolean isTemperature(Side side) {
    Subject subject = side.subject();
    return subject != null && subject.quantity().equals(Quantities.TEMPERATURE);
  }

  /** W is attention's weights where its rows are distributions, and stays so in a note. */
  private Subject weights(Subject subject, Grid grid) {
    Quantity quantity = subject.quantity();
    boolean rows =
        grid.width() > 1 && grid.rows().stream().allMatch(NamedEquations::isDistribution);
    if (!line.context.answer || !rows) {
      return subject;
    }
    if (quantity.equals(Quantities.W)) {
      line.draft.means(Quantities.W, Quantities.A);
      return subject.with(Quantities.A);
    }
    int number = quantity.equals(Quantities.W_1) ? 1 : quantity.equals(Quantities.W_2) ? 2 : 0;
    return number == 0
        ? subject
        : grid.height() > 1
            ? Subject.of(Quantities.A.head(number))
            : Subject.of(Quantities.A).withRow(String.valueOf(number));
  }

  /** O₁ = A₁V₁ is a head's output: the layer has one. */
  private static Subject ofHead(Subject subject, Grid grid) {
    OptionalInt head = Numbers.of(subject.single());
    return subject.quantity().equals(Quantities.O)
            && head.isPresent()
            && grid.height() > 1
            && grid.width() > 1
        ? Subject.of(Quantities.Z.head(head.getAsInt()))
        : subject;
  }

  /** The number e, which notes round as a hint. */
  private static boolean isEuler(Side side, Grid grid) {
    Subject subject = side.subject();
    return subject != null
        && subject.isWhole()
        && subject.quantity().equals(Quantities.EXPONENTIALS)
        && grid.isNumber()
        && grid.number().value().isFinite()
        && Math.abs(grid.number().value().toDouble() - Math.E) < EULER;
  }

  private static boolean isDistribution(List<Numeral> row) {
    return row.stream().allMatch(n -> n.value().isFinite() && n.value().toDouble() >= 0)
        && Math.abs(row.stream().mapToDouble(n -> n.value().toDouble()).sum() - 1)
            <= ROUNDED * row.size();
  }

  /** The matrix behind a factor, as in S = 1/√2 [8 3; 3 1] = …: scores before they are scaled. */
  private void factored(Equation equation, List<Side> subjects) {
    boolean scores =
        subjects.stream()
            .map(Side::subject)
            .anyMatch(s -> s != null && s.isWhole() && s.quantity().sameConcept(Quantities.S));
    for (Side side : equation.sides().subList(0, scores ? equation.sides().size() - 1 : 0)) {
      Grid product = side.grid();
      if (product == null || !product.written() || product.isNumber()) {
        continue;
      }
      int from = line.elements.get(side.from()).start();
      int to = line.end(side.to());
      int open = Math.max(line.text.lastIndexOf("\\begin{", to), line.text.lastIndexOf("[[", to));
      Optional<Grid> matrix = open > from ? matrix(open, to) : Optional.empty();
      if (matrix.isPresent()) {
        line.hints = List.of(Quantities.DOT);
        writer.add(
            Subject.of(Quantities.DOT),
            matrix.get(),
            false,
            equation.source(Origin.CONTEXT),
            open,
            to);
      }
    }
  }

  /** The matrix that starts at a place, if no arithmetic is in it. */
  private Optional<Grid> matrix(int from, int to) {
    try {
      Grid grid = ValueParser.prefix(line.text, Tokens.of(line.text, from, to), 0).grid();
      return grid.written() ? Optional.empty() : Optional.of(grid);
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  /** A name is what a note says that it is: S in S = QKᵀ is not scaled. */
  private void means(List<Side> names, Side formula) {
    Subject name = names.getFirst().subject();
    Subject made = formula.subject();
    if (names.size() == 1 && name != null && made != null) {
      line.draft.means(name.quantity(), made.quantity());
    }
  }

  /** The matrix behind words for its size, as in a 2×2 matrix [[1, 0], [0, 1]]; −1 if none is. */
  private int matrixBehind(int at) {
    for (int k = at; k < Math.min(line.elements.size(), at + 6); k++) {
      Element e = line.elements.get(k);
      if (e instanceof Element.Numbers numbers) {
        return numbers.grid().isNumber() ? -1 : k;
      }
      if (e instanceof Element.Separator || e instanceof Element.Name) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isKnown(Quantity quantity) {
    return line.draft.assertions.stream()
        .anyMatch(a -> a.quantity().equals(quantity) && a.subject().isWhole());
  }

  /** Whether a subject is one number. */
  static boolean isCell(@Nullable Subject subject) {
    return subject != null && (!subject.column().isEmpty() || subject.quantity().isScalar());
  }
}
