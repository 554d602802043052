package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.audit.Working.Part;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads arithmetic that is written out: the links of {@code s_12 = (1·0 + ?)/√2 = 1/√2 ≈ 0.71}, a
 * question mark for what is left open.
 */
public final class WorkingParser {
  private static final int LONGEST = 4_000;

  private final Cursor cursor;
  private final ArithmeticSyntax arithmetic;

  private WorkingParser(String text) {
    this.cursor = new Cursor(text, 0, text.length());
    this.arithmetic = new ArithmeticSyntax(cursor);
  }

  /**
   * Reads the links of a chain.
   *
   * @param text the text that it stands in
   * @param from where it starts; a name with its equals sign may come first
   * @param to where it ends
   * @return its links; what is no arithmetic of numbers is left out
   */
  public static Working of(String text, int from, int to) {
    if (from < 0 || to > text.length() || to <= from || to - from > LONGEST) {
      return Working.NONE;
    }
    List<Working.Link> links = new ArrayList<>();
    String chain = text.substring(from, to);
    int start = 0;
    boolean about = false;
    for (Token token : Tokens.of(chain)) {
      boolean relates = token.is("=") || token.is("≈");
      if (relates || token.kind() == Kind.STOP) {
        link(chain.substring(start, token.start()), about).ifPresent(links::add);
        start = token.end();
        about = token.is("≈");
      }
    }
    return new Working(List.copyOf(links));
  }

  /** One link; nothing for a name, or anything else that is no arithmetic. */
  private static Optional<Working.Link> link(String text, boolean about) {
    try {
      WorkingParser parser = new WorkingParser(text);
      List<List<Part>> cells = parser.cells();
      parser.requireEnd();
      String shown = text.replaceAll("[\\s$]+", " ").strip().replaceAll("[.,;。，；]$", "");
      return Optional.of(new Working.Link(shown, about, cells));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  private void requireEnd() throws Unreadable {
    cursor.skipSpace();
    while (cursor.peek().is(".")
        || cursor.peek().is("。")
        || cursor.peek().is(",")
        || cursor.peek().is(";")) {
      cursor.take();
      cursor.skipSpace();
    }
    if (!cursor.atEnd()) {
      throw cursor.unexpected("expected.end");
    }
  }

  private List<List<Part>> cells() throws Unreadable {
    cursor.skipSpace();
    Token open = cursor.peek();
    boolean environment = open.kind() == Kind.BEGIN;
    if (!environment && !open.is("[")) {
      return List.of(List.of(part()));
    }
    cursor.take();
    cursor.skipSpace();
    boolean nested = !environment && cursor.peek().is("[");
    List<List<Part>> rows = new ArrayList<>();
    while (true) {
      if (nested) {
        cursor.require("[");
      }
      rows.add(row());
      if (nested) {
        cursor.require("]");
      }
      cursor.skipSpace();
      Token next = cursor.take();
      if (environment ? next.kind() == Kind.END : next.is("]")) {
        break;
      }
      boolean row = next.kind() == Kind.NEW_ROW || next.is(";") || (nested && next.is(","));
      if (!row) {
        throw cursor.unexpected("expected.cell");
      }
      cursor.skipSpace();
    }
    int width = rows.getFirst().size();
    for (List<Part> row : rows) {
      if (row.size() != width) {
        throw cursor.unexpected("expected.cell");
      }
    }
    return rows;
  }

  private List<Part> row() throws Unreadable {
    List<Part> row = new ArrayList<>(List.of(part()));
    while (true) {
      cursor.skipSpace();
      Token token = cursor.peek();
      if (!token.is(",") && !token.is("&") && !token.is("、")) {
        return row;
      }
      cursor.take();
      row.add(part());
    }
  }

  private Part part() throws Unreadable {
    int first = cursor.mark();
    ArithmeticSyntax.Read read = arithmetic.sum();
    boolean literal = arithmetic.isLiteral(first);
    return new Part(read.amount(), read.products(), literal);
  }
}
