package dev.qkv.browser.standin.java.util.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a pattern. */
final class PatternParser extends SignReader {
  private static final int NO_END = Integer.MAX_VALUE;

  int groups = 1;
  int loops;
  final Map<String, Integer> names = new HashMap<>();

  /** Loops that nothing repeats and that are tried with all behind them. */
  private final List<Loops.Round> outermost = new ArrayList<>();

  private final boolean refers;

  PatternParser(String pattern, int flags) {
    super(pattern, flags);
    this.refers = refers(this.pattern);
  }

  /** Whether anything refers to what a group found: then how a place was reached matters. */
  private static boolean refers(String pattern) {
    for (int i = pattern.indexOf('\\');
        i >= 0 && i + 1 < pattern.length();
        i = pattern.indexOf('\\', i + 2)) {
      char c = pattern.charAt(i + 1);
      if ((c >= '1' && c <= '9') || c == 'k') {
        return true;
      }
    }
    return false;
  }

  Sequence read() {
    Sequence all = alternatives();
    if (at < pattern.length()) {
      throw error("Unmatched closing ')'");
    }
    outermost.forEach(Loops.Round::remember);
    return all;
  }

  private Sequence alternatives() {
    int before = flags;
    int found = groups;
    List<Sequence> parts = new ArrayList<>();
    parts.add(sequence());
    while (take("|")) {
      parts.add(sequence());
    }
    flags = before;
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    return new Sequence(List.of(new Nodes.Either(parts)), groups > found);
  }

  private Sequence sequence() {
    int found = groups;
    List<Node> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      piece(parts, text);
    }
    flush(parts, text);
    return new Sequence(parts, groups > found);
  }

  private void literal(int sign, List<Node> parts, StringBuilder text) {
    if (has(Pattern.CASE_INSENSITIVE) && sign < ASCII && Character.isLetter(sign)) {
      flush(parts, text);
      parts.add(new Nodes.One(Signs.of(sign).anyCase()));
    } else {
      text.appendCodePoint(sign);
    }
  }

  private static void flush(List<Node> parts, StringBuilder text) {
    if (!text.isEmpty()) {
      parts.add(new Nodes.Text(text.toString()));
      text.setLength(0);
    }
  }

  private void piece(List<Node> parts, StringBuilder text) {
    int sign = plain();
    if (sign >= 0) {
      Loops.Times times = times();
      if (times == null) {
        literal(sign, parts, text);
      } else {
        flush(parts, text);
        parts.add(new Loops.OfSigns(set(sign), times));
      }
      return;
    }
    flush(parts, text);
    if (pattern.startsWith("(", at)) {
      group(parts);
      return;
    }
    Signs signs = signs();
    if (signs != null) {
      Loops.Times times = times();
      parts.add(times == null ? new Nodes.One(signs) : new Loops.OfSigns(signs, times));
      return;
    }
    place(parts);
  }

  private void group(List<Node> parts) {
    at++;
    if (take("?=") || take("?!") || take("?<=") || take("?<!")) {
      parts.add(look(pattern.charAt(at - 2) == '<', pattern.charAt(at - 1) == '='));
      return;
    }
    int before = flags;
    int loopsBefore = outermost.size();
    int index = -1;
    boolean once = take("?>");
    if (!once && take("?<")) {
      int end = pattern.indexOf('>', at);
      names.put(pattern.substring(at, end), groups);
      at = end + 1;
      index = groups++;
    } else if (!once && take("?")) {
      if (flags()) {
        return;
      }
    } else if (!once) {
      index = groups++;
    }
    Sequence body = closed(alternatives());
    flags = before;
    if (once) {
      forget(loopsBefore);
      body = new Sequence(List.of(new Nodes.Once(body)), body.captures);
    }
    repeat(parts, index < 0 ? body : captured(body, index), loopsBefore);
  }

  private Sequence captured(Sequence body, int index) {
    int start = loops++;
    List<Node> whole = new ArrayList<>();
    whole.add(new Nodes.Open(start));
    whole.addAll(body.parts);
    whole.add(new Nodes.Close(index, start));
    return new Sequence(whole, true);
  }

  private Sequence closed(Sequence body) {
    if (!take(")")) {
      throw error("Unclosed group");
    }
    return body;
  }

  private void repeat(List<Node> parts, Sequence body, int loopsBefore) {
    Loops.Times times = times();
    if (times == null) {
      parts.addAll(body.parts);
      return;
    }
    boolean possessive = times.kind() == Loops.Kind.POSSESSIVE;
    if (times.least() == 0 && times.most() == 1 && !possessive) {
      Sequence none = new Sequence(List.of(), false);
      boolean greedy = times.kind() == Loops.Kind.GREEDY;
      parts.add(new Nodes.Either(greedy ? List.of(body, none) : List.of(none, body)));
      return;
    }
    forget(loopsBefore);
    Loops.Round loop = new Loops.Round(body, times, loops++);
    Loops.Enter enter = new Loops.Enter(loop);
    if (possessive) {
      parts.add(new Nodes.Once(new Sequence(List.of(enter), body.captures)));
      return;
    }
    parts.add(enter);
    if (times.kind() == Loops.Kind.GREEDY && times.most() == NO_END && !refers) {
      outermost.add(loop);
    }
  }

  /** Loops that are part of something else come to one place in several ways. */
  private void forget(int from) {
    outermost.subList(from, outermost.size()).clear();
  }

  private Node look(boolean behind, boolean wanted) {
    int before = flags;
    int loopsBefore = outermost.size();
    Sequence part = closed(alternatives());
    flags = before;
    forget(loopsBefore);
    return behind ? new Nodes.Behind(part, wanted) : new Nodes.Ahead(part, wanted);
  }

  /** Reads flags; true where they are not those of a group, but of all behind them. */
  private boolean flags() {
    boolean on = true;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      switch (c) {
        case '-' -> on = false;
        case 'i' -> set(Pattern.CASE_INSENSITIVE, on);
        case 's' -> set(Pattern.DOTALL, on);
        case 'm' -> set(Pattern.MULTILINE, on);
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default -> throw error("Unknown inline modifier");
      }
    }
    throw error("Unclosed group");
  }

  private void set(int flag, boolean on) {
    flags = on ? flags | flag : flags & ~flag;
  }

  /** How often what was just read is repeated; null where nothing says so. */
  private Loops.@Nullable Times times() {
    int least;
    int most;
    if (take("?")) {
      least = 0;
      most = 1;
    } else if (take("*")) {
      least = 0;
      most = NO_END;
    } else if (take("+")) {
      least = 1;
      most = NO_END;
    } else if (take("{")) {
      least = number();
      most = least;
      if (take(",")) {
        most = pattern.startsWith("}", at) ? NO_END : number();
      }
      if (!take("}")) {
        throw error("Unclosed counted closure");
      }
    } else {
      return null;
    }
    Loops.Kind kind =
        take("?") ? Loops.Kind.LAZY : take("+") ? Loops.Kind.POSSESSIVE : Loops.Kind.GREEDY;
    return new Loops.Times(least, most, kind);
  }

  /** What stands between signs: an anchor, a boundary, or what a group found before. */
  private void place(List<Node> parts) {
    if (take("^")) {
      parts.add(new Nodes.Where(has(Pattern.MULTILINE) ? Places::lineStarts : Places::starts));
    } else if (take("$")) {
      parts.add(new Nodes.Where(has(Pattern.MULTILINE) ? Places::lineEnds : Places::nearlyEnds));
    } else if (take("\\A")) {
      parts.add(new Nodes.Where(Places::starts));
    } else if (take("\\z")) {
      parts.add(new Nodes.Where(Places::ends));
    } else if (take("\\Z")) {
      parts.add(new Nodes.Where(Places::nearlyEnds));
    } else if (take("\\b")) {
      parts.add(new Nodes.Where(Places::isBoundary));
    } else if (take("\\B")) {
      parts.add(new Nodes.Where((run, place) -> !Places.isBoundary(run, place)));
    } else {
      again(parts);
    }
  }

  private void again(List<Node> parts) {
    int group;
    if (take("\\k<")) {
      int end = pattern.indexOf('>', at);
      Integer named = names.get(pattern.substring(at, end));
      if (named == null) {
        throw error("named capturing group is missing");
      }
      group = named;
      at = end + 1;
    } else {
      at++;
      char digit = pattern.charAt(at);
      if (digit < '1' || digit > '9') {
        throw error("Illegal/unsupported escape sequence");
      }
      at++;
      group = digit - '0';
    }
    Loops.Times times = times();
    Node found = new Nodes.Again(group, has(Pattern.CASE_INSENSITIVE));
    if (times == null) {
      parts.add(found);
    } else {
      Sequence body = new Sequence(List.of(found), false);
      parts.add(new Loops.Enter(new Loops.Round(body, times, loops++)));
    }
  }
}
