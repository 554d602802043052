package dev.qkv.sheet.note;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.Suggestion;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.note.notation.formula.FormulaParser;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.NativeWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements of a native block, one to a line unless a bracket is open. */
final class Statements {
  private static final Pattern FIND = Pattern.compile("find\\s+(.+)");
  private static final Pattern FORMULA = Pattern.compile("formula\\s+(.+)");
  private static final Pattern TEXT = Pattern.compile("text\\s+(.+)");
  private static final Pattern TOKENS = Pattern.compile("tokens\\s*=\\s*(.+)");
  private static final Pattern KEEP =
      Pattern.compile("keep\\s+(\\d{1,4})\\s*(?:->|→)\\s*\\{([\\d,，、\\s]+)}");
  private static final Pattern SHAPE =
      Pattern.compile("shape\\((.+)\\)\\s*=\\s*(\\d{1,6})\\s*[x×*]\\s*(\\d{1,6})");
  private static final Pattern SCALE_DEFAULT =
      Pattern.compile("1\\s*/\\s*(?:sqrt\\(\\s*d_?k\\s*\\)|√\\(?d_?k\\)?)");
  private static final Pattern CAUSAL =
      Pattern.compile("causal(?:[\\s-]+(upper-left|bottom-right))?");

  private static final Set<String> CHOICES =
      Set.of("scale", "mask", "activation", "norm", "positions");
  private static final Pattern WINDOW =
      Pattern.compile(
          "window\\s+(-1|\\d{1,4})[\\s,]+(-1|\\d{1,4})(?:\\s+(upper-left|bottom-right))?");

  private final String text;
  private final Lines lines;
  private final ExerciseBuilder exercise;
  private final boolean answer;

  Statements(String text, Lines lines, ExerciseBuilder exercise, boolean answer) {
    this.text = text;
    this.lines = lines;
    this.exercise = exercise;
    this.answer = answer;
  }

  /** Reads the statements of some lines, both ends included. */
  void read(int firstLine, int lastLine) {
    int line = firstLine;
    while (line <= lastLine) {
      int end = line;
      while (end < lastLine && openBrackets(lines.start(line), contentEnd(end)) > 0) {
        end++;
      }
      int from = lines.start(line);
      int to = contentEnd(end);
      if (!text.substring(from, to).isBlank()) {
        statement(from, to, line);
      }
      line = end + 1;
    }
  }

  /** The end of a line without its comment. */
  private int contentEnd(int line) {
    int start = lines.start(line);
    int end = Math.max(start, lines.end(line));
    String content = text.substring(start, end);
    String words = content.strip();
    if (TEXT.matcher(words).matches() || TOKENS.matcher(words).matches()) {
      return end;
    }
    int comment = content.indexOf('#');
    return comment < 0 ? end : start + comment;
  }

  private int openBrackets(int from, int to) {
    int open = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      open += c == '[' ? 1 : c == ']' ? -1 : 0;
    }
    return open;
  }

  private void statement(int from, int to, int line) {
    String words = text.substring(from, to).strip();
    try {
      Matcher find = FIND.matcher(words);
      Matcher keep = KEEP.matcher(words);
      Matcher tokens = TOKENS.matcher(words);
      Matcher says = TEXT.matcher(words);
      Matcher formula = FORMULA.matcher(words);
      Matcher shape = SHAPE.matcher(words);
      if (!answer && find.matches()) {
        for (String name : find.group(1).split("[,，、](?![^(（]*[)）])")) {
          exercise.goal(quantity(name.strip(), from));
        }
      } else if (!answer && keep.matches()) {
        requireOnce("mask", "keep", from);
        keep(keep);
      } else if (!answer && tokens.matches()) {
        requireOnce("tokens", tokens.group(1), from);
        exercise.tokens(names(tokens.group(1)));
      } else if (answer && says.matches()) {
        exercise.claim(new Claim.Words(line, says.group(1)));
      } else if (answer && formula.matches()) {
        formula(formula.group(1), from, line);
      } else if (answer && shape.matches()) {
        exercise.claim(
            new Claim.Shape(
                quantity(shape.group(1).strip(), from),
                Integer.parseInt(shape.group(2)),
                Integer.parseInt(shape.group(3)),
                line,
                words));
      } else {
        equation(from, to, line, words);
      }
    } catch (Unreadable e) {
      exercise.error(lines.of(e.at()), e.reason());
    }
  }

  private void formula(String words, int at, int line) throws Unreadable {
    FormulaParser.Parsed parsed =
        FormulaParser.formula(words, 0, words.length())
            .orElseThrow(() -> new Unreadable(Message.of("error.formula", words), at));
    for (FormulaParser.Side side : parsed.sides()) {
      exercise.claim(new Claim.Formula(side.readings(), line, side.text()));
    }
  }

  /** Names with commas between them, or else with blanks. */
  private static List<String> names(String words) {
    boolean commas = Pattern.compile("[,，、]").matcher(words).find();
    return Arrays.stream(words.split(commas ? "\\s*[,，、]\\s*" : "\\s+"))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private void keep(Matcher keep) {
    TreeSet<Integer> keys = new TreeSet<>();
    for (String key : keep.group(2).split("[,，、\\s]+")) {
      if (!key.isEmpty()) {
        keys.add(key.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(key));
      }
    }
    exercise.keep(Integer.parseInt(keep.group(1)), keys);
  }

  private static Quantity quantity(String name, int at) throws Unreadable {
    return reference(name, at).quantity();
  }

  private static Reference reference(String name, int at) throws Unreadable {
    Optional<Quantity> exact = Quantities.named(name);
    return exact
        .map(Reference::to)
        .or(() -> Names.reference(name))
        .map(Reference::asHead)
        .orElseThrow(
            () ->
                new Unreadable(
                    Message.of("error.name", name, Suggestion.clause(name, Quantities.names())),
                    at));
  }

  private void equation(int from, int to, int line, String words) throws Unreadable {
    List<Integer> signs = new ArrayList<>();
    int depth = 0;
    for (int i = from; i < to; i++) {
      char c = Tokens.plain(text.charAt(i));
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      if ((c == '=' || c == '≈') && depth == 0) {
        signs.add(i);
      }
    }
    if (signs.isEmpty()) {
      throw new Unreadable(
          Message.of(answer ? "error.statement.answer" : "error.statement", words), from);
    }
    List<String> names = new ArrayList<>();
    int start = from;
    for (int sign : signs) {
      names.add(text.substring(start, sign).strip());
      start = sign + 1;
    }
    if (answer) {
      claim(names, start, to, line, words);
      return;
    }
    for (String name : names) {
      given(name, start, to, line);
    }
  }

  private void given(String name, int from, int to, int line) throws Unreadable {
    String right = text.substring(from, to).strip();
    if (choice(name, right, from)) {
      return;
    }
    Reference reference = reference(name, from);
    if (reference.row().isPresent()) {
      throw new Unreadable(Message.of("error.given.cell", name), from);
    }
    exercise.given(reference.quantity(), value(right, from, to), line);
  }

  /** A choice of words; false for one of numbers, such as a mask that is written out. */
  private boolean choice(String name, String words, int at) throws Unreadable {
    if (CHOICES.contains(name)) {
      requireOnce(name, words, at);
    }
    switch (name) {
      case "scale" -> {
        requireNumbers(name, "none, 1/sqrt(d_k)", words, at, SCALE_DEFAULT);
        return scale(words);
      }
      case "mask" -> {
        requireNumbers(
            name,
            "none, causal, window LEFT RIGHT, upper-left, bottom-right",
            words,
            at,
            CAUSAL,
            WINDOW);
        return mask(words);
      }
      case "activation" -> {
        Choices.Activation chosen = oneOf(Choices.Activation.values(), name, words, at);
        exercise.choose(c -> c.with(chosen));
      }
      case "norm" -> {
        Choices.Norm chosen = oneOf(Choices.Norm.values(), name, words, at);
        exercise.choose(c -> c.with(chosen));
      }
      case "positions" -> {
        Choices.Positions chosen = oneOf(Choices.Positions.values(), name, words, at);
        exercise.choose(c -> c.with(chosen));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The rule that nothing is chosen twice; the first choice stays. */
  private void requireOnce(String name, String words, int at) throws Unreadable {
    String before = exercise.chosen(name, words);
    if (!before.equals(words)) {
      throw new Unreadable(Message.of("error.choice.twice", name, before, words), at);
    }
  }

  /** The rule that what is no known word is numbers, or the name of some. */
  private static void requireNumbers(
      String name, String known, String words, int at, Pattern... forms) throws Unreadable {
    boolean word = words.matches("[a-z][a-z].*") && !words.startsWith("sqrt");
    boolean understood =
        words.equals("none")
            || Arrays.stream(forms).anyMatch(f -> f.matcher(words).matches())
            || Quantities.named(words).isPresent();
    if (word && !understood) {
      throw notOneOf(name, List.of(known.split(", ")), words, at);
    }
  }

  private boolean scale(String words) {
    boolean usual = SCALE_DEFAULT.matcher(words).matches();
    boolean none = words.equals("none");
    exercise.choose(
        c ->
            c.with(
                none
                    ? Choices.Scaling.NONE
                    : usual ? Choices.Scaling.ROOT_D_K : Choices.Scaling.FACTOR));
    return none || usual;
  }

  private boolean mask(String words) {
    Matcher causal = CAUSAL.matcher(words);
    Matcher window = WINDOW.matcher(words);
    Masking masking =
        words.equals("none")
            ? new Masking.None()
            : causal.matches()
                ? new Masking.Causal(alignment(causal.group(1)))
                : window.matches()
                    ? new Masking.Window(
                        Integer.parseInt(window.group(1)),
                        Integer.parseInt(window.group(2)),
                        alignment(window.group(3)))
                    : new Masking.Given();
    exercise.choose(c -> c.with(masking));
    return !(masking instanceof Masking.Given);
  }

  private static <E extends Enum<E>> E oneOf(E[] choices, String name, String words, int at)
      throws Unreadable {
    List<String> known = new ArrayList<>();
    for (E choice : choices) {
      known.add(NativeWriter.word(choice));
      if (known.getLast().equals(words)) {
        return choice;
      }
    }
    throw notOneOf(name, known, words, at);
  }

  private static Unreadable notOneOf(String name, List<String> known, String words, int at) {
    List<String> firstWords = known.stream().map(k -> k.replaceFirst(" .*", "")).toList();
    Object suggestion = Suggestion.clause(words.replaceFirst(" .*", ""), firstWords);
    return new Unreadable(
        Message.of("error.choice", name, String.join(", ", known), words, suggestion), at);
  }

  private static Alignment alignment(@Nullable String word) {
    if (word == null) {
      return Alignment.UNSAID;
    }
    return word.equals("upper-left") ? Alignment.UPPER_LEFT : Alignment.BOTTOM_RIGHT;
  }

  /** Numbers, or the name of something given above. */
  private List<List<Numeral>> value(String right, int from, int to) throws Unreadable {
    Optional<Quantity> other = Quantities.named(right);
    if (other.isPresent()) {
      List<List<Numeral>> numbers = exercise.numbers(other.get());
      if (numbers.isEmpty()) {
        throw new Unreadable(Message.of("error.given.unknown", right), from);
      }
      return numbers;
    }
    return ValueParser.whole(text, from, to);
  }

  private void claim(List<String> names, int from, int to, int line, String words)
      throws Unreadable {
    Reference reference = reference(names.getFirst(), from);
    exercise.claim(
        new Claim.Numbers(
            reference.quantity(),
            ValueParser.whole(text, from, to),
            reference.row(),
            reference.column(),
            line,
            words));
  }
}
