package dev.qkv.sheet.note.document.html;

import dev.qkv.sheet.note.document.text.Page;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** MathML as TeX. Parsers bound how deep its elements are nested. */
final class MathMl {
  private static final Map<String, String> ENVIRONMENTS =
      Map.of("[", "bmatrix", "(", "pmatrix", "|", "vmatrix", "‖", "Vmatrix", "{", "cases");

  private static final Map<String, String> ACCENTS =
      Map.ofEntries(
          Map.entry("¯", "bar"),
          Map.entry("‾", "bar"),
          Map.entry("―", "bar"),
          Map.entry("^", "hat"),
          Map.entry("ˆ", "hat"),
          Map.entry("~", "tilde"),
          Map.entry("˜", "tilde"),
          Map.entry("→", "vec"),
          Map.entry("⃗", "vec"),
          Map.entry("˙", "dot"));

  private static final Set<String> BRACES = Set.of("⏟", "⏞", "︸", "︷");
  private static final String RELATIONS = "=≈<>≤≥→⇒∈≡≠←";

  private final Page page;
  private final HtmlText text;
  private boolean afterName;

  MathMl(Page page, HtmlText text) {
    this.page = page;
    this.text = text;
  }

  void write(Element math) {
    afterName = false;
    children(math, 0);
  }

  private void children(Element parent, int first) {
    List<Element> children = parent.children();
    for (int i = first; i < children.size(); i++) {
      Element child = children.get(i);
      Element next = i + 1 < children.size() ? children.get(i + 1) : null;
      Element table = next == null ? null : table(next);
      String environment = fence(child, true);
      if (table != null && environment != null) {
        boolean closed = i + 2 < children.size() && fence(children.get(i + 2), false) != null;
        matrix(table, environment);
        i += closed ? 2 : 1;
      } else {
        element(child);
      }
    }
  }

  private void element(Element element) {
    switch (element.normalName()) {
      case "mn" -> token(element, true);
      case "mi" -> name(element);
      case "mo" -> operator(element);
      case "mtext", "ms" -> text(element);
      case "mspace" -> page.space();
      case "mfrac" -> fraction(element);
      case "msqrt" -> wrapped("\\sqrt{", element, "}");
      case "mroot" -> root(element);
      case "msub" -> scripts(element, "_", "");
      case "msup" -> scripts(element, "^", "");
      case "msubsup", "munderover" -> scripts(element, "_", "^");
      case "munder" -> over(element, "_");
      case "mover" -> over(element, "^");
      case "mfenced" -> fenced(element);
      case "mtable" -> bare(element);
      case "semantics", "maction" -> first(element);
      case "annotation", "annotation-xml", "mphantom", "none", "mprescripts" -> {}
      default -> children(element, 0);
    }
  }

  private void first(Element element) {
    if (element.childrenSize() > 0) {
      element(element.child(0));
    }
  }

  private void insert(String tex, Element origin) {
    page.insert(tex, Math.max(0, origin.sourceRange().startPos()));
    afterName = false;
  }

  /** Copies a token's characters; two names or numbers beside each other stay two. */
  private void token(Element token, boolean name) {
    if (name && afterName) {
      page.space();
    }
    for (Node child : token.childNodes()) {
      if (child instanceof TextNode words && !words.isBlank()) {
        text.words(words);
      }
    }
    afterName = name;
  }

  private void name(Element token) {
    String shown = token.text();
    int letters = shown.codePointCount(0, shown.length());
    if (letters > 1) {
      insert(afterName ? " \\mathrm{" : "\\mathrm{", token);
      page.hold();
      token(token, false);
      page.tight("}");
      afterName = false;
    } else if (!shown.isEmpty() && Character.isSurrogate(shown.charAt(0))) {
      // Letters that are bold or slanted by themselves are plain in TeX.
      if (afterName) {
        page.space();
      }
      insert(Normalizer.normalize(shown, Normalizer.Form.NFKC), token);
      afterName = true;
    } else {
      token(token, true);
    }
  }

  private void operator(Element token) {
    String shown = token.text();
    if (shown.equals("{") || shown.equals("}") || shown.equals("%")) {
      insert("\\" + shown, token);
    } else if (shown.length() > 1 && Character.isLetter(shown.charAt(0))) {
      name(token);
    } else {
      boolean relation = !shown.isEmpty() && RELATIONS.indexOf(shown.charAt(0)) >= 0;
      if (relation) {
        page.space();
      }
      token(token, false);
      if (relation || shown.equals(",") || shown.equals(";")) {
        page.space();
      }
    }
  }

  private void text(Element token) {
    if (token.text().isBlank()) {
      page.space();
      return;
    }
    insert("\\text{", token);
    token(token, false);
    page.insert("}", Math.max(0, token.sourceRange().startPos()));
    afterName = false;
  }

  private void wrapped(String before, Element element, String behind) {
    insert(before, element);
    page.hold();
    children(element, 0);
    page.tight(behind);
    afterName = false;
  }

  /** One argument of an element, in braces. */
  private void argument(Element element, int index, String before, String behind) {
    insert(before, element);
    page.hold();
    if (index < element.childrenSize()) {
      element(element.child(index));
    }
    page.tight(behind);
    afterName = false;
  }

  private void fraction(Element element) {
    boolean line = !element.attr("linethickness").startsWith("0");
    argument(element, 0, line ? "\\frac{" : "\\binom{", "}");
    argument(element, 1, "{", "}");
  }

  private void root(Element element) {
    argument(element, 1, "\\sqrt[", "]");
    argument(element, 0, "{", "}");
  }

  private void base(Element element) {
    Element base = element.childrenSize() == 0 ? null : element.child(0);
    if (base == null) {
      return;
    }
    boolean simple = base.childrenSize() == 0 || table(base) != null || base.nameIs("mfenced");
    if (simple) {
      element(base);
    } else if (base.nameIs("mrow") && fence(base.child(0), true) != null) {
      children(base, 0);
    } else {
      argument(element, 0, "{", "}");
    }
  }

  private void scripts(Element element, String first, String second) {
    base(element);
    if (element.childrenSize() > 1) {
      argument(element, 1, first + "{", "}");
    }
    if (!second.isEmpty() && element.childrenSize() > 2) {
      argument(element, 2, second + "{", "}");
    }
  }

  /** Accents, and what stands over or under: braces there explain a part and are left out. */
  private void over(Element element, String script) {
    Element mark = element.childrenSize() > 1 ? element.child(1) : null;
    Element base = element.childrenSize() > 0 ? element.child(0) : null;
    String shown = mark == null ? "" : mark.text();
    String accent = mark != null && mark.nameIs("mo") ? ACCENTS.get(shown) : null;
    if (accent != null) {
      argument(element, 0, "\\" + accent + "{", "}");
    } else if (BRACES.contains(shown)) {
      first(element);
    } else if (base != null && base.childrenSize() > 1 && BRACES.contains(base.child(1).text())) {
      first(element);
      if (shown.chars().anyMatch(Character::isDigit)) {
        argument(element, 1, "\\quad (", ")");
      }
    } else {
      scripts(element, script, "");
    }
  }

  private void fenced(Element element) {
    String open = element.hasAttr("open") ? element.attr("open") : "(";
    String close = element.hasAttr("close") ? element.attr("close") : ")";
    String separator = element.hasAttr("separators") ? element.attr("separators").strip() : ",";
    List<Element> children = element.children();
    String environment = ENVIRONMENTS.get(open);
    Element table = children.size() == 1 ? table(children.get(0)) : null;
    if (table != null && environment != null) {
      matrix(table, environment);
      return;
    }
    insert(open.equals("{") ? "\\{" : open, element);
    for (int i = 0; i < children.size(); i++) {
      if (i > 0 && !separator.isEmpty()) {
        insert(separator.substring(0, 1) + " ", element);
      }
      element(children.get(i));
    }
    insert(close.equals("}") ? "\\}" : close, element);
  }

  /** The environment that a fence makes of the table beside it; null if it is no fence. */
  private static @Nullable String fence(Element element, boolean opens) {
    if (!element.nameIs("mo")) {
      return null;
    }
    String shown = element.text();
    return opens ? ENVIRONMENTS.get(shown) : "])|‖}".contains(shown) ? shown : null;
  }

  /** The table that an element is, alone in its rows or not in any; null if it is none. */
  private static @Nullable Element table(Element element) {
    Element inner = element;
    while (inner.childrenSize() == 1
        && (inner.nameIs("mrow") || inner.nameIs("mstyle") || inner.nameIs("mpadded"))) {
      inner = inner.child(0);
    }
    return inner.nameIs("mtable") ? inner : null;
  }

  private void matrix(Element table, String environment) {
    insert("\\begin{" + environment + "} ", table);
    page.hold();
    boolean firstRow = true;
    for (Element row : table.children()) {
      if (!firstRow) {
        insert(" \\\\ ", row);
        page.hold();
      }
      firstRow = false;
      int start = row.nameIs("mlabeledtr") ? 1 : 0;
      for (int i = start; i < row.childrenSize(); i++) {
        if (i > start) {
          insert(" & ", row.child(i));
          page.hold();
        }
        afterName = false;
        children(row.child(i), 0);
      }
    }
    insert(" \\end{" + environment + "}", table);
  }

  /** A table without fences: formulas one under the other if they line up, or else a matrix. */
  private void bare(Element table) {
    boolean lines = table.children().stream().anyMatch(MathMl::linesUp);
    if (!lines) {
      matrix(table, "matrix");
      return;
    }
    boolean first = true;
    for (Element row : table.children()) {
      int start = row.nameIs("mlabeledtr") ? 1 : 0;
      boolean goesOn = row.childrenSize() > start && row.child(start).text().isBlank();
      int origin = Math.max(0, row.sourceRange().startPos());
      if (!first && !goesOn) {
        page.tight("$");
        page.line();
        page.insert("$", origin);
        page.hold();
      }
      first = false;
      for (int i = start; i < row.childrenSize(); i++) {
        children(row.child(i), 0);
        page.space();
      }
    }
  }

  private static boolean linesUp(Element row) {
    return row.childrenSize() > 1
        && row.child(row.childrenSize() - 1).text().strip().startsWith("=");
  }
}
