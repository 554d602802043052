package dev.qkv.sheet.note;

import java.util.ArrayList;
import java.util.List;

/** The pieces of one exercise. */
final class Section {
  final String id;
  final String title;
  final int line;

  /** Where its question's words start and end, for its prose. */
  int from;

  int to;
  final List<Piece> pieces = new ArrayList<>();

  Section(String id, String title, int line, int from) {
    this.id = id;
    this.title = title;
    this.line = line;
    this.from = from;
    this.to = from;
  }

  boolean hasAnswer() {
    return pieces.stream().anyMatch(Piece::answer);
  }
}
