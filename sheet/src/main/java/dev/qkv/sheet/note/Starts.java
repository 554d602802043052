package dev.qkv.sheet.note;

import static java.util.stream.Collectors.toSet;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Kind;
import dev.qkv.sheet.note.language.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds the blocks with which exercises start. */
final class Starts {
  /** Words that turn to another example. */
  private static final Pattern TURNS =
      Pattern.compile(
          "[>\\s*_-]*(?:(?:再|接着|接下来|然后|下面|最后|收尾|现在)[，,]?(?:我们)?(?:来|看|做|算|换)|收尾|另取|另外|换(?:一)?[个组]|第[二三四五]个?(?:例|小)|(?i:now|next|finally|last|another|a (?:second|third|last|final)|(?:first|second|third|fourth)\\s+(?:one|thing|question|problem|part|example|exercise)|second|third|fourth|for (?:the|our) (?:second|third|next|last))\\b)");

  private final Page page;
  private final Outline outline;
  private final Map<Integer, Heading> starts = new HashMap<>();

  /** Where exercises end: at a title for answers, or with the page. */
  private final int end;

  private Starts(Page page, Outline outline, int end) {
    this.page = page;
    this.outline = outline;
    this.end = end;
  }

  /** The headings of exercises, by the block that they are. */
  static Map<Integer, Heading> of(Page page, Outline outline) {
    Starts all = new Starts(page, outline, page.size());
    all.worded();
    all.withoutPageTitle();
    if (all.starts.isEmpty()) {
      all.unworded();
    } else {
      all.withoutTitle();
      all.withoutChapters();
      all.behindTitle();
    }
    return all.starts;
  }

  /** What says that it is an exercise, or has a bold number. */
  private void worded() {
    for (int i = 0; i < end; i++) {
      Block block = page.get(i);
      Optional<Heading> heading = Optional.empty();
      if (block.kind() == Kind.HEADING && Heading.answer(page.raw(block)).isEmpty()) {
        String words = block.words(page.text());
        int at = i;
        heading =
            Heading.exercise(words)
                .or(
                    () ->
                        Heading.example(words)
                            .filter(h -> outline.hasInputs(at, outline.next(at, block.level()))));
      } else if (block.kind() == Kind.LINE) {
        heading = Heading.exercise(page.raw(block)).or(() -> Heading.bold(page.raw(block)));
      }
      if (heading.isPresent()) {
        starts.put(i, heading.get());
      }
    }
  }

  /** The page's title, as Quiz 3, is no exercise where several numbered lines below it are. */
  private void withoutPageTitle() {
    if (starts.size() != 1 || !starts.containsKey(0) || page.get(0).kind() != Kind.HEADING) {
      return;
    }
    Starts below = new Starts(page, outline, end);
    below.labels();
    if (below.starts.size() > 1) {
      starts.clear();
      starts.putAll(below.starts);
    }
  }

  /** The title of all, as Quiz 3, is no exercise: another number follows with nothing between. */
  private void withoutTitle() {
    List<Integer> order = starts.keySet().stream().sorted().toList();
    if (order.size() > 1) {
      OptionalInt first = Numbers.of(id(order.get(0)));
      OptionalInt second = Numbers.of(id(order.get(1)));
      boolean restarts =
          first.isPresent() && second.equals(OptionalInt.of(1)) && first.getAsInt() >= 1;
      if (restarts && !outline.hasInputs(order.get(0), order.get(1))) {
        starts.remove(order.get(0));
      }
    }
  }

  /** A chapter, as 8.2 before 8.2.1, is no exercise. */
  private void withoutChapters() {
    List<Integer> order = starts.keySet().stream().sorted().toList();
    for (int k = 0; k + 1 < order.size(); k++) {
      boolean inner = id(order.get(k + 1)).startsWith(id(order.get(k)) + ".");
      if (inner && !outline.hasInputs(order.get(k), order.get(k + 1))) {
        starts.remove(order.get(k));
      }
    }
  }

  private String id(int start) {
    Heading heading = starts.get(start);
    return heading == null ? "" : heading.id();
  }

  private void unworded() {
    numberedHeadings();
    if (starts.isEmpty()) {
      dialogue();
    }
    if (starts.isEmpty()) {
      turns();
    }
    if (starts.isEmpty()) {
      titled();
    }
    if (starts.isEmpty()) {
      boldSections();
    }
    if (starts.isEmpty()) {
      labels();
    }
    if (starts.isEmpty()) {
      headings();
    }
    if (starts.size() < 2) {
      transitions();
    }
  }

  /** Where all that was found is behind a title for answers, exercises start before it. */
  private void behindTitle() {
    int first = starts.keySet().stream().mapToInt(i -> i).min().orElse(0);
    for (int i = 1; i < first; i++) {
      if (page.get(i).kind() == Kind.TABLE || !Heading.isCollection(page.raw(page.get(i)))) {
        continue;
      }
      Starts before = new Starts(page, outline, i);
      before.unworded();
      Set<String> ids = before.starts.values().stream().map(Heading::id).collect(toSet());
      if (starts.values().stream().anyMatch(h -> ids.contains(h.id()))) {
        starts.putAll(before.starts);
        return;
      }
    }
  }

  /** Headings that only have a number. */
  private void numberedHeadings() {
    Map<Integer, Heading> found = new HashMap<>();
    boolean inputs = false;
    for (int i = 0; i < end; i++) {
      Block block = page.get(i);
      if (block.kind() == Kind.HEADING) {
        Optional<Heading> heading = Heading.marked(block.words(page.text()));
        if (heading.isPresent() && !outline.isStep(block)) {
          found.put(i, heading.get());
          inputs |= outline.hasInputs(i, outline.next(i, block.level()));
        }
      }
    }
    if (inputs && !outline.hasInputs(0, found.keySet().stream().mapToInt(i -> i).min().orElse(0))) {
      int top =
          found.keySet().stream()
              .filter(i -> outline.hasInputs(i, outline.next(i, page.get(i).level())))
              .mapToInt(i -> page.get(i).level())
              .min()
              .orElse(0);
      found.forEach(
          (i, h) -> {
            if (page.get(i).level() == top) {
              starts.put(i, h);
            }
          });
    }
  }

  /** Questions without numbers, each with an answer behind it. */
  private void dialogue() {
    Map<Integer, Heading> asked = new HashMap<>();
    boolean answered = true;
    int answers = 0;
    for (int i = 0; i < end; i++) {
      String words = page.get(i).kind() == Kind.LINE ? page.raw(page.get(i)) : "";
      Optional<Heading> question = Heading.asked(words, asked.size() + 1);
      if (question.isPresent()) {
        asked.put(i, question.get());
        answered = false;
      } else if (!answered && Heading.answer(words).isPresent()) {
        answers++;
        answered = true;
      }
    }
    int first = asked.keySet().stream().mapToInt(i -> i).min().orElse(0);
    if (asked.size() > 1 && answers >= asked.size() - 1 && !outline.hasInputs(0, first)) {
      starts.putAll(asked);
    }
  }

  /** Turns of a conversation, each with numbers of its own before it is answered. */
  private void turns() {
    questions(i -> Heading.isTurn(page.raw(page.get(i))) ? Optional.of("") : Optional.empty());
  }

  /** Bold titles, each with numbers of its own below it before an answer begins. */
  private void titled() {
    questions(i -> Heading.boldTitle(page.raw(page.get(i))));
  }

  /** Bold titles without answers' titles, each with something given below it. */
  private void boldSections() {
    List<Integer> titles = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      boolean line = page.get(i).kind() == Kind.LINE && !page.get(i).hasLabel();
      if (line
          && Heading.boldTitle(page.raw(page.get(i))).isPresent()
          && Heading.answer(page.raw(page.get(i))).isEmpty()
          && !outline.isStep(page.get(i))) {
        titles.add(i);
      }
    }
    for (int k = 0; k < titles.size(); k++) {
      int next = k + 1 < titles.size() ? titles.get(k + 1) : end;
      if (!outline.hasGivens(titles.get(k), next)) {
        return;
      }
    }
    if (titles.size() > 1 && !outline.hasGivens(0, titles.getFirst())) {
      for (int k = 0; k < titles.size(); k++) {
        String title = Heading.boldTitle(page.raw(page.get(titles.get(k)))).orElse("");
        starts.put(titles.get(k), new Heading(String.valueOf(k + 1), title, 0));
      }
    }
  }

  /** Lines with a title, each with numbers of its own before an answer; there are several. */
  private void questions(IntFunction<Optional<String>> title) {
    Map<Integer, Heading> asked = new LinkedHashMap<>();
    int open = -1;
    for (int i = 0; i < end; i++) {
      if (page.get(i).kind() != Kind.LINE) {
        continue;
      }
      Optional<String> words = title.apply(i);
      if (Heading.answer(page.raw(page.get(i))).isPresent()) {
        if (open >= 0 && outline.hasInputs(open, i)) {
          String id = String.valueOf(asked.size() + 1);
          asked.put(open, new Heading(id, title.apply(open).orElse(""), 0));
        }
        open = -1;
      } else if (words.isPresent() && (open < 0 || !outline.hasInputs(open, i))) {
        open = i;
      }
    }
    if (asked.size() > 1 && !outline.hasInputs(0, asked.keySet().iterator().next())) {
      starts.putAll(asked);
    }
  }

  /** Numbered lines are exercises if at least two of them bring numbers of their own. */
  private void labels() {
    Map<String, List<Integer>> byStyle = new LinkedHashMap<>();
    for (int i = 0; i < end; i++) {
      Block block = page.get(i);
      if (i > 0
          && !byStyle.isEmpty()
          && block.kind() != Kind.TABLE
          && Heading.isCollection(page.raw(block))
          && !goesOn(i, byStyle.values().iterator().next())) {
        break;
      }
      if (block.kind() == Kind.LINE && block.hasLabel() && block.level() < 4) {
        byStyle.computeIfAbsent(block.style(), s -> new ArrayList<>()).add(i);
      }
    }
    List<Integer> best = List.of();
    int most = 1;
    for (List<Integer> items : byStyle.values()) {
      int own = 0;
      for (int k = 0; k < items.size(); k++) {
        int next = k + 1 < items.size() ? items.get(k + 1) : end;
        own += outline.hasInputs(items.get(k), next) ? 1 : 0;
      }
      boolean first = !outline.hasInputs(0, items.getFirst());
      boolean keyed = own > 0 && items.size() > 1 && keys().containsAll(ids(items));
      own = areAnswered(items) ? items.size() : keyed ? own + 1 : own;
      boolean alone =
          own == 1 && best.isEmpty() && outline.hasInputs(items.getFirst(), items.getFirst() + 1);
      if (first && (own > most || alone)) {
        best = items;
        most = Math.max(own, most);
      }
    }
    best.forEach(i -> starts.put(i, new Heading(page.get(i).label(), "", 0)));
  }

  /** Whether several numbered lines each have an answer before the next one. */
  private boolean areAnswered(List<Integer> items) {
    for (int k = 0; k < items.size(); k++) {
      int next = k + 1 < items.size() ? items.get(k + 1) : end;
      boolean answered =
          IntStream.range(items.get(k) + 1, next)
              .mapToObj(page::get)
              .anyMatch(b -> Heading.answer(page.raw(b)).isPresent());
      if (!answered) {
        return false;
      }
    }
    return items.size() > 1;
  }

  private Set<String> ids(List<Integer> items) {
    return items.stream().map(i -> page.get(i).label()).collect(toSet());
  }

  /** The numbers of answers behind a title for them. */
  private Set<String> keys() {
    int title = 1;
    while (title < page.size()
        && (page.get(title).kind() == Kind.TABLE
            || !Heading.isCollection(page.raw(page.get(title))))) {
      title++;
    }
    Set<String> keys = new HashSet<>();
    for (int i = title + 1; i < page.size(); i++) {
      Block block = page.get(i);
      if (block.kind() == Kind.LINE || block.kind() == Kind.HEADING) {
        Heading.marked(page.raw(block)).map(Heading::id).ifPresent(keys::add);
        keys.add(block.label());
        Heading.marked(page.raw(block))
            .map(Heading::id)
            .filter(id -> id.matches("\\d{1,2}[a-h]"))
            .ifPresent(id -> keys.add(id.substring(0, id.length() - 1)));
      }
    }
    return keys;
  }

  /** Whether the numbers of exercises go on behind a title for answers: it is one's alone. */
  private boolean goesOn(int title, List<Integer> numbered) {
    Block last = page.get(numbered.getLast());
    OptionalInt number = Numbers.of(last.label());
    for (int i = title + 1; i < end && number.isPresent(); i++) {
      Block block = page.get(i);
      if (block.kind() == Kind.LINE && block.style().equals(last.style())) {
        return Numbers.of(block.label()).equals(OptionalInt.of(number.getAsInt() + 1));
      }
    }
    return false;
  }

  /** Where a text without headings turns to another example, with inputs of its own. */
  private void transitions() {
    List<Integer> turns = new ArrayList<>();
    for (int i = 1; i < end; i++) {
      if (page.get(i).kind() == Kind.LINE && TURNS.matcher(page.raw(page.get(i))).lookingAt()) {
        turns.add(i);
      }
    }
    int next = end;
    for (int turn : List.copyOf(turns).reversed()) {
      if (outline.startsAfresh(turn, next)) {
        next = turn;
      } else {
        turns.removeIf(t -> t == turn);
      }
    }
    if (!turns.isEmpty() && outline.hasInputs(0, turns.getFirst())) {
      if (starts.isEmpty()) {
        starts.put(0, new Heading("1", "", 0));
      }
      for (int k = 0; k < turns.size(); k++) {
        starts.put(turns.get(k), new Heading(String.valueOf(k + 2), "", 0));
      }
    }
  }

  /** Headings without numbers, each with numbers of its own below it. */
  private void headings() {
    int level = Integer.MAX_VALUE;
    for (int i = 0; i < end; i++) {
      Block block = page.get(i);
      boolean candidate =
          block.kind() == Kind.HEADING
              && !outline.isStep(block)
              && outline.hasInputs(i, outline.next(i, 9))
              && block.level() < level;
      level = candidate ? block.level() : level;
    }
    int first = 0;
    while (first < end
        && !(page.get(first).kind() == Kind.HEADING
            && page.get(first).level() == level
            && outline.hasInputs(first, outline.next(first, level)))) {
      first++;
    }
    if (outline.hasInputs(0, first)) {
      return;
    }
    int count = 0;
    for (int i = 0; i < end; i++) {
      Block block = page.get(i);
      boolean start =
          block.kind() == Kind.HEADING
              && block.level() == level
              && !outline.isStep(block)
              && outline.hasInputs(i, outline.next(i, block.level()));
      if (start) {
        starts.put(i, new Heading(String.valueOf(++count), block.words(page.text()), 0));
      }
    }
  }
}
