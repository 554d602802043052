package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Working;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads NumPy and PyTorch: what variables are set to, and what is printed of them. */
final class CodeReader {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*(?::\\s*[\\w.]+\\s*)?=(?!=)\\s*(.+)", Pattern.DOTALL);
  private static final Pattern PRINT =
      Pattern.compile("\\s*print\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
  private static final Pattern BARE =
      Pattern.compile("\\s*([A-Za-z_]\\w*)(?:\\.(?:round|numpy|detach|tolist)\\(.*\\))?\\s*");
  private static final Pattern CALL =
      Pattern.compile("\\s*(?:np\\.)?(?:round|around)\\(\\s*([A-Za-z_]\\w*).*", Pattern.DOTALL);
  private static final Pattern MASK = Pattern.compile("triu|tril|\\bcausal|is_causal\\s*=\\s*True");
  private static final Pattern ARGUMENT =
      Pattern.compile(
          "(?:np\\.|torch\\.)?(?:round\\(|around\\()?\\s*([A-Za-z_]\\w*)(?:\\.T)?.*",
          Pattern.DOTALL);

  private final String text;
  private final Draft draft;
  private final Context context;
  private final Map<String, Quantity> variables;

  /** What the last statement was about. */
  private @Nullable Quantity last;

  private final Deque<Quantity> printed = new ArrayDeque<>();

  CodeReader(String text, Draft draft, Context context, Map<String, Quantity> variables) {
    this.text = text;
    this.draft = draft;
    this.context = context;
    this.variables = variables;
  }

  /** Reads source code with its prompts and comments. */
  void code(Block block) {
    printed.clear();
    int from = block.from();
    int line = block.line();
    while (from < block.to()) {
      int to = end(from, block.to());
      statement(from, to, line);
      line +=
          (int)
              text.substring(from, Math.min(block.to(), to + 1))
                  .chars()
                  .filter(c -> c == '\n')
                  .count();
      from = to + 1;
    }
  }

  /** Where the statement that starts at a place ends: brackets may go on over lines. */
  private int end(int from, int limit) {
    int depth = 0;
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (c == '#' && depth == 0) {
        return commentEnd(i, limit);
      }
      if (c == '\n' && depth <= 0) {
        return i;
      }
    }
    return limit;
  }

  /** Where a comment ends: numbers that it prints may go on over lines. */
  private int commentEnd(int from, int limit) {
    int stop = text.indexOf('\n', from);
    int open = 0;
    int at = from;
    while (stop >= 0 && stop < limit) {
      for (; at < stop; at++) {
        open += text.charAt(at) == '[' ? 1 : text.charAt(at) == ']' ? -1 : 0;
      }
      int next = stop + 1;
      while (next < limit && text.charAt(next) == ' ') {
        next++;
      }
      if (open <= 0 || next >= limit || text.charAt(next) != '#') {
        return stop;
      }
      stop = text.indexOf('\n', next);
    }
    return limit;
  }

  private void statement(int from, int to, int line) {
    int start = from;
    String words = text.substring(from, to);
    Matcher prompt =
        Pattern.compile("^\\s*(?:>>>|\\.\\.\\.|In \\[\\d+\\]:|Out\\[\\d+\\]:)\\s?").matcher(words);
    if (prompt.find()) {
      start += prompt.end();
      words = text.substring(start, to);
    }
    int hash = comment(words);
    String code = hash < 0 ? words : words.substring(0, hash);
    Quantity subject = code.isBlank() ? null : run(code, start, line);
    last = subject != null ? subject : last;
    if (hash >= 0) {
      comment(start + hash + 1, to, line, subject, code.isBlank());
    } else if (subject == null && !code.isBlank() && !printed.isEmpty()) {
      output(start, to, line);
    }
  }

  private static int comment(String words) {
    boolean quoted = false;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      quoted ^= c == '"' || c == '\'';
      if (c == '#' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private void comment(int from, int to, int line, @Nullable Quantity subject, boolean alone) {
    Grid grid = grid(from, to);
    Quantity about = subject != null ? subject : printed.isEmpty() ? last : printed.poll();
    if (grid != null && about != null) {
      assertion(about, grid, from, to, line, true);
      return;
    }
    if (subject != null) {
      context.mention(subject, true);
    }
    boolean answer = context.answer;
    context.answer |= !alone;
    new LineReader(text, draft, context).read(from, to, line, false);
    context.answer = answer;
    draft.question.append(text, from, to).append('\n');
  }

  /** Runs a statement in mind; the quantity that it is about. */
  private @Nullable Quantity run(String code, int start, int line) {
    if (MASK.matcher(code).find()) {
      draft.said.add(new Draft.Chosen(new ChoiceGrammar.Causal(true, code.strip()), context.stage));
    }
    Matcher print = PRINT.matcher(code);
    if (print.matches()) {
      return print(print.group(1));
    }
    Matcher assignment = ASSIGNMENT.matcher(code);
    if (assignment.matches()) {
      return assign(
          assignment.group(1),
          start + assignment.start(2),
          start + code.stripTrailing().length(),
          line);
    }
    Matcher bare = BARE.matcher(code);
    Matcher call = CALL.matcher(code);
    if (bare.matches() || call.matches()) {
      Quantity known = variable(bare.matches() ? bare.group(1) : call.group(1));
      if (known != null) {
        printed.add(known);
      }
      return known;
    }
    return shown(code);
  }

  /** What an expression that is evaluated for its own sake shows. */
  private @Nullable Quantity shown(String code) {
    String plain =
        code.strip().replaceAll("\\.(?:round|numpy|detach|tolist)\\([^()]*\\)$", "").strip();
    boolean wrapped =
        plain.startsWith("(") && plain.endsWith(")") && plain.indexOf(')') == plain.length() - 1;
    String inner = wrapped ? plain.substring(1, plain.length() - 1) : plain;
    Quantity known = inner.matches("(?s).*[@(].*") ? formula("", inner) : null;
    if (known != null) {
      printed.add(known);
    }
    return known;
  }

  private @Nullable Quantity print(String arguments) {
    Quantity last = null;
    for (String argument : arguments.split(",(?![^(\\[]*[)\\]])")) {
      String plain = argument.strip();
      Matcher name = ARGUMENT.matcher(plain);
      if (!plain.startsWith("\"")
          && !plain.startsWith("'")
          && !plain.startsWith("f\"")
          && name.matches()) {
        Quantity known = variable(name.group(1));
        if (known != null) {
          printed.add(known);
          last = known;
        }
      }
    }
    return last;
  }

  private @Nullable Quantity variable(String name) {
    Quantity known = variables.get(name);
    return known != null
        ? known
        : Names.reference(name).map(Reference::asHead).map(Reference::quantity).orElse(null);
  }

  private @Nullable Quantity assign(String name, int from, int to, int line) {
    String right = text.substring(from, Math.max(from, to));
    Quantity quantity = formula(name, right);
    Grid grid = grid(from, to);
    if (quantity != null) {
      variables.put(name, quantity);
      if (grid != null && !grid.written()) {
        assertion(quantity, grid, from, to, line, context.answer);
      } else if (right.matches("[A-Za-z_]\\w*(?:\\.copy\\(\\)|\\.clone\\(\\))?")
          && variable(right.replaceAll("\\..*", "")) != null) {
        same(quantity, right, line);
      }
    }
    return quantity;
  }

  private void same(Quantity quantity, String right, int line) {
    Quantity other = variable(right.replaceAll("\\..*", ""));
    if (other != null && !other.equals(quantity)) {
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
              List.of(),
              context.block));
    }
  }

  /** What a variable is, by what it is computed from or else by its name. */
  private @Nullable Quantity formula(String name, String right) {
    String plain = right.replaceAll("\\s+", "").replaceAll("\\.round\\(\\d*\\)$", "");
    if (plain.matches("(?s).*(?:softmax\\(.*\\)|A|a|attn|weights|w)@(?:V|v|values?)")) {
      return Quantities.Z;
    }
    if (plain.contains("softmax(") || (plain.contains("exp(") && plain.contains("/"))) {
      return Quantities.A;
    }
    Matcher product =
        Pattern.compile(
                "\\(?([A-Za-z_]\\w*)@([A-Za-z_]\\w*)(\\.T|\\.transpose\\(.*\\)|\\.t\\(\\))?\\)?(.*)")
            .matcher(plain);
    if (product.matches()) {
      Quantity left = variable(product.group(1));
      Quantity other = variable(product.group(2));
      if (left != null && other != null) {
        boolean crossed = left.sameConcept(Quantities.K) && other.sameConcept(Quantities.Q);
        if (crossed || (left.sameConcept(Quantities.Q) && other.sameConcept(Quantities.K))) {
          boolean scaled = product.group(4).startsWith("/") || product.group(4).startsWith("*");
          return scaled ? Quantities.S : Quantities.DOT;
        }
        if (left.sameConcept(Quantities.A) && other.sameConcept(Quantities.V)) {
          return Quantities.Z;
        }
      }
    }
    Matcher scaled = Pattern.compile("([A-Za-z_]\\w*)/(?:np|math|torch)?\\.?sqrt.*").matcher(plain);
    if (scaled.matches() && Quantities.DOT.equals(variable(scaled.group(1)))) {
      return Quantities.S;
    }
    Optional<Reference> reference = Names.reference(name);
    return reference.map(Reference::asHead).map(Reference::quantity).orElse(null);
  }

  /** Reads what code printed. */
  void output(Block block) {
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
              || token.kind() == Token.Kind.NUMBER
              || token.is("-")
              || token.isWord("array")
              || token.isWord("tensor");
      if (starts) {
        try {
          ValueParser.Read read = ValueParser.prefix(text, tokens, at);
          printedValue(read.grid(), wordsFrom, token.start(), read.end(), line);
          at = read.next();
          wordsFrom = read.end();
          continue;
        } catch (Unreadable e) {
          at++;
          continue;
        }
      }
      at++;
    }
  }

  private void printedValue(Grid grid, int wordsFrom, int start, int end, int line) {
    String before = text.substring(wordsFrom, start);
    Quantity quantity = null;
    String word = before.replaceAll(".*\\n", "").replaceAll("[=:：\\s]+$", "").strip();
    if (!word.isEmpty()) {
      quantity = variables.get(word);
      if (quantity == null) {
        quantity =
            Names.reference(word)
                .map(Reference::asHead)
                .map(Reference::quantity)
                .or(() -> Concepts.last(word).map(Concepts.Mention::quantity))
                .orElse(null);
      }
      printed.poll();
    } else if (!printed.isEmpty()) {
      quantity = printed.poll();
    }
    if (quantity != null) {
      int at =
          line
              + (int)
                  text.substring(Math.min(wordsFrom, start), start)
                      .chars()
                      .filter(c -> c == '\n')
                      .count();
      assertion(quantity, grid, start, end, at, true);
    }
  }

  private @Nullable Grid grid(int from, int to) {
    if (text.substring(from, to).isBlank()) {
      return null;
    }
    try {
      ValueParser.Read read = ValueParser.prefix(text, Tokens.of(text, from, to), 0);
      String rest = text.substring(read.end(), to).strip();
      return rest.isEmpty() || rest.startsWith(".") || rest.startsWith(";") ? read.grid() : null;
    } catch (Unreadable e) {
      return null;
    }
  }

  private void assertion(Quantity quantity, Grid grid, int from, int to, int line, boolean answer) {
    context.mention(quantity, true);
    Quantity meant = LineReader.meant(quantity, grid);
    draft.add(
        new Assertion(
            Subject.of(meant),
            new ArrayList<>(grid.rows()),
            null,
            answer,
            true,
            "",
            line,
            text.substring(from, to).strip(),
            null,
            Assertion.Origin.NAME,
            context.stage,
            Working.NONE,
            List.of(),
            context.block));
  }
}
