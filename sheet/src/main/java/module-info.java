/** The formula sheet: attention exercises solved step by step, and claimed answers audited. */
module dev.qkv.sheet {
  requires static org.jspecify;
  requires dev.qkv.engine;
  requires java.desktop;
  requires java.logging;
  requires ch.obermuhlner.math.big;
  requires transitive org.apache.commons.numbers.fraction;
  requires org.apache.commons.numbers.gamma;
  // PDFBox logs through this and has no descriptor to say so.
  requires org.apache.commons.logging;
  requires org.apache.fontbox;
  requires org.apache.pdfbox;
  requires org.apache.pdfbox.io;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires org.jsoup;
  requires tools.jackson.core;

  exports dev.qkv.sheet;
  exports dev.qkv.sheet.audit;
  exports dev.qkv.sheet.commentary;
  exports dev.qkv.sheet.evaluation;
  exports dev.qkv.sheet.expression;
  exports dev.qkv.sheet.message;
  exports dev.qkv.sheet.note;
  exports dev.qkv.sheet.report;
  exports dev.qkv.sheet.term;
  exports dev.qkv.sheet.value;
  exports dev.qkv.sheet.worksheet;
}
