package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.text.Lines;
import java.util.List;

/**
 * The blocks of a note with their text.
 *
 * @param text the whole text
 * @param blocks its blocks
 * @param lines its lines
 */
record Page(String text, List<Block> blocks, Lines lines) {
  static Page of(String text, List<Block> blocks) {
    return new Page(text, blocks, new Lines(text));
  }

  Block get(int index) {
    return blocks.get(index);
  }

  int size() {
    return blocks.size();
  }

  /** Where the line of a block starts in the text. */
  int start(Block block) {
    return lines.start(block.line());
  }

  /** A block from the start of its line, with the signs before its words. */
  String raw(Block block) {
    return text.substring(Math.min(start(block), block.to()), block.to());
  }

  String words(Block.Span span) {
    return text.substring(span.from(), span.to()).strip();
  }
}
