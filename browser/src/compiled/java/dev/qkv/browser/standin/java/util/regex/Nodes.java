package dev.qkv.browser.standin.java.util.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts that patterns consist of, but for loops. */
final class Nodes {
  private Nodes() {}

  /** One sign of a set. */
  static final class One extends Node {
    final Signs signs;

    One(Signs signs) {
      this.signs = signs;
    }

    @Override
    boolean match(Run run, int at) {
      if (at >= run.to) {
        return false;
      }
      int sign = run.sign(at);
      return signs.has(sign) && next.match(run, at + Character.charCount(sign));
    }

    @Override
    @Nullable Signs starts() {
      return signs;
    }

    @Override
    int least() {
      return 1;
    }

    @Override
    int most() {
      return 2;
    }
  }

  /** Characters as they are. */
  static final class Text extends Node {
    private final char[] signs;

    Text(String text) {
      this.signs = text.toCharArray();
    }

    @Override
    boolean match(Run run, int at) {
      if (run.to - at < signs.length) {
        return false;
      }
      for (int i = 0; i < signs.length; i++) {
        if (run.text[at + i] != signs[i]) {
          return false;
        }
      }
      return next.match(run, at + signs.length);
    }

    @Override
    @Nullable Signs starts() {
      return Signs.of(Character.codePointAt(signs, 0));
    }

    @Override
    int least() {
      return signs.length;
    }

    @Override
    int most() {
      return signs.length;
    }
  }

  /** Where a group ends: what it found counts only now. */
  static final class Close extends Node {
    private final int group;
    private final int start;

    Close(int group, int start) {
      this.group = group;
      this.start = start;
    }

    @Override
    boolean match(Run run, int at) {
      int from = run.groups[2 * group];
      int to = run.groups[2 * group + 1];
      run.groups[2 * group] = run.starts[start];
      run.groups[2 * group + 1] = at;
      if (next.match(run, at)) {
        return true;
      }
      run.groups[2 * group] = from;
      run.groups[2 * group + 1] = to;
      return false;
    }
  }

  /** Where a group begins. */
  static final class Open extends Node {
    private final int start;

    Open(int start) {
      this.start = start;
    }

    @Override
    boolean match(Run run, int at) {
      int before = run.starts[start];
      run.starts[start] = at;
      boolean found = next.match(run, at);
      run.starts[start] = before;
      return found;
    }
  }

  /** One of several. */
  static final class Either extends Node {
    private final List<Sequence> parts;
    private @Nullable Signs @Nullable [] starts;

    Either(List<Sequence> parts) {
      this.parts = parts;
    }

    @Override
    void then(Node behind) {
      super.then(behind);
      parts.forEach(part -> part.then(behind));
    }

    @Override
    boolean match(Run run, int at) {
      @Nullable Signs[] begins = begins();
      int sign = at < run.to ? run.sign(at) : -1;
      for (int i = 0; i < begins.length; i++) {
        Signs begin = begins[i];
        if ((begin == null || (sign >= 0 && begin.has(sign))) && parts.get(i).head.match(run, at)) {
          return true;
        }
      }
      return false;
    }

    private @Nullable Signs[] begins() {
      if (starts == null) {
        starts = parts.stream().map(part -> part.head.starts()).toArray(Signs[]::new);
      }
      return starts;
    }

    @Override
    @Nullable Signs starts() {
      Signs all = Signs.NONE;
      for (Sequence part : parts) {
        Signs starts = part.head.starts();
        if (starts == null) {
          return null;
        }
        all = all.or(starts);
      }
      return all;
    }

    @Override
    int least() {
      return parts.stream().mapToInt(Sequence::least).min().orElse(0);
    }

    @Override
    int most() {
      return parts.stream().mapToInt(Sequence::most).max().orElse(0);
    }
  }

  /** What a group found, once more. */
  static final class Again extends Node {
    private final int group;
    private final boolean anyCase;

    Again(int group, boolean anyCase) {
      this.group = group;
      this.anyCase = anyCase;
    }

    @Override
    boolean match(Run run, int at) {
      int from = run.groups[2 * group];
      int length = run.groups[2 * group + 1] - from;
      if (from < 0 || at + length > run.to) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        char a = run.text[from + i];
        char b = run.text[at + i];
        if (a != b && !(anyCase && same(a, b))) {
          return false;
        }
      }
      return next.match(run, at + length);
    }

    private static boolean same(char a, char b) {
      int lower = a | 0x20;
      return lower == (b | 0x20) && lower >= 'a' && lower <= 'z';
    }

    @Override
    @Nullable Signs starts() {
      return null;
    }

    @Override
    int most() {
      return Integer.MAX_VALUE;
    }
  }

  /** A place of which something is true. */
  static final class Where extends Node {
    /** What has to be true. */
    interface Rule {
      boolean holds(Run run, int at);
    }

    private final Rule rule;

    Where(Rule rule) {
      this.rule = rule;
    }

    @Override
    boolean match(Run run, int at) {
      return rule.holds(run, at) && next.match(run, at);
    }
  }

  /** A part that is tried by itself. */
  abstract static class Apart extends Node {
    final Sequence part;

    Apart(Sequence part) {
      this.part = part;
    }

    /** What groups have found, where the part may change it. */
    final int @Nullable [] kept(Run run) {
      return part.captures ? run.groups.clone() : null;
    }

    static void restore(Run run, int @Nullable [] kept) {
      if (kept != null) {
        System.arraycopy(kept, 0, run.groups, 0, kept.length);
      }
    }
  }

  /** What matches a part in its first way only. */
  static final class Once extends Apart {
    Once(Sequence part) {
      super(part);
    }

    @Override
    boolean match(Run run, int at) {
      int[] kept = kept(run);
      boolean whole = run.whole;
      run.whole = false;
      boolean found = part.head.match(run, at);
      run.whole = whole;
      if (found && next.match(run, run.end)) {
        return true;
      }
      restore(run, kept);
      return false;
    }

    @Override
    @Nullable Signs starts() {
      return part.least() == 0 ? null : part.head.starts();
    }

    @Override
    int least() {
      return part.least();
    }

    @Override
    int most() {
      return part.most();
    }
  }

  /** What has to follow a place, or may not. */
  static final class Ahead extends Apart {
    private final boolean wanted;

    Ahead(Sequence part, boolean wanted) {
      super(part);
      this.wanted = wanted;
    }

    @Override
    boolean match(Run run, int at) {
      int[] kept = kept(run);
      boolean whole = run.whole;
      int to = run.to;
      int edge = run.edgeTo;
      run.whole = false;
      run.to = run.seenTo;
      run.edgeTo = run.seenTo;
      boolean found = part.head.match(run, at);
      run.whole = whole;
      run.to = to;
      run.edgeTo = edge;
      if (!wanted) {
        restore(run, kept);
      }
      if (found == wanted && next.match(run, at)) {
        return true;
      }
      restore(run, kept);
      return false;
    }
  }

  /** What has to stand before a place, or may not. */
  static final class Behind extends Apart {
    private final boolean wanted;
    private final int least;
    private final int most;

    Behind(Sequence part, boolean wanted) {
      super(part);
      this.wanted = wanted;
      this.least = part.least();
      this.most = part.most();
    }

    @Override
    boolean match(Run run, int at) {
      int[] kept = kept(run);
      if (found(run, at) == wanted && next.match(run, at)) {
        return true;
      }
      restore(run, kept);
      return false;
    }

    private boolean found(Run run, int at) {
      boolean whole = run.whole;
      int to = run.to;
      int edge = run.edgeFrom;
      run.whole = true;
      run.to = at;
      run.edgeFrom = run.seenFrom;
      boolean found = false;
      int farthest = Math.max(at - most, run.seenFrom);
      for (int start = at - least; start >= farthest && !found; start--) {
        found = part.head.match(run, start);
      }
      run.whole = whole;
      run.to = to;
      run.edgeFrom = edge;
      return found;
    }
  }
}
