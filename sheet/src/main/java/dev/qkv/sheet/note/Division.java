package dev.qkv.sheet.note;

import static java.util.stream.Collectors.toSet;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.document.Block.Kind;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Divides what stands under one heading, or under none, into the questions that it holds: where
 * something is given that does not go together with what stands before it, another question has
 * begun, if more is right then.
 */
final class Division {
  /** What says that something given does not go together with the rest. */
  private static final Set<String> CONTRADICTIONS =
      Set.of("guess.given.again", "guess.given.unfit");

  /** More questions than these are not looked for. */
  private static final int MOST_QUESTIONS = 8;

  /** How often it is tried how well a division holds together, at most. */
  private static final int MOST_TRIALS = 60;

  /** Longer exercises are not divided. */
  private static final int MOST_PIECES = 400;

  /** Nor are those with more settings. */
  private static final int MOST_STAGES = 6;

  /** More places than these are not tried. */
  private static final int MOST_PLACES = 16;

  private final Page page;
  private final Function<Section, Draft> reader;
  private final Function<List<Draft>, List<List<Merit>>> settler;
  private final Map<Range, Draft> drafts = new HashMap<>();
  private int trials;

  /** What numbers on a line are. */
  private record Place(Quantity quantity, int line) {}

  /** Some of the pieces of an exercise. */
  private record Range(int from, int to) {}

  /**
   * How a division holds together.
   *
   * @param right how much is right
   * @param value how much more is right than wrong
   * @param whole whether something is claimed or asked in each question
   */
  private record Result(int right, int value, boolean whole) {
    boolean isBetterThan(Result other) {
      return whole && right > other.right && value >= other.value;
    }
  }

  /**
   * Makes a division.
   *
   * @param page the page on which the exercises stand
   * @param reader reads some of the pieces of an exercise
   * @param settler settles what follows from what in questions that follow each other
   */
  Division(
      Page page,
      Function<Section, Draft> reader,
      Function<List<Draft>, List<List<Merit>>> settler) {
    this.page = page;
    this.reader = reader;
    this.settler = settler;
  }

  /**
   * What is right and wrong in the questions of an exercise, in their order.
   *
   * @param section the exercise
   * @param whole what was read of it as one question
   */
  List<Merit> of(Section section, Draft whole) {
    List<List<Merit>> best = settler.apply(List.of(whole));
    int size = section.pieces.size();
    boolean simple = size <= MOST_PIECES && whole.lastStage() <= MOST_STAGES;
    List<Integer> places =
        simple && contradicts(best.getFirst()) ? places(section, whole) : List.of();
    List<Range> ranges = List.of(new Range(0, size));
    Result most = result(best);
    for (boolean better = true; better && ranges.size() < MOST_QUESTIONS; ) {
      better = false;
      List<Range> from = ranges;
      for (int place : places) {
        List<Range> divided = divided(from, place);
        if (divided.size() == from.size() || trials++ >= MOST_TRIALS) {
          continue;
        }
        List<List<Merit>> tried =
            settler.apply(divided.stream().map(r -> draft(section, r)).toList());
        Result result = result(tried);
        if (result.isBetterThan(most) && !gives(tried, best)) {
          most = result;
          ranges = divided;
          best = tried;
          better = true;
        }
      }
    }
    return merits(best).toList();
  }

  private static List<Range> divided(List<Range> parts, int place) {
    List<Range> divided = new ArrayList<>();
    for (Range part : parts) {
      if (part.from < place && place < part.to) {
        divided.add(new Range(part.from, place));
        divided.add(new Range(place, part.to));
      } else {
        divided.add(part);
      }
    }
    return divided;
  }

  private Draft draft(Section section, Range range) {
    return drafts.computeIfAbsent(range, r -> reader.apply(part(section, r)));
  }

  private static Section part(Section section, Range range) {
    List<Piece> pieces = section.pieces.subList(range.from, range.to);
    Piece first = pieces.getFirst();
    Section part =
        range.from == 0
            ? new Section(section.id, section.title, section.line, section.from)
            : new Section(section.id, section.title, first.block().line(), first.from());
    part.pieces.addAll(pieces);
    part.to = pieces.stream().filter(p -> !p.answer()).mapToInt(Piece::to).max().orElse(part.from);
    return part;
  }

  private static Result result(List<List<Merit>> questions) {
    int right = questions.stream().mapToInt(Division::right).sum();
    int value = merits(questions).mapToInt(Merit::value).sum();
    return new Result(right, value, questions.stream().allMatch(Division::isQuestion));
  }

  /** Whether something is given that was a right result before. */
  private static boolean gives(List<List<Merit>> tried, List<List<Merit>> before) {
    Set<Place> given =
        merits(tried)
            .flatMap(m -> m.exercise().givens().stream())
            .map(g -> new Place(g.quantity(), g.line()))
            .collect(toSet());
    return merits(before)
        .flatMap(m -> m.verdicts().stream())
        .filter(v -> v.outcome() == Outcome.RIGHT && v.claim() instanceof Claim.Numbers)
        .map(v -> new Place(((Claim.Numbers) v.claim()).quantity(), v.claim().line()))
        .anyMatch(given::contains);
  }

  private static Stream<Merit> merits(List<List<Merit>> questions) {
    return questions.stream().flatMap(List::stream);
  }

  /** Whether something is claimed or asked. */
  private static boolean isQuestion(List<Merit> settings) {
    return settings.stream()
        .map(Merit::exercise)
        .anyMatch(e -> !e.claims().isEmpty() || !e.goals().isEmpty());
  }

  private static int right(List<Merit> question) {
    return question.stream().mapToInt(Merit::right).sum();
  }

  private static boolean contradicts(List<Merit> merits) {
    return merits.stream()
        .anyMatch(
            m ->
                m.verdicts().stream().anyMatch(v -> v.outcome() != Outcome.RIGHT)
                    || m.exercise().issues().stream()
                        .filter(i -> i.kind() == Issue.Kind.GUESS)
                        .anyMatch(i -> CONTRADICTIONS.contains(i.message().key())));
  }

  /** Where paragraphs begin in which something is given, with the words that lead to it. */
  private List<Integer> places(Section section, Draft whole) {
    List<Integer> starts = new ArrayList<>();
    for (int k = 0; k < section.pieces.size(); k++) {
      if (k == 0 || !section.pieces.get(k).goesOnFrom(section.pieces.get(k - 1), page.text())) {
        starts.add(k);
      }
    }
    List<Integer> places = new ArrayList<>();
    for (int k = 1; k < starts.size() && places.size() < MOST_PLACES; k++) {
      int end = k + 1 < starts.size() ? starts.get(k + 1) : section.pieces.size();
      if (!gives(whole, section.pieces.subList(starts.get(k), end))) {
        continue;
      }
      int place = k;
      while (place > 1 && leads(whole, section, starts.get(place - 1), starts.get(place))) {
        place--;
      }
      places.add(starts.get(place));
    }
    return places.stream().distinct().toList();
  }

  private boolean gives(Draft whole, List<Piece> paragraph) {
    boolean code = paragraph.getFirst().block().kind() == Kind.CODE;
    return whole.assertions.stream()
        .filter(a -> Nature.isGiven(a.quantity()) || (code && !a.answer()))
        .filter(a -> !a.numbers().isEmpty())
        .anyMatch(a -> stands(a.line(), paragraph));
  }

  /** Whether a paragraph is a title, or words before a table or code that says nothing else. */
  private boolean leads(Draft whole, Section section, int from, int to) {
    List<Piece> paragraph = section.pieces.subList(from, to);
    boolean silent =
        whole.assertions.stream().noneMatch(a -> stands(a.line(), paragraph))
            && whole.loose.stream().noneMatch(l -> stands(l.line(), paragraph));
    Piece first = paragraph.getFirst();
    boolean words = section.pieces.get(to).block().kind() == Kind.LINE;
    return silent && (!words || first.block().kind() == Kind.HEADING || !first.label().isEmpty());
  }

  private boolean stands(int line, List<Piece> paragraph) {
    Lines lines = page.lines();
    return line >= lines.of(paragraph.getFirst().from())
        && line <= lines.of(Math.max(0, paragraph.getLast().to() - 1));
  }
}
