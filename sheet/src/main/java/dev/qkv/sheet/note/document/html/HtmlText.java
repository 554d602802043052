package dev.qkv.sheet.note.document.html;

import dev.qkv.sheet.note.document.text.Page;
import java.util.regex.Pattern;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/** Text of a page with its entities decoded, each character traced to where it is written. */
final class HtmlText {
  private static final int LONGEST_ENTITY = 40;

  /** Other ampersands in a text stand for themselves. */
  private static final Pattern AMPERSAND =
      Pattern.compile("&(?:amp|#0{0,9}38|#x0{0,9}26)", Pattern.CASE_INSENSITIVE);

  /** How far a parser may have left out characters that no text can have. */
  private static final int NEAR = 4;

  /** Characters that only guide the breaking of lines and the reading aloud of formulas. */
  private static final String INVISIBLE =
      "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff";

  private final String source;
  private final Page page;

  HtmlText(String source, Page page) {
    this.source = source;
    this.page = page;
  }

  /** Appends text whose runs of white space are one space each. */
  void words(TextNode node) {
    write(node.getWholeText(), node.sourceRange(), false, false);
  }

  /** Appends text as it stands. */
  void raw(TextNode node) {
    write(node.getWholeText(), node.sourceRange(), true, false);
  }

  /** Appends what a script holds. */
  void words(DataNode node) {
    Range range = node.sourceRange();
    if (range.isTracked()) {
      page.words(range.startPos(), range.endPos());
    }
  }

  /** Appends the value of an attribute. */
  void words(Element element, String attribute) {
    Range range = element.attributes().sourceRange(attribute).valueRange();
    write(element.attr(attribute), range, false, true);
  }

  private void write(String decoded, Range range, boolean raw, boolean attribute) {
    int at = range.isTracked() ? range.startPos() : 0;
    int end = range.isTracked() ? Math.min(range.endPos(), source.length()) : 0;
    int copied = at;
    int i = 0;
    while (i < decoded.length()) {
      char c = decoded.charAt(i);
      if (at < end && source.charAt(at) == c && c != '&' && shown(c, raw)) {
        at++;
        i++;
        continue;
      }
      page.copy(copied, at);
      int behind = at < end && source.charAt(at) == '&' ? entityEnd(at, end, c) : at;
      String value = behind > at ? decodedEntity(at, behind, attribute) : "";
      if (!value.isEmpty() && decoded.startsWith(value, i)) {
        insert(value, at, raw);
        i += value.length();
        at = behind;
      } else {
        int found = nextIs(c, at, end);
        if (found >= 0 && shown(c, raw)) {
          page.copy(found, found + 1);
        } else {
          insert(String.valueOf(c), at, raw);
        }
        at = found >= 0 ? found + 1 : at;
        i++;
      }
      copied = at;
    }
    page.copy(copied, at);
  }

  private int nextIs(char c, int at, int end) {
    for (int i = at; i < Math.min(end, at + NEAR); i++) {
      if (source.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }

  private static boolean shown(char c, boolean raw) {
    return raw || !(Page.blank(c) || c == '\u00a0' || INVISIBLE.indexOf(c) >= 0);
  }

  private void insert(String value, int origin, boolean raw) {
    char c = value.charAt(0);
    if (shown(c, raw)) {
      page.insert(value, origin);
    } else if (INVISIBLE.indexOf(c) < 0) {
      page.space();
    }
  }

  /** Where the entity at a position ends that may stand for a character; there if none may. */
  private int entityEnd(int at, int end, char c) {
    if (c == '&' && !AMPERSAND.matcher(source).region(at, end).lookingAt()) {
      return at;
    }
    int i = at + 1;
    int limit = Math.min(end, at + LONGEST_ENTITY);
    while (i < limit && (Character.isLetterOrDigit(source.charAt(i)) || source.charAt(i) == '#')) {
      i++;
    }
    return i < limit && source.charAt(i) == ';' ? i + 1 : i;
  }

  private String decodedEntity(int at, int end, boolean attribute) {
    String entity = source.substring(at, end);
    return switch (entity) {
      case "&amp;" -> "&";
      case "&lt;" -> "<";
      case "&gt;" -> ">";
      case "&nbsp;" -> "\u00a0";
      default -> Parser.unescapeEntities(entity, attribute);
    };
  }
}
