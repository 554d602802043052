package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.note.code.Meaning;
import dev.qkv.sheet.note.code.Meaning.Meant;
import dev.qkv.sheet.note.code.Printed;
import dev.qkv.sheet.note.code.Python;
import dev.qkv.sheet.note.code.PythonParser;
import dev.qkv.sheet.note.code.Source;
import dev.qkv.sheet.note.code.Statement;
import dev.qkv.sheet.note.document.Block;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads NumPy and PyTorch: what variables are set to, and what is printed of them. */
final class CodeReader {
  private static final Pattern MASK = Pattern.compile("triu|tril|\\bcausal|is_causal\\s*=\\s*True");
  private static final Pattern COMPOUND =
      Pattern.compile(
          "(?s)\\s*(?:for|def|if|elif|else|while|with|class|try|import|from|assert|raise)\\b.*");
  private static final Pattern RETURN = Pattern.compile("^\\s*return\\b");
  private static final Pattern LEADING = Pattern.compile("^[\\s→⇒=>≈:：-]+(?=\\[|array|tensor)");

  private final String text;
  private final Draft draft;
  private final Context context;
  private final Meaning meaning;
  private final Printed printed = new Printed();

  /** Whether output of the last code has been read. */
  private boolean shown;

  /** What the last statement was about. */
  private Optional<Meant> last = Optional.empty();

  CodeReader(String text, Draft draft, Context context, Meaning meaning) {
    this.text = text;
    this.draft = draft;
    this.context = context;
    this.meaning = meaning;
  }

  /** Reads source code with its prompts and comments. */
  void code(Block block) {
    printed.clear();
    shown = false;
    for (Source.Line line : Source.of(text, block.from(), block.to())) {
      statement(line, lineOf(block, line.from()));
    }
  }

  private int lineOf(Block block, int at) {
    return block.line()
        + (int) text.substring(block.from(), at).chars().filter(c -> c == '\n').count();
  }

  private void statement(Source.Line statement, int line) {
    String code = text.substring(statement.from(), statement.codeEnd());
    Optional<Meant> subject = Optional.empty();
    boolean understood = code.isBlank() || COMPOUND.matcher(code).matches();
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
      output(statement.from(), statement.to(), line);
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
    if (!RETURN.matcher(code).find()) {
      printed.add(python.get(), meaning);
    }
    return Optional.of(
        python.get() instanceof Python.Call call && call.arguments().size() == 1
            ? meaning.of(call.arguments().getFirst()).or(() -> meaning.of(call))
            : meaning.of(python.get()));
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
        if (about.isPresent() && statement.operator().isEmpty()) {
          given(about.get(), python, start + first.from(), start + to, line);
        }
      }
    }
    return about;
  }

  /** Numbers, or another variable, that a variable is set to. */
  private void given(Meant meant, Optional<Python> python, int from, int to, int line) {
    Optional<Grid> grid = grid(from, to).filter(g -> !g.written());
    if (grid.isPresent()) {
      assertion(meant, grid.get(), List.of(), from, to, line, false);
      return;
    }
    Optional<Meant> other =
        python
            .map(p -> p instanceof Python.Call c && c.arguments().isEmpty() ? c.function() : p)
            .map(
                p -> p instanceof Python.Attribute a && a.name().matches("copy|clone") ? a.of() : p)
            .filter(p -> p instanceof Python.Name)
            .flatMap(meaning::of);
    if (other.isPresent() && !other.get().quantity().equals(meant.quantity())) {
      same(meant.quantity(), other.get().quantity(), text.substring(from, to).strip(), line);
    }
  }

  private void same(Quantity quantity, Quantity other, String right, int line) {
    draft.add(
        new Assertion(
            Subject.of(quantity),
            List.of(),
            other,
            context.answer,
            true,
            "",
            line,
            right,
            null,
            Assertion.Origin.NAME,
            context.stage,
            Working.NONE,
            List.of()));
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
        assertion(about.get(), grid.get(), List.of(), start, to, line, true);
      } else {
        loose(grid.get(), List.of(), start, to, line);
      }
      return;
    }
    subject.ifPresent(s -> context.mention(s.quantity(), true));
    boolean answer = context.answer;
    context.answer |= !alone;
    new LineReader(text, draft, context).read(from, to, line, false);
    context.answer = answer;
    draft.question.append(text, from, to).append('\n');
  }

  /** Reads what code printed. */
  void output(Block block) {
    if (!shown) {
      printed.rewind();
      shown = true;
    }
    output(block.from(), block.to(), block.line());
  }

  private void output(int from, int to, int line) {
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
      if (!starts || isCount(token, wordsFrom)) {
        at++;
        continue;
      }
      try {
        ValueParser.Read read = ValueParser.prefix(text, tokens, at);
        int here =
            line + (int) text.substring(from, token.start()).chars().filter(c -> c == '\n').count();
        value(
            read.grid(), text.substring(wordsFrom, token.start()), token.start(), read.end(), here);
        at = read.next();
        wordsFrom = read.end();
      } catch (Unreadable e) {
        at++;
      }
    }
  }

  /** Whether a number belongs to the words before it, as in head 1. */
  private boolean isCount(Token token, int from) {
    String before =
        text.substring(Math.max(from, text.lastIndexOf('\n', token.start()) + 1), token.start());
    return token.kind() == Token.Kind.NUMBER
        && token.text().matches("\\d{1,2}")
        && before.matches("(?s).*[\\p{L}#]\\s*")
        && !printed.isLabel(before);
  }

  /** A printed value: what it is is told by what was printed, by its label, or by its numbers. */
  private void value(Grid grid, String words, int start, int end, int line) {
    String label =
        words.stripTrailing().replaceAll("(?s).*\\n", "").replaceAll("torch\\.Size$", "");
    Optional<Printed.Slot> slot = printed.behind(label);
    Optional<Meant> spoken = spoken(label);
    Optional<Meant> meant = slot.flatMap(Printed.Slot::meant).or(() -> spoken);
    OptionalInt head =
        Concepts.head(text.substring(text.lastIndexOf('\n', start) + 1, start) + " ");
    if (head.isPresent()) {
      meant =
          meant.map(
              m ->
                  Quantities.isOfHeads(m.quantity()) && !m.quantity().isScalar()
                      ? new Meant(
                          m.quantity().head(head.getAsInt()),
                          m.number(),
                          m.row(),
                          m.transposed(),
                          m.shape())
                      : m);
    }
    if (meant.isEmpty()) {
      loose(grid, List.of(), start, end, line);
      return;
    }
    List<Quantity> hints = spoken.map(Meant::quantity).stream().toList();
    assertion(meant.get(), grid, hints, start, end, line, true);
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

  private void loose(Grid grid, List<Quantity> hints, int from, int to, int line) {
    draft.add(
        new Loose(
            grid.rows(),
            hints,
            "",
            true,
            line,
            text.substring(from, to).strip(),
            context.stage,
            List.of()));
  }

  private void assertion(
      Meant meant, Grid grid, List<Quantity> hints, int from, int to, int line, boolean answer) {
    context.mention(meant.quantity(), true);
    String written = text.substring(from, to).strip();
    if (meant.shape()) {
      shape(meant, grid, line, written);
      return;
    }
    Quantity quantity = AssertionWriter.meant(meant.quantity(), grid);
    String number = meant.number() > 0 ? String.valueOf(meant.number()) : "";
    Subject subject = new Subject(quantity, "", "", number, meant.number() == 0);
    draft.add(
        new Assertion(
            meant.row() > 0 ? subject.withRow(String.valueOf(meant.row())) : subject,
            (meant.transposed() ? grid.transposed() : grid).rows(),
            null,
            answer,
            true,
            "",
            line,
            written,
            null,
            meant.row() > 0 ? Assertion.Origin.WORD : Assertion.Origin.NAME,
            context.stage,
            Working.NONE,
            hints));
  }

  private void shape(Meant meant, Grid grid, int line, String written) {
    List<Numeral> sizes = grid.cells();
    boolean plain =
        sizes.size() == 2
            && sizes.stream().allMatch(n -> n.value().isFinite() && n.value().toDouble() >= 1);
    if (!plain) {
      draft.add(new Claim.Words(line, written));
      return;
    }
    int rows = (int) sizes.get(meant.transposed() ? 1 : 0).value().toDouble();
    int columns = (int) sizes.get(meant.transposed() ? 0 : 1).value().toDouble();
    draft.add(new Claim.Shape(meant.quantity(), rows, columns, line, written));
  }
}
