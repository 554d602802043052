package dev.qkv.browser.standin.java.util.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for a pattern in a text, as the class of this name of the JDK. */
public final class Matcher implements MatchResult {
  private final Pattern pattern;
  private String text;
  private Run run;
  private int from;
  private int to;
  private boolean transparent;
  private boolean anchoring = true;
  private boolean found;

  /** Where the next search begins. */
  private int ahead;

  /** What was appended so far, up to where. */
  private int appended;

  Matcher(Pattern pattern, String text) {
    this.pattern = pattern;
    this.text = text;
    this.run = new Run(text, pattern);
    this.to = text.length();
  }

  public Pattern pattern() {
    return pattern;
  }

  public Matcher reset() {
    return region(0, text.length());
  }

  public Matcher reset(CharSequence other) {
    text = other.toString();
    run = new Run(text, pattern);
    return reset();
  }

  public Matcher region(int start, int end) {
    if (start < 0 || end > text.length() || start > end) {
      throw new IndexOutOfBoundsException("region " + start + " to " + end);
    }
    from = start;
    to = end;
    ahead = start;
    appended = 0;
    found = false;
    return this;
  }

  public Matcher useTransparentBounds(boolean wanted) {
    transparent = wanted;
    return this;
  }

  public Matcher useAnchoringBounds(boolean wanted) {
    anchoring = wanted;
    return this;
  }

  public boolean matches() {
    return at(from, true);
  }

  public boolean lookingAt() {
    return at(from, false);
  }

  private boolean at(int place, boolean whole) {
    prepare(whole);
    found = run.match(pattern.whole.head, place);
    ahead = found ? run.groups[1] : ahead;
    return found;
  }

  private void prepare(boolean whole) {
    run.whole = whole;
    run.to = to;
    run.edgeFrom = anchoring ? from : 0;
    run.edgeTo = anchoring ? to : text.length();
    run.seenFrom = transparent ? 0 : from;
    run.seenTo = transparent ? text.length() : to;
  }

  public boolean find() {
    int start = ahead;
    if (found && run.groups[0] == run.groups[1]) {
      start++;
    }
    return search(start);
  }

  public boolean find(int start) {
    reset();
    return search(start);
  }

  private boolean search(int start) {
    prepare(false);
    found = false;
    Signs starts = pattern.starts();
    int last = to - pattern.least();
    for (int place = start; place <= last; place++) {
      boolean begins = starts == null || (place < to && starts.has(run.sign(place)));
      if (!begins || run.isWithinPair(place, start)) {
        continue;
      }
      if (run.match(pattern.whole.head, place)) {
        found = true;
        ahead = run.groups[1];
        return true;
      }
    }
    ahead = to + 1;
    return false;
  }

  private void check() {
    if (!found) {
      throw new IllegalStateException("No match found");
    }
  }

  private int slot(int group) {
    check();
    if (group < 0 || group >= pattern.groups) {
      throw new IndexOutOfBoundsException("No group " + group);
    }
    return 2 * group;
  }

  private int named(String name) {
    Integer group = pattern.names.get(name);
    if (group == null) {
      throw new IllegalArgumentException("No group with name <" + name + ">");
    }
    return group;
  }

  @Override
  public int start() {
    return start(0);
  }

  @Override
  public int start(int group) {
    return run.groups[slot(group)];
  }

  public int start(String group) {
    return start(named(group));
  }

  @Override
  public int end() {
    return end(0);
  }

  @Override
  public int end(int group) {
    return run.groups[slot(group) + 1];
  }

  public int end(String group) {
    return end(named(group));
  }

  @Override
  public String group() {
    return text.substring(start(), end());
  }

  @Override
  public @Nullable String group(int group) {
    int start = start(group);
    return start < 0 ? null : text.substring(start, end(group));
  }

  public @Nullable String group(String group) {
    return group(named(group));
  }

  @Override
  public int groupCount() {
    return pattern.groups - 1;
  }

  public MatchResult toMatchResult() {
    check();
    return new Result(text, run.groups.clone());
  }

  public Stream<MatchResult> results() {
    reset();
    List<MatchResult> all = new ArrayList<>();
    while (find()) {
      all.add(toMatchResult());
    }
    return all.stream();
  }

  public static String quoteReplacement(String text) {
    return text.replace("\\", "\\\\").replace("$", "\\$");
  }

  public String replaceFirst(String replacement) {
    reset();
    if (!find()) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    appendReplacement(out, replacement);
    return appendTail(out).toString();
  }

  public String replaceAll(String replacement) {
    return replaceAll(match -> replacement);
  }

  public String replaceAll(Function<MatchResult, String> replacer) {
    reset();
    StringBuilder out = new StringBuilder();
    while (find()) {
      appendReplacement(out, replacer.apply(this));
    }
    return appended == 0 && out.isEmpty() ? text : appendTail(out).toString();
  }

  public Matcher appendReplacement(StringBuilder out, String replacement) {
    out.append(text, appended, start());
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c == '\\') {
        i++;
        out.append(replacement.charAt(i));
      } else if (c == '$') {
        i = appendGroup(out, replacement, i + 1);
      } else {
        out.append(c);
      }
    }
    appended = end();
    return this;
  }

  /** Appends what a group found. Answers where its number or name ends. */
  private int appendGroup(StringBuilder out, String replacement, int at) {
    int last = at;
    int group;
    if (replacement.startsWith("{", at)) {
      last = replacement.indexOf('}', at);
      group = named(replacement.substring(at + 1, last));
    } else {
      group = Character.digit(replacement.charAt(at), 10);
      if (group < 0) {
        throw new IllegalArgumentException("Illegal group reference");
      }
      while (last + 1 < replacement.length()) {
        int digit = Character.digit(replacement.charAt(last + 1), 10);
        if (digit < 0 || 10 * group + digit >= pattern.groups) {
          break;
        }
        group = 10 * group + digit;
        last++;
      }
    }
    String found = group(group);
    out.append(found == null ? "" : found);
    return last;
  }

  public StringBuilder appendTail(StringBuilder out) {
    return out.append(text, appended, text.length());
  }

  /** A match that stays when the search goes on. */
  private record Result(String text, int[] groups) implements MatchResult {
    @Override
    public int start() {
      return groups[0];
    }

    @Override
    public int start(int group) {
      return groups[2 * group];
    }

    @Override
    public int end() {
      return groups[1];
    }

    @Override
    public int end(int group) {
      return groups[2 * group + 1];
    }

    @Override
    public String group() {
      return text.substring(groups[0], groups[1]);
    }

    @Override
    public @Nullable String group(int group) {
      return groups[2 * group] < 0
          ? null
          : text.substring(groups[2 * group], groups[2 * group + 1]);
    }

    @Override
    public int groupCount() {
      return groups.length / 2 - 1;
    }
  }
}
