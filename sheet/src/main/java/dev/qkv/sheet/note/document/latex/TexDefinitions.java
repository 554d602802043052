package dev.qkv.sheet.note.document.latex;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The macros, environments and theorems that a document defines. */
final class TexDefinitions {
  /**
   * A theorem-like environment.
   *
   * @param title its printed name
   * @param counter what counts it; empty if it has no number
   * @param within the counter that starts it afresh; empty if none
   */
  record Theorem(String title, String counter, String within) {}

  private static final Set<String> COMMANDS =
      Set.of(
          "newcommand",
          "renewcommand",
          "providecommand",
          "DeclareRobustCommand",
          "NewDocumentCommand",
          "RenewDocumentCommand",
          "def",
          "gdef",
          "edef",
          "xdef",
          "let",
          "DeclareMathOperator",
          "DeclarePairedDelimiter",
          "newenvironment",
          "renewenvironment",
          "newtheorem",
          "declaretheorem",
          "newtcbtheorem");

  /** What must keep its meaning for a document to be read at all. */
  private static final Set<String> KEPT = Set.of("begin", "end", "item");

  private final Map<String, TexMacro> macros = new HashMap<>();
  private final Map<String, TexMacro.Environment> environments = new HashMap<>();
  private final Map<String, Theorem> theorems = new HashMap<>();

  @Nullable TexMacro macro(String name) {
    return macros.get(name);
  }

  TexMacro.@Nullable Environment environment(String name) {
    return environments.get(name);
  }

  Map<String, Theorem> theorems() {
    return theorems;
  }

  static boolean defines(String command) {
    return COMMANDS.contains(command);
  }

  /**
   * Reads a definition.
   *
   * @param piece where it stands
   * @param tex the same, with its braces paired
   * @param backslash where it starts
   * @return where it ends; {@code backslash} if it is none
   */
  int read(TexPiece piece, TexText tex, int backslash) {
    int i = tex.skip(tex.commandEnd(backslash), "*");
    boolean star = tex.is(i - 1, '*');
    int end =
        switch (tex.command(backslash)) {
          case "let" -> let(piece, tex, i);
          case "def", "gdef", "edef", "xdef" -> plain(piece, tex, i);
          case "DeclareMathOperator" -> operator(tex, i);
          case "DeclarePairedDelimiter" -> delimiters(piece, tex, i);
          case "NewDocumentCommand", "RenewDocumentCommand" -> specified(piece, tex, i);
          case "newenvironment", "renewenvironment" -> newEnvironment(piece, tex, i);
          case "newtheorem" -> newTheorem(tex, i, star);
          case "declaretheorem" -> declaredTheorem(tex, i);
          case "newtcbtheorem" -> boxedTheorem(tex, i);
          default -> command(piece, tex, i);
        };
    return end < 0 ? backslash : end;
  }

  private int command(TexPiece piece, TexText tex, int from) {
    int named = nameEnd(tex, from);
    if (named < 0) {
      return -1;
    }
    int counted = tex.skipOption(named);
    int standing = counted == named ? named : tex.skipOption(counted);
    int end = tex.skipGroup(standing);
    if (end == standing) {
      return -1;
    }
    TexPiece first = standing == counted ? null : inside(piece, tex, counted, standing);
    define(name(tex, from), number(tex, named, counted), first, inside(piece, tex, standing, end));
    return end;
  }

  private int let(TexPiece piece, TexText tex, int from) {
    int named = nameEnd(tex, from);
    if (named < 0) {
      return -1;
    }
    int i = tex.skipBlank(named);
    i = tex.is(i, '=') ? tex.skipBlank(i + 1) : i;
    if (i >= tex.length()) {
      return -1;
    }
    int end = tex.is(i, '\\') ? tex.commandEnd(i) : i + 1;
    TexMacro same = tex.is(i, '\\') ? macros.get(tex.command(i)) : null;
    String name = name(tex, from);
    if (same == null) {
      define(name, 0, null, piece.slice(i, end));
    } else {
      define(name, same.arguments(), same.standing(), same.body());
    }
    return end;
  }

  private int plain(TexPiece piece, TexText tex, int from) {
    int named = nameEnd(tex, from);
    int open = named;
    int arguments = 0;
    while (open >= 0 && open + 1 < tex.length() && tex.is(open, '#') && arguments < 9) {
      arguments++;
      open += 2;
    }
    int end = open < 0 ? open : tex.skipGroup(open);
    if (open < 0 || end == open) {
      return -1;
    }
    define(name(tex, from), arguments, null, inside(piece, tex, open, end));
    return end;
  }

  private int operator(TexText tex, int from) {
    int named = nameEnd(tex, from);
    if (named < 0) {
      return -1;
    }
    int end = tex.skipGroup(named);
    String name = name(tex, from);
    define(name, 0, null, TexPiece.written("\\operatorname{" + tex.group(named) + "}"));
    return end;
  }

  private int delimiters(TexPiece piece, TexText tex, int from) {
    int named = nameEnd(tex, from);
    if (named < 0) {
      return -1;
    }
    int left = tex.skipGroup(named);
    int right = tex.skipGroup(left);
    TexPiece open = inside(piece, tex, named, left);
    TexPiece close = inside(piece, tex, left, right);
    TexPiece body =
        TexPiece.filled(
            TexPiece.written("#1#2#3"),
            List.of(open, TexPiece.written("#1"), close),
            false,
            Integer.MAX_VALUE);
    if (body != null) {
      define(name(tex, from), 1, null, body);
    }
    return right;
  }

  /** Commands of xparse whose arguments are required, but for the first. */
  private int specified(TexPiece piece, TexText tex, int from) {
    int named = nameEnd(tex, from);
    if (named < 0) {
      return -1;
    }
    int specification = tex.skipGroup(named);
    int end = tex.skipGroup(specification);
    String kinds = tex.group(named).replace(" ", "");
    String required = kinds.startsWith("O{") ? kinds.substring(kinds.indexOf('}') + 1) : kinds;
    if (required.chars().allMatch(c -> c == 'm')) {
      TexPiece first =
          kinds.equals(required)
              ? null
              : TexPiece.written(kinds.substring(2, Math.max(2, kinds.indexOf('}'))));
      int arguments = required.length() + (first == null ? 0 : 1);
      define(name(tex, from), arguments, first, inside(piece, tex, specification, end));
    }
    return end;
  }

  private int newEnvironment(TexPiece piece, TexText tex, int from) {
    int named = tex.skipGroup(from);
    int counted = tex.skipOption(named);
    int standing = counted == named ? named : tex.skipOption(counted);
    int begin = tex.skipGroup(standing);
    int end = tex.skipGroup(begin);
    if (named == from || begin == standing || end == begin) {
      return -1;
    }
    TexPiece first = standing == counted ? null : inside(piece, tex, counted, standing);
    TexPiece body = inside(piece, tex, standing, begin);
    environments.put(
        tex.group(from),
        new TexMacro.Environment(
            new TexMacro(number(tex, named, counted), first, body),
            inside(piece, tex, begin, end)));
    return end;
  }

  private int newTheorem(TexText tex, int from, boolean star) {
    int named = tex.skipGroup(from);
    int shared = tex.skipOption(named);
    int titled = tex.skipGroup(shared);
    int end = tex.skipOption(titled);
    if (named == from || titled == shared) {
      return -1;
    }
    String name = tex.group(from);
    String counter = star ? "" : shared == named ? name : option(tex, named, shared);
    theorems.put(name, new Theorem(tex.group(shared), counter, option(tex, titled, end)));
    return end;
  }

  private int declaredTheorem(TexText tex, int from) {
    int options = tex.skipOption(from);
    int named = tex.skipGroup(options);
    int end = tex.skipOption(named);
    if (named == options) {
      return -1;
    }
    TexOptions given = TexOptions.of(option(tex, from, options) + "," + option(tex, named, end));
    String name = tex.group(options);
    String title = given.value("name", given.value("title", name));
    boolean counted = !given.value("numbered", "yes").equals("no");
    theorems.put(name, new Theorem(title, counted ? name : "", ""));
    return end;
  }

  private int boxedTheorem(TexText tex, int from) {
    int options = tex.skipOption(from);
    int named = tex.skipGroup(options);
    int titled = tex.skipGroup(named);
    if (titled == named) {
      return -1;
    }
    String name = tex.group(options);
    theorems.put(name, new Theorem(tex.group(named), name, ""));
    return tex.skip(titled, "mm");
  }

  private void define(String name, int arguments, @Nullable TexPiece first, TexPiece body) {
    if (!KEPT.contains(name) && !name.isEmpty()) {
      macros.put(name, new TexMacro(arguments, first, body));
    }
  }

  /** Where the name of what is defined ends, in braces or not; −1 if there is none. */
  private static int nameEnd(TexText tex, int from) {
    int i = tex.skipBlank(from);
    return tex.is(i, '\\') ? tex.commandEnd(i) : tex.close(i) < 0 ? -1 : tex.close(i) + 1;
  }

  private static String name(TexText tex, int from) {
    int i = tex.skipBlank(from);
    String group = tex.group(i);
    return tex.is(i, '\\') ? tex.command(i) : group.startsWith("\\") ? group.substring(1) : "";
  }

  private static String option(TexText tex, int from, int to) {
    return from == to ? "" : tex.text().substring(tex.skipBlank(from) + 1, to - 1).strip();
  }

  private static int number(TexText tex, int from, int to) {
    String written = option(tex, from, to);
    return written.length() == 1 && Character.isDigit(written.charAt(0))
        ? written.charAt(0) - '0'
        : 0;
  }

  /** What an argument holds, without its braces or brackets. */
  private static TexPiece inside(TexPiece piece, TexText tex, int from, int to) {
    int open = tex.skipBlank(from);
    return to <= open + 1 ? TexPiece.EMPTY : piece.slice(open + 1, to - 1);
  }
}
