package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The body of a LaTeX source with its macros expanded, without comments and definitions. What is
 * printed verbatim stays as it is. Macros that would grow without bounds are left as they are.
 */
final class TexExpansion {
  /** Environments whose content is no TeX. */
  static final Set<String> VERBATIM =
      Set.of("verbatim", "verbatim*", "Verbatim", "BVerbatim", "lstlisting", "minted", "alltt");

  private static final Set<String> HIDDEN = Set.of("comment", "filecontents", "filecontents*");

  /** Commands of the preamble that are printed or count later. */
  private static final Set<String> CARRIED =
      Set.of("title", "setcounter", "addtocounter", "newcounter");

  private static final int DEEPEST = 30;

  /** How much all expansions may write. */
  private static final int LONGEST = 2_000_000;

  /** What an expansion costs beside its characters. */
  private static final int COST = 16;

  private static final class Frame {
    final TexPiece piece;
    final TexText tex;
    int position;
    boolean withoutFi;

    Frame(TexPiece piece, boolean comments) {
      this.piece = piece;
      this.tex = new TexText(piece.text(), comments);
    }

    boolean done() {
      return position >= tex.length();
    }
  }

  private final String source;
  private final TexDefinitions definitions = new TexDefinitions();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final List<TexPiece> carried = new ArrayList<>();
  private Traced.Builder out;
  private boolean begun;
  private int spent;
  private int lastEnd;

  private TexExpansion(String source) {
    this.source = source;
    this.out = new Traced.Builder(source);
  }

  /**
   * An expanded source.
   *
   * @param text its body
   * @param theorems the theorem-like environments that it defines
   */
  record Expanded(Traced text, Map<String, TexDefinitions.Theorem> theorems) {}

  static Expanded of(String source) {
    TexExpansion expansion = new TexExpansion(source);
    expansion.run();
    return new Expanded(expansion.out.build(), expansion.definitions.theorems());
  }

  private void run() {
    int[] all = new int[source.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    frames.push(new Frame(new TexPiece(source, all), true));
    while (!frames.isEmpty()) {
      Frame frame = frames.peek();
      if (frame.done()) {
        frames.pop();
        continue;
      }
      switch (source(frame)) {
        case '\\' -> command(frame);
        case '%' -> comment(frame);
        default -> plain(frame);
      }
    }
  }

  private static char source(Frame frame) {
    return frame.tex.text().charAt(frame.position);
  }

  private void plain(Frame frame) {
    int end = frame.position;
    String text = frame.tex.text();
    while (end < text.length() && text.charAt(end) != '\\' && text.charAt(end) != '%') {
      end++;
    }
    write(frame, end);
  }

  /** A comment takes its line's end with it, unless a space stands before it. */
  private static void comment(Frame frame) {
    String text = frame.tex.text();
    int start = frame.position;
    int end = text.indexOf('\n', start);
    if (end < 0) {
      frame.position = text.length();
      return;
    }
    int before = start;
    while (before > 0 && (text.charAt(before - 1) == ' ' || text.charAt(before - 1) == '\t')) {
      before--;
    }
    boolean alone = before == 0 || text.charAt(before - 1) == '\n';
    frame.position = alone || before == start ? end + 1 : end;
  }

  private void command(Frame frame) {
    TexText tex = frame.tex;
    int start = frame.position;
    int end = tex.commandEnd(start);
    String name = tex.command(start);
    TexMacro macro = definitions.macro(name);
    if (name.equals("begin")) {
      begin(frame, end);
    } else if (name.equals("end")) {
      end(frame, end);
    } else if (name.equals("verb") || name.equals("lstinline") || name.equals("mintinline")) {
      write(frame, Verbatim.end(tex, start));
    } else if (name.equals("iffalse") && !frame.withoutFi) {
      skipFalse(frame, end);
    } else if (macro != null) {
      if (!expand(frame, end, macro)) {
        write(frame, end);
      }
    } else if (TexDefinitions.defines(name)) {
      define(frame, start, end);
    } else {
      if (!begun && CARRIED.contains(name)) {
        carried.add(frame.piece.slice(start, tex.skip(end, "mm")));
      }
      write(frame, end);
    }
  }

  private void define(Frame frame, int start, int end) {
    int behind = definitions.read(frame.piece, frame.tex, start);
    if (behind == start) {
      write(frame, end);
    } else if (frame.tex.text().substring(start, behind).contains("labelenum")) {
      carried.add(frame.piece.slice(start, behind));
      write(frame, behind);
    } else {
      frame.position = behind;
    }
  }

  private void begin(Frame frame, int nameAt) {
    TexText tex = frame.tex;
    String name = tex.group(nameAt);
    int end = tex.skipGroup(nameAt);
    TexMacro.Environment defined = definitions.environment(name);
    if (name.equals("document")) {
      frame.position = end;
      out = new Traced.Builder(source);
      begun = true;
      for (TexPiece piece : carried.reversed()) {
        frames.push(new Frame(piece, false));
      }
      carried.clear();
    } else if (VERBATIM.contains(name) || HIDDEN.contains(name)) {
      int close = tex.text().indexOf("\\end{" + name + "}", end);
      int behind = close < 0 ? tex.length() : close + "\\end{}".length() + name.length();
      if (HIDDEN.contains(name)) {
        frame.position = behind;
      } else {
        write(frame, behind);
      }
    } else if (defined == null
        || !saysItself(name, defined)
        || !expand(frame, end, defined.begin())) {
      write(frame, end);
    }
  }

  private void end(Frame frame, int nameAt) {
    String name = frame.tex.group(nameAt);
    int end = frame.tex.skipGroup(nameAt);
    TexMacro.Environment defined = definitions.environment(name);
    if (name.equals("document")) {
      frames.clear();
    } else if (defined == null
        || !saysItself(name, defined)
        || !expand(frame, end, new TexMacro(0, null, defined.end()))) {
      write(frame, end);
    }
  }

  /** A solution's frame that does not print the word is better read by its name. */
  private static boolean saysItself(String name, TexMacro.Environment defined) {
    String title = Headword.of(name).title().toLowerCase(Locale.ROOT);
    return title.isEmpty()
        || defined.begin().body().text().toLowerCase(Locale.ROOT).contains(title);
  }

  /** Puts in what a macro stands for; false if that would lead too far. */
  private boolean expand(Frame frame, int from, TexMacro macro) {
    if (frames.size() > DEEPEST || spent > LONGEST) {
      return false;
    }
    TexText tex = frame.tex;
    List<TexPiece> arguments = new ArrayList<>();
    int i = from;
    if (macro.standing() != null && macro.arguments() > 0) {
      int behind = tex.skipOption(i);
      arguments.add(
          behind == i ? macro.standing() : frame.piece.slice(tex.skipBlank(i) + 1, behind - 1));
      i = behind;
    }
    while (arguments.size() < macro.arguments()) {
      int open = tex.skipBlank(i);
      int close = tex.close(open);
      int end =
          close >= 0
              ? close + 1
              : open >= tex.length() ? open : tex.is(open, '\\') ? tex.commandEnd(open) : open + 1;
      arguments.add(close >= 0 ? frame.piece.slice(open + 1, close) : frame.piece.slice(open, end));
      i = end;
    }
    boolean letterFollows = i < tex.length() && TexText.letter(tex.text().charAt(i));
    TexPiece filled = TexPiece.filled(macro.body(), arguments, letterFollows, LONGEST - spent);
    if (filled == null) {
      return false;
    }
    spent += filled.text().length() + COST;
    frame.position = i;
    if (frame.done()) {
      frames.pop();
    }
    frames.push(new Frame(filled, true));
    return true;
  }

  /** What stands between {@code \iffalse} and its {@code \else} or {@code \fi} is never printed. */
  private static void skipFalse(Frame frame, int from) {
    TexText tex = frame.tex;
    int depth = 0;
    for (int i = tex.text().indexOf('\\', from); i >= 0; i = tex.text().indexOf('\\', i)) {
      String name = tex.command(i);
      i = tex.commandEnd(i);
      if (depth == 0 && (name.equals("fi") || name.equals("else"))) {
        frame.position = i;
        return;
      }
      depth += name.equals("fi") ? -1 : name.startsWith("if") && !name.equals("iff") ? 1 : 0;
    }
    frame.withoutFi = true;
    frame.position = from;
  }

  /** Appends the frame's characters up to a place. */
  private void write(Frame frame, int to) {
    int[] origins = frame.piece.origins();
    int start = frame.position;
    for (int i = start; i < to; i++) {
      if (origins[i] < 0) {
        out.insert(frame.piece.text().substring(i, i + 1), lastEnd);
        start = i + 1;
      } else {
        lastEnd = origins[i] + 1;
        if (i + 1 == to || origins[i + 1] != lastEnd) {
          out.copy(origins[start], lastEnd);
          start = i + 1;
        }
      }
    }
    frame.position = to;
  }
}
