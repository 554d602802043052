/** The formula sheet: attention exercises solved step by step, and claimed answers audited. */
module dev.qkv.sheet {
  requires static transitive org.jspecify;
  requires dev.qkv.engine;
  requires ch.obermuhlner.math.big;
  requires transitive org.apache.commons.numbers.fraction;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires tools.jackson.core;

  exports dev.qkv.sheet;
  exports dev.qkv.sheet.audit;
  exports dev.qkv.sheet.operation;
  exports dev.qkv.sheet.report;
  exports dev.qkv.sheet.value;
  exports dev.qkv.sheet.worksheet;
}
