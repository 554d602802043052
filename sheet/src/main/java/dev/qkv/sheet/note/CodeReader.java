package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.code.Asserted;
import dev.qkv.sheet.note.code.Meaning;
import dev.qkv.sheet.note.code.Meaning.Meant;
import dev.qkv.sheet.note.code.Printed;
import dev.qkv.sheet.note.code.Python;
import dev.qkv.sheet.note.code.PythonParser;
import dev.qkv.sheet.note.code.Source;
import dev.qkv.sheet.note.code.Statement;
import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Issue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads NumPy and PyTorch: what variables are set to, and what is printed of them. */
final class CodeReader {
  private static final Pattern MASK = Pattern.compile("triu|tril|\\bcausal|is_causal\\s*=\\s*True");
  private static final Pattern COMPOUND =
      Pattern.compile(
          "(?s)\\s*(?:for|def|if|elif|else|while|with|class|try|import|from|assert|raise)\\b.*");
  private static final Pattern RETURN = Pattern.compile("^\\s*return\\b");

  /** Functions and methods that have no value to print. */
  private static final Pattern SILENT =
      Pattern.compile(
          "set_\\w+|seed|manual_seed|append|extend|update|backward|step|zero_grad|\\w+_");

  private static final Pattern KEEP =
      Pattern.compile("(?i)keep|kept|allowed|visible|can_(?:see|attend)|valid");
  private static final Pattern TRUE = Pattern.compile("\\bTrue\\b");
  private static final Pattern ARGUMENT = Pattern.compile("\\(\\s*(?:gradient\\s*=\\s*)?");

  /** Output that is kept in a string behind what prints it. */
  private static final Pattern QUOTED =
      Pattern.compile("(?s)\\s*(\"\"\"|''')\\s*((?:\\[|tensor|array|-?\\d).*?)\\s*\\1\\s*");

  private static final Pattern LEADING = Pattern.compile("^[\\s→⇒=>≈:：-]+(?=\\[|array|tensor)");

  private static final Pattern ARRAY =
      Pattern.compile("\\s*(?:\\w+\\.)?(?:array|tensor|Tensor)\\(\\s*\\[");
  private static final Pattern AMONG = Pattern.compile("^[^,;]{0,3}(?!inf|nan|e[-+\\d])\\p{L}{2}");
  private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*[,)]");
  private static final Pattern COUNT = Pattern.compile("\\d{1,2}");
  private static final Pattern WORDS = Pattern.compile("(?s).*[\\p{L}#]\\s*");

  /** Words farther before a printed value do not say what it is. */
  private static final int LONGEST_LABEL = 100;

  private final String text;
  private final Lines lines;
  private final Draft draft;
  private final Context context;
  private final Meaning meaning;
  private final Printed printed = new Printed();
  private final CodeWriter writer;

  private record Range(int from, int to) {}

  /** Where variables that are no quantities were set, as what a test expects. */
  private final Map<String, Range> constants = new HashMap<>();

  /** Whether output of the last code has been read. */
  private boolean shown;

  /** What the last statement was about. */
  private Optional<Meant> last = Optional.empty();

  CodeReader(String text, Lines lines, Draft draft, Context context, Meaning meaning) {
    this.text = text;
    this.lines = lines;
    this.draft = draft;
    this.context = context;
    this.meaning = meaning;
    this.writer = new CodeWriter(text, draft, context);
  }

  /** Reads source code with its prompts and comments. */
  void code(Block block) {
    printed.clear();
    shown = false;
    for (Source.Line line : Source.of(text, block.from(), block.to())) {
      statement(line);
    }
  }

  private void statement(Source.Line statement) {
    int line = lines.of(statement.from());
    String code = text.substring(statement.from(), statement.codeEnd());
    Matcher quoted = QUOTED.matcher(code);
    if (printed.isWaiting() && quoted.matches()) {
      output(statement.from() + quoted.start(2), statement.from() + quoted.end(2));
      return;
    }
    Optional<Meant> subject = Optional.empty();
    boolean understood =
        code.isBlank()
            || asserted(code, statement.from(), line)
            || COMPOUND.matcher(code).matches();
    if (!understood) {
      Optional<Optional<Meant>> run = run(code, statement.from(), line);
      understood = run.isPresent();
      subject = run.orElse(Optional.empty());
      last = subject.or(() -> last);
    }
    if (MASK.matcher(code).find()) {
      draft.said.add(new Draft.Chosen(new ChoiceGrammar.Causal(true, code.strip()), context.stage));
    }
    if (statement.comment() >= 0) {
      comment(statement.comment(), statement.to(), line, subject, code.isBlank());
    } else if (!understood && printed.isWaiting()) {
      output(statement.from(), statement.to());
    }
  }

  /** Reads what a statement asserts of a variable, as tests do; whether it asserts something. */
  private boolean asserted(String code, int from, int line) {
    Optional<Asserted> asserted = Asserted.of(code);
    if (asserted.isEmpty()) {
      return false;
    }
    Optional<Meant> about = PythonParser.expression(asserted.get().actual()).flatMap(meaning::of);
    int start = from + asserted.get().expected();
    Matcher name = NAME.matcher(text).region(start, from + code.length());
    Range constant = name.lookingAt() ? constants.get(name.group(1)) : null;
    if (constant != null) {
      Optional<Grid> grid = grid(constant.from(), constant.to());
      if (grid.isPresent() && about.isPresent()) {
        writer.assertion(
            about.get(),
            grid.get(),
            List.of(),
            constant.from(),
            constant.to(),
            lines.of(constant.from()),
            true);
      } else {
        grid.ifPresent(
            g -> writer.loose(g, constant.from(), constant.to(), lines.of(constant.from())));
      }
      return true;
    }
    try {
      List<Token> tokens = Tokens.of(text, start, from + code.length());
      ValueParser.Read read = ValueParser.prefix(text, tokens, 0);
      if (about.isPresent()) {
        writer.assertion(about.get(), read.grid(), List.of(), start, read.end(), line, true);
      } else {
        writer.loose(read.grid(), start, read.end(), line);
      }
      return true;
    } catch (Unreadable e) {
      return false;
    }
  }

  /** Runs a statement in mind; what it is about, or nothing at all if it is no Python. */
  private Optional<Optional<Meant>> run(String code, int start, int line) {
    Statement statement = Statement.of(code);
    if (statement.assigns()) {
      return Optional.of(assign(statement, code, start, line));
    }
    Optional<Python> python =
        PythonParser.expression(RETURN.matcher(code).replaceFirst("").strip());
    boolean shows =
        python.isPresent() && !(python.get() instanceof Python.Literal) && !isArray(python.get());
    if (!shows) {
      return Optional.empty();
    }
    boolean silent =
        python.get() instanceof Python.Text
            || (python.get() instanceof Python.Call call
                && SILENT.matcher(call.function().functionName()).matches());
    if (python.get() instanceof Python.Call(Python.Attribute(Python.Name of, String name), var to)
        && name.equals("backward")
        && !to.isEmpty()) {
      backward(of.name(), code, start, line);
    }
    if (!silent && !RETURN.matcher(code).find()) {
      printed.add(python.get(), meaning);
    }
    return Optional.of(
        python.get() instanceof Python.Call call && call.arguments().size() == 1
            ? meaning.of(call.arguments().getFirst()).or(() -> meaning.of(call))
            : meaning.of(python.get()));
  }

  /** The gradient that something is differentiated with, as in {@code Z.backward(dZ)}. */
  private void backward(String name, String code, int start, int line) {
    Optional<Quantity> gradient =
        meaning.variable(name).map(Meant::quantity).flatMap(q -> Quantities.named("d" + q.name()));
    Matcher argument = ARGUMENT.matcher(code);
    int from = start + (argument.find() ? argument.end() : 0);
    int to = start + code.lastIndexOf(')');
    Range range = from < to ? constants.get(text.substring(from, to).strip()) : null;
    Range numbers = range == null ? new Range(from, to) : range;
    Optional<Grid> grid = from < to ? grid(numbers.from(), numbers.to()) : Optional.empty();
    if (gradient.isPresent() && grid.isPresent()) {
      writer.assertion(
          Meant.of(gradient.get()),
          grid.get(),
          List.of(),
          numbers.from(),
          numbers.to(),
          range == null ? line : lines.of(range.from()),
          false);
    }
  }

  /** Whether an expression is numbers as they are printed. */
  private static boolean isArray(Python python) {
    return python instanceof Python.Sequence
        || python instanceof Python.Unary
        || (python instanceof Python.Call call
            && call.function() instanceof Python.Name name
            && name.name().matches("array|tensor"));
  }

  private Optional<Meant> assign(Statement statement, String code, int start, int line) {
    Optional<Meant> about = Optional.empty();
    for (List<String> names : statement.targets()) {
      boolean pairs = names.size() == statement.values().size();
      for (int k = 0; k < names.size(); k++) {
        Statement.Range first = statement.values().get(pairs ? k : 0);
        int to = pairs ? first.to() : code.length();
        String value = code.substring(first.from(), Math.max(first.from(), to));
        String right =
            statement.operator().isEmpty()
                ? value.strip()
                : names.get(k) + " " + statement.operator() + " (" + value.strip() + ")";
        Optional<Python> python =
            names.size() == 1 || pairs ? PythonParser.expression(right) : Optional.empty();
        about = meaning.set(names.get(k), python);
        if (about.isEmpty()) {
          constants.put(names.get(k), new Range(start + first.from(), start + to));
        }
        if (KEEP.matcher(names.get(k)).matches() && TRUE.matcher(value).find()) {
          kept(value, start + first.from(), start + to, line);
        } else if (about.isPresent() && statement.operator().isEmpty()) {
          given(about.get(), python, start + first.from(), start + to, line);
        }
      }
    }
    return about;
  }

  /** A mask of true and false, of which its name says that true is seen. */
  private void kept(String value, int from, int to, int line) {
    String numbers = TRUE.matcher(value).replaceAll("1").replaceAll("\\bFalse\\b", "0");
    try {
      ValueParser.Read read =
          ValueParser.prefix(numbers, Tokens.of(numbers, 0, numbers.length()), 0);
      List<List<Numeral>> mask =
          read.grid().rows().stream()
              .map(
                  row ->
                      row.stream()
                          .map(n -> new Numeral(n.text(), -1, n.value(), n.decimals()))
                          .toList())
              .toList();
      writer.assertion(
          Meant.of(Quantities.MASK), new Grid(mask, false), List.of(), from, to, line, false);
    } catch (Unreadable e) {
      draft.issue(line, Issue.Kind.GUESS, e.reason());
    }
  }

  /** Numbers, or another variable, that a variable is set to. */
  private void given(Meant meant, Optional<Python> python, int from, int to, int line) {
    Optional<Grid> grid = grid(from, to).filter(g -> !g.written());
    if (grid.isPresent()) {
      writer.assertion(meant, grid.get(), List.of(), from, to, line, false);
      return;
    }
    Optional<Meant> other = python.flatMap(Python::copied).flatMap(meaning::of);
    if (other.isPresent() && !other.get().quantity().equals(meant.quantity())) {
      writer.same(meant.quantity(), other.get().quantity(), text.substring(from, to).strip(), line);
    } else if (grid(from, to).isEmpty() && ARRAY.matcher(text).region(from, to).lookingAt()) {
      unread(from, to, line);
    }
  }

  /** Says why an array that a quantity is set to cannot be read. */
  private void unread(int from, int to, int line) {
    try {
      ValueParser.prefix(text, Tokens.of(text, from, to), 0);
    } catch (Unreadable e) {
      draft.issue(line, Issue.Kind.GUESS, e.reason());
    }
  }

  private void comment(int from, int to, int line, Optional<Meant> subject, boolean alone) {
    int start = from;
    var leading = LEADING.matcher(text).region(from, to);
    if (leading.lookingAt()) {
      start = leading.end();
    }
    Optional<Grid> grid = grid(start, to);
    if (grid.isPresent()) {
      Optional<Meant> about =
          printed.isWaiting()
              ? printed.next().flatMap(Printed.Slot::meant)
              : subject.or(() -> last);
      if (about.isPresent()) {
        writer.assertion(about.get(), grid.get(), List.of(), start, to, line, true);
      } else {
        writer.loose(grid.get(), start, to, line);
      }
      return;
    }
    subject.ifPresent(s -> context.mention(s.quantity(), true));
    boolean answer = context.answer;
    context.answer |= !alone;
    new LineReader(text, draft, context).read(from, to, line, false);
    context.answer = answer;
    draft.ask(text.substring(from, to));
  }

  /** Reads what code printed. */
  void output(Block block) {
    if (!shown) {
      printed.rewind();
      shown = true;
    }
    output(block.from(), block.to());
  }

  private void output(int from, int to) {
    List<Token> tokens = Tokens.of(text, from, to);
    int at = 0;
    int wordsFrom = from;
    while (tokens.get(at).kind() != Token.Kind.STOP) {
      Token token = tokens.get(at);
      boolean starts =
          token.is("[")
              || token.is("(")
              || token.kind() == Token.Kind.NUMBER
              || token.is("-")
              || token.isWord("array")
              || token.isWord("tensor");
      if (!starts || isCount(token, wordsFrom) || isInLabel(token, wordsFrom)) {
        at++;
        continue;
      }
      try {
        ValueParser.Read read = ValueParser.prefix(text, tokens, at);
        if (isInWords(token, read.end())) {
          at++;
          continue;
        }
        value(read.grid(), wordsFrom, token.start(), read.end());
        at = read.next();
        wordsFrom = read.end();
      } catch (Unreadable e) {
        at++;
      }
    }
  }

  /** The words of its line right before a place, from another place on. */
  private String before(int from, int at) {
    int start = Math.max(lines.start(lines.of(at)), Math.max(from, at - LONGEST_LABEL));
    return text.substring(Math.min(start, at), at);
  }

  /** Whether a number belongs to the words before it, as in head 1. */
  private boolean isCount(Token token, int from) {
    if (token.kind() != Token.Kind.NUMBER || !COUNT.matcher(token.text()).matches()) {
      return false;
    }
    String before = before(from, token.start());
    return WORDS.matcher(before).matches() && !printed.isLabel(before);
  }

  /** Whether a sign belongs to words that are printed before a value, as in A[0] = 0.5. */
  private boolean isInLabel(Token token, int from) {
    int at = token.start();
    int end = Math.min(lines.end(lines.of(at)), at + LONGEST_LABEL);
    String before = before(from, at);
    return printed.isInLabel(before, before + text.substring(at, Math.max(at, end)));
  }

  /** Whether a number stands among words, as in (-inf is masked). */
  private boolean isInWords(Token token, int end) {
    boolean bracket = token.is("[") || token.isWord("array") || token.isWord("tensor");
    String rest = text.substring(end, Math.max(end, lines.end(lines.of(end))));
    return !bracket && rest.indexOf('[') < 0 && AMONG.matcher(rest).find();
  }

  /** A printed value: what it is is told by what was printed, by its label, or by its numbers. */
  private void value(Grid grid, int from, int start, int end) {
    int line = lines.of(start);
    String label = label(from, start);
    Optional<Printed.Slot> slot = printed.behind(label);
    Optional<Meant> spoken = spoken(label);
    Optional<Meant> meant = slot.flatMap(Printed.Slot::meant).or(() -> spoken);
    OptionalInt head = Concepts.head(before(0, start) + " ");
    if (head.isPresent()) {
      meant = meant.map(m -> m.inHead(head.getAsInt()));
    }
    if (meant.isEmpty()) {
      writer.loose(grid, start, end, line);
      return;
    }
    List<Quantity> hints = spoken.map(Meant::quantity).stream().toList();
    writer.assertion(meant.get(), grid, hints, start, end, line, true);
  }

  /** The last words between two places, on their line or on the one above. */
  private String label(int from, int at) {
    String words = text.substring(Math.max(from, at - LONGEST_LABEL), at).stripTrailing();
    return words.substring(words.lastIndexOf('\n') + 1).replaceAll("torch\\.Size$", "");
  }

  private Optional<Meant> spoken(String label) {
    String word = label.replaceAll("[=:：\\s]+$", "").strip();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<Quantity> quantity =
        Names.reference(word)
            .map(Reference::asHead)
            .map(Reference::quantity)
            .or(() -> Concepts.last(word).map(Concepts.Mention::quantity));
    return word.matches("[\\p{L}_]\\w*")
        ? meaning.variable(word).or(() -> quantity.map(Meant::of))
        : quantity.map(Meant::of);
  }

  private Optional<Grid> grid(int from, int to) {
    if (text.substring(from, to).isBlank()) {
      return Optional.empty();
    }
    try {
      ValueParser.Read read = ValueParser.prefix(text, Tokens.of(text, from, to), 0);
      String rest = text.substring(read.end(), to).strip();
      return rest.isEmpty() || rest.startsWith(".") || rest.startsWith(";")
          ? Optional.of(read.grid())
          : Optional.empty();
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }
}
