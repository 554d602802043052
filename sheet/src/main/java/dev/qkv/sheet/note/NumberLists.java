package dev.qkv.sheet.note;

import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads numbers that stand in lists: behind each other, or each with a name of its own. */
final class NumberLists {
  private static final Set<String> LISTING = Set.of(",", "、", "and", "和", "与", "及", "&", "or", "/");

  private static final Set<String> COUNTED =
      Set.of("attention", "heads", "head", "tokens", "layers", "个", "头", "层", "parallel");

  /** Words between a list of names and its numbers are few. */
  private static final int LONGEST_LINK = 8;

  private final List<Element> elements;

  NumberLists(List<Element> elements) {
    this.elements = elements;
  }

  /**
   * Numbers that stand in a list behind others.
   *
   * @param grid all of them, as a row or as rows
   * @param next the element behind the last
   */
  record Listed(Grid grid, int next) {}

  /**
   * Names and as many numbers behind them, each with its own: W_Q, W_K are [1 0], [0 1].
   *
   * @param names elements that are names
   * @param numbers elements that are numbers
   */
  record Respective(List<Element.Name> names, List<Element.Numbers> numbers, int next) {}

  /** The numbers at an element with those that follow it in a list, as in 0.67 and 0.33. */
  Listed listed(int at) {
    Grid first = ((Element.Numbers) elements.get(at)).grid();
    List<List<Numeral>> rows = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    List<Integer> ends = new ArrayList<>(List.of(at + 1));
    rows.add(first.cells());
    int next = at + 1;
    while (next < elements.size()) {
      int k = next;
      while (k < elements.size() && isListing(elements.get(k))) {
        k++;
      }
      boolean separated = k > next;
      if (!separated
          || k >= elements.size()
          || !(elements.get(k) instanceof Element.Numbers more)
          || !alike(first, more.grid())
          || isCounted(k)
          || goesOn(k + 1)) {
        break;
      }
      if (k > next
          && elements.get(k - 1) instanceof Element.Separator s
          && !",、".contains(s.sign())) {
        groups.add(rows.size());
      }
      rows.add(more.grid().cells());
      ends.add(k + 1);
      next = k + 1;
    }
    if (rows.size() == 1) {
      return new Listed(first, next);
    }
    if (first.isNumber() && !groups.isEmpty()) {
      return grouped(rows, groups, ends, next);
    }
    if (first.isNumber()) {
      return new Listed(new Grid(List.of(rows.stream().map(List::getFirst).toList()), false), next);
    }
    return new Listed(new Grid(rows, false), next);
  }

  /** Numbers in groups of one size are rows: 0.97, 0.03 and 0.80, 0.20. */
  private Listed grouped(
      List<List<Numeral>> cells, List<Integer> groups, List<Integer> ends, int next) {
    List<Numeral> flat = cells.stream().map(List::getFirst).toList();
    int width = groups.getFirst();
    if (width == 1 && groups.size() + 1 == flat.size()) {
      return new Listed(new Grid(List.of(flat), false), next);
    }
    boolean even =
        width > 1 && flat.size() % width == 0 && flat.size() / width == groups.size() + 1;
    for (int g = 0; even && g < groups.size(); g++) {
      even = groups.get(g) == (g + 1) * width;
    }
    if (even) {
      List<List<Numeral>> rows = new ArrayList<>();
      for (int i = 0; i < flat.size(); i += width) {
        rows.add(flat.subList(i, i + width));
      }
      return new Listed(new Grid(rows, false), next);
    }
    int semicolon = 0;
    while (semicolon < groups.size() && !isSemicolon(ends.get(groups.get(semicolon) - 1))) {
      semicolon++;
    }
    int count = semicolon < groups.size() ? groups.get(semicolon) : flat.size();
    return new Listed(new Grid(List.of(flat.subList(0, count)), false), ends.get(count - 1));
  }

  private boolean isSemicolon(int at) {
    return elements.get(at) instanceof Element.Separator s && s.sign().equals(";");
  }

  private static boolean alike(Grid first, Grid more) {
    return first.isNumber()
        ? more.isNumber()
        : more.isVector() && more.cells().size() == first.cells().size();
  }

  /** Whether a number says how many of something there are, as in 16 attention heads. */
  private boolean isCounted(int at) {
    return at + 1 < elements.size()
        && elements.get(at + 1) instanceof Element.Word word
        && elements.get(at) instanceof Element.Numbers numbers
        && numbers.grid().isNumber()
        && numbers.grid().number().decimals().orElse(1) == 0
        && COUNTED.contains(word.text().toLowerCase(Locale.ROOT));
  }

  private boolean goesOn(int at) {
    return at < elements.size()
        && elements.get(at) instanceof Element.Relation r
        && (r.kind() == Kind.EQUALS || r.kind() == Kind.COLON);
  }

  /** The list of names at an element with its list of numbers; nothing if there is none. */
  Optional<Respective> respective(int at) {
    List<Element.Name> names = new ArrayList<>();
    int k = at;
    while (k < elements.size() && elements.get(k) instanceof Element.Name name) {
      names.add(name);
      k = behindListing(k + 1);
    }
    int stop = k + LONGEST_LINK;
    boolean related = false;
    while (k < Math.min(stop, elements.size())
        && (elements.get(k) instanceof Element.Relation
            || elements.get(k) instanceof Element.Word)) {
      related |= elements.get(k) instanceof Element.Relation;
      k++;
    }
    List<Element.Numbers> numbers = new ArrayList<>();
    int next = k;
    while (k < elements.size() && elements.get(k) instanceof Element.Numbers grid) {
      numbers.add(grid);
      next = k + 1;
      k = behindListing(k + 1);
    }
    boolean paired = names.size() > 1 && related && numbers.size() == names.size();
    return paired ? Optional.of(new Respective(names, numbers, next)) : Optional.empty();
  }

  private int behindListing(int at) {
    int k = at;
    while (k < elements.size() && isListing(elements.get(k))) {
      k++;
    }
    return k;
  }

  private static boolean isListing(Element element) {
    return switch (element) {
      case Element.Separator s -> LISTING.contains(s.sign()) || s.sign().equals(";");
      case Element.Operator o -> o.sign().equals("/");
      case Element.Word w -> w.text().equals("以");
      default -> false;
    };
  }
}
