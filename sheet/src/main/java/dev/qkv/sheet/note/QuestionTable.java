package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Kind;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a table with a column of questions and one of answers: each row is an exercise. */
final class QuestionTable {
  private static final Pattern QUESTION =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:questions?|problems?|exercises?|tasks?|front|q|问题|题目|题|题号|习题|题干|问|正面)[^\\p{L}]*");

  private static final Pattern ASKS =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:find|asked|wanted|what|to find|compute|求|所求|要求|求什么|问题)[^\\p{L}]*");

  private static final Pattern ANSWERS =
      Pattern.compile(
          "(?i)[^\\p{L}]*(?:(?:my |model |your )?answers?|solutions?|results?|back|a|答案|解答|参考答案|回答|答|结果|反面|背面)[^\\p{L}]*");

  private final Page page;
  private final SectionBuilder builder;

  QuestionTable(Page page, SectionBuilder builder) {
    this.page = page;
    this.builder = builder;
  }

  /** Whether words over a column say that it has questions, or their numbers. */
  static boolean isQuestion(String words) {
    return QUESTION.matcher(words).matches();
  }

  /** Reads a table; false if it is none of questions and answers. */
  boolean read(Block block) {
    List<Block.Span> header = block.rows().getFirst();
    int question = -1;
    int answers = -1;
    for (int c = 0; c < header.size(); c++) {
      String words = page.words(header.get(c));
      question = isQuestion(words) && question <= 0 ? c : question;
      answers = ANSWERS.matcher(words).matches() ? c : answers;
    }
    int asks = -1;
    for (int c = 1; c < header.size(); c++) {
      asks = ASKS.matcher(page.words(header.get(c))).matches() ? c : asks;
    }
    boolean open = answers < 0 && question == 0 && asks > 0;
    if (question < 0 || (answers <= question && !open) || areMatrices(header)) {
      return false;
    }
    int last = open ? header.size() - 1 : answers;
    for (int r = 1; r < block.rows().size(); r++) {
      List<Block.Span> row = block.rows().get(r);
      if (row.size() <= last) {
        continue;
      }
      String id =
          question > 0 || open ? page.words(row.getFirst()).replaceAll("[^0-9A-Za-z.]", "") : "";
      Block.Span asked = row.get(question);
      int line = block.line() + r + 1;
      builder.start(
          new Section(
              id.isEmpty() ? String.valueOf(r) : id,
              "",
              line,
              row.get(Math.min(1, question)).from()));
      for (int c = 1; c < question; c++) {
        cell(row.get(c), line, false);
      }
      cell(asked, line, false);
      for (int c = question + 1; c < row.size(); c++) {
        cell(row.get(c), line, !open);
      }
    }
    builder.answer = !open;
    return true;
  }

  /** Whether Q and A are columns of matrices among others: K stands between them. */
  private boolean areMatrices(List<Block.Span> header) {
    return header.stream().map(page::words).anyMatch(w -> w.matches("[*$\\s]*[KVkv][*$\\s]*"));
  }

  private void cell(Block.Span cell, int line, boolean answered) {
    builder.answer = answered;
    builder.add(
        new Block(Kind.LINE, 0, "", "", cell.from(), cell.to(), line, List.of()),
        cell.from(),
        cell.to());
  }
}
