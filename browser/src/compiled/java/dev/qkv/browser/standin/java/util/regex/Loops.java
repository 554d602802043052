package dev.qkv.browser.standin.java.util.regex;

import org.jspecify.annotations.Nullable;

/** What is repeated. */
final class Loops {
  private Loops() {}

  /** As many as possible first, as few as possible first, or as many as possible and no others. */
  enum Kind {
    GREEDY,
    LAZY,
    POSSESSIVE
  }

  /**
   * How often.
   *
   * @param least times
   * @param most times; {@link Integer#MAX_VALUE} where there is no end
   * @param kind which first
   */
  record Times(int least, int most, Kind kind) {}

  /** Signs of a set. */
  static final class OfSigns extends Node {
    private final Signs signs;
    private final Times times;
    private boolean linked;
    private @Nullable Signs behind;

    OfSigns(Signs signs, Times times) {
      this.signs = signs;
      this.times = times;
    }

    @Override
    boolean match(Run run, int at) {
      if (!linked) {
        behind = next.starts();
        linked = true;
      }
      int place = at;
      int count = 0;
      while (count < times.least) {
        int step = step(run, place);
        if (step == 0) {
          return false;
        }
        place += step;
        count++;
      }
      return times.kind == Kind.LAZY ? lazy(run, place, count) : greedy(run, place, count);
    }

    private boolean greedy(Run run, int from, int done) {
      int place = from;
      int most = times.most;
      for (int count = done; count < most; count++) {
        int step = step(run, place);
        if (step == 0) {
          break;
        }
        place += step;
      }
      if (times.kind == Kind.POSSESSIVE) {
        return next.match(run, place);
      }
      while (true) {
        if (mayFollow(run, place) && next.match(run, place)) {
          return true;
        }
        if (place == from) {
          return false;
        }
        place--;
        boolean pair =
            place > from
                && Character.isLowSurrogate(run.text[place])
                && Character.isHighSurrogate(run.text[place - 1]);
        place -= pair ? 1 : 0;
      }
    }

    private boolean lazy(Run run, int from, int done) {
      int place = from;
      for (int count = done; ; count++) {
        if (mayFollow(run, place) && next.match(run, place)) {
          return true;
        }
        int step = count < times.most ? step(run, place) : 0;
        if (step == 0) {
          return false;
        }
        place += step;
      }
    }

    private boolean mayFollow(Run run, int place) {
      return behind == null || (place < run.to && behind.has(run.sign(place)));
    }

    /** How many characters the next sign of the set has; 0 where another is next. */
    private int step(Run run, int place) {
      if (place >= run.to) {
        return 0;
      }
      int sign = run.sign(place);
      if (!signs.has(sign)) {
        return 0;
      }
      return sign < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 1 : 2;
    }

    @Override
    @Nullable Signs starts() {
      if (times.least > 0) {
        return signs;
      }
      Signs other = next.starts();
      return other == null ? null : signs.or(other);
    }

    @Override
    int least() {
      return times.least;
    }

    @Override
    int most() {
      return times.most > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * times.most;
    }
  }

  /** A part; this node is where a round of it ends. */
  static final class Round extends Node {
    private final Sequence body;
    private final Times times;
    private final int id;

    /** Whether a place where the rest did not match need not be tried again. */
    private boolean remembers;

    Round(Sequence body, Times times, int id) {
      this.body = body;
      this.times = times;
      this.id = id;
      body.then(this);
    }

    void remember() {
      remembers = true;
    }

    /** Where the first round begins. */
    boolean enter(Run run, int at) {
      int count = run.counts[id];
      int start = run.starts[id];
      run.counts[id] = 0;
      run.starts[id] = -1;
      boolean found = match(run, at);
      run.counts[id] = count;
      run.starts[id] = start;
      return found;
    }

    @Override
    boolean match(Run run, int at) {
      int count = run.counts[id];
      if (at == run.starts[id]) {
        return next.match(run, at); // a round without a sign would go on for ever
      }
      if (count < times.least) {
        return round(run, at, count);
      }
      if (times.kind == Kind.LAZY) {
        return next.match(run, at) || (count < times.most && round(run, at, count));
      }
      if (count < times.most && !isHopeless(run, at)) {
        if (round(run, at, count)) {
          return true;
        }
        if (remembers) {
          run.hopeless(id).add(at);
        }
      }
      return next.match(run, at);
    }

    private boolean round(Run run, int at, int count) {
      int start = run.starts[id];
      run.counts[id] = count + 1;
      run.starts[id] = at;
      if (body.head.match(run, at)) {
        return true;
      }
      run.counts[id] = count;
      run.starts[id] = start;
      return false;
    }

    private boolean isHopeless(Run run, int at) {
      return remembers && run.hopeless(id).has(at);
    }

    @Override
    @Nullable Signs starts() {
      return null;
    }
  }

  /** Where a loop begins. */
  static final class Enter extends Node {
    private final Round loop;

    Enter(Round loop) {
      this.loop = loop;
    }

    @Override
    boolean match(Run run, int at) {
      return loop.enter(run, at);
    }

    @Override
    void then(Node behind) {
      super.then(behind);
      loop.then(behind);
    }

    @Override
    @Nullable Signs starts() {
      if (loop.body.least() == 0) {
        return null;
      }
      Signs inside = loop.body.head.starts();
      if (loop.times.least > 0 || inside == null) {
        return inside;
      }
      Signs other = next.starts();
      return other == null ? null : inside.or(other);
    }

    @Override
    int least() {
      return (int) Math.min(Integer.MAX_VALUE, (long) loop.body.least() * loop.times.least);
    }

    @Override
    int most() {
      return (int) Math.min(Integer.MAX_VALUE, (long) loop.body.most() * loop.times.most);
    }
  }
}
