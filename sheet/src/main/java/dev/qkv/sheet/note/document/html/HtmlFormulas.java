package dev.qkv.sheet.note.document.html;

import dev.qkv.sheet.note.document.text.Page;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Formulas of a page: the TeX that KaTeX and MathJax keep beside their glyphs, MathML, and pictures
 * that carry their TeX.
 */
final class HtmlFormulas {
  private static final String TEX = "annotation[encoding=application/x-tex]";

  private final Page page;
  private final HtmlText text;
  private final MathMl mathMl;

  private int depth;

  /** Below an element at this depth there is no MathML: nobody need look again. */
  private int withoutMath = Integer.MAX_VALUE;

  HtmlFormulas(Page page, HtmlText text) {
    this.page = page;
    this.text = text;
    this.mathMl = new MathMl(page, text);
  }

  /**
   * Writes the formula that an element is.
   *
   * @param depth how deep it lies
   * @return false, and nothing is written, if it is none
   */
  boolean write(Element element, int depth, int origin) {
    this.depth = depth;
    if (depth <= withoutMath) {
      withoutMath = Integer.MAX_VALUE;
    }
    return switch (element.normalName()) {
      case "math" -> math(element, element.attr("display").equals("block"), origin);
      case "script" -> script(element, origin);
      case "img" -> picture(element, origin);
      case "mjx-container" -> within(element, element.attr("display").equals("true"), origin);
      default -> {
        if (element.hasAttr("data-tex")) {
          yield attribute(element, "data-tex", origin);
        }
        yield element.className().isEmpty() ? false : classed(element, origin);
      }
    };
  }

  private boolean classed(Element element, int origin) {
    if (element.hasClass("katex-display")) {
      return within(element, true, origin);
    }
    if (element.hasClass("katex")) {
      return within(element, false, origin);
    }
    boolean display = element.hasClass("MathJax_Display");
    if (display || element.hasClass("MathJax") || element.hasClass("MathJax_SVG")) {
      Element next = element.nextElementSibling();
      return (next != null && isTex(next)) || within(element, display, origin);
    }
    return false;
  }

  private boolean within(Element element, boolean display, int origin) {
    Element math = depth > withoutMath ? null : element.selectFirst("math");
    if (math == null) {
      withoutMath = Math.min(withoutMath, depth);
      return false;
    }
    return math(math, display, origin);
  }

  private boolean math(Element math, boolean display, int origin) {
    Element tex = math.selectFirst(TEX);
    start(display, origin);
    if (tex == null) {
      mathMl.write(math);
    } else {
      content(tex);
    }
    end(display);
    return true;
  }

  private static boolean isTex(Element element) {
    return element.nameIs("script") && element.attr("type").startsWith("math/tex");
  }

  private boolean script(Element script, int origin) {
    if (!isTex(script)) {
      return false;
    }
    boolean display = script.attr("type").contains("display");
    start(display, origin);
    content(script);
    end(display);
    return true;
  }

  /** Pictures of formulas have their TeX as what is shown in their place. */
  private boolean picture(Element picture, int origin) {
    boolean formula =
        picture.hasClass("latex")
            || picture.hasClass("tex")
            || picture.attr("src").contains("equation?tex=");
    return formula && picture.hasAttr("alt") && attribute(picture, "alt", origin);
  }

  private boolean attribute(Element element, String name, int origin) {
    start(false, origin);
    text.words(element, name);
    end(false);
    return true;
  }

  private void content(Element element) {
    for (Node child : element.childNodes()) {
      if (child instanceof TextNode words) {
        text.words(words);
      } else if (child instanceof DataNode data) {
        text.words(data);
      }
    }
  }

  private void start(boolean display, int origin) {
    if (display) {
      page.line();
    }
    page.insert("$", origin);
    page.hold();
  }

  private void end(boolean display) {
    page.tight("$");
    if (display) {
      page.line();
    }
  }
}
