/**
 * The formula sheet: attention exercises solved step by step, and claimed answers audited.
 *
 * <h2>What to call</h2>
 *
 * <table class="striped">
 *   <caption style="display:none">What to call for which need</caption>
 *   <thead>
 *     <tr>
 *       <th scope="col">need</th>
 *       <th scope="col">call</th>
 *     </tr>
 *   </thead>
 *   <tbody style="text-align:left">
 *     <tr>
 *       <th scope="row">the exercises of a text or a file, in any format that notes come in</th>
 *       <td>{@link dev.qkv.sheet.note.Notes#read(java.lang.String) Notes.read}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">an exercise solved, every step of it</th>
 *       <td>{@link dev.qkv.sheet.worksheet.Solved#of Solved.of(exercise)}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">its answer audited</th>
 *       <td>{@link dev.qkv.sheet.worksheet.Checked#of Checked.of(exercise)}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">solutions as Markdown with TeX, or as JSON</th>
 *       <td>{@link dev.qkv.sheet.report.SolutionManuscript}, {@link dev.qkv.sheet.report.SolutionJson}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">audits as JSON</th>
 *       <td>{@link dev.qkv.sheet.report.AuditJson}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the text with its wrong numbers replaced</th>
 *       <td>{@link dev.qkv.sheet.worksheet.CorrectedCopy#of CorrectedCopy.of}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">one quantity of a problem of your own</th>
 *       <td>{@link dev.qkv.sheet.Derivation#of(dev.qkv.sheet.Problem) Derivation.of(problem)}, then {@code value(quantity)}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the formulas themselves</th>
 *       <td>{@link dev.qkv.sheet.FormulaSheet#of FormulaSheet.of(problem)}; your own: {@link dev.qkv.sheet.Sheet#of Sheet.of}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the mistakes that an audit looks for</th>
 *       <td>{@link dev.qkv.sheet.MistakeCatalogue#of MistakeCatalogue.of(problem)}</td>
 *     </tr>
 *     <tr>
 *       <th scope="row">the sheet held against float64 and the engine</th>
 *       <td>{@link dev.qkv.sheet.Verification#of Verification.of(derivation)}</td>
 *     </tr>
 *   </tbody>
 * </table>
 *
 * <p>Quantities are constants of {@link dev.qkv.sheet.Quantities}. Matrices have up to 64 × 64
 * cells; numbers stay exact while a closed form rational·√integer exists and carry 34 digits
 * elsewhere.
 *
 * <p>What a note says that cannot be read, and what does not fit, is an {@link
 * dev.qkv.sheet.worksheet.Issue} of its exercise or worksheet and no exception. An exception is a
 * {@link dev.qkv.sheet.message.SheetException}; it, issues and verdicts keep what they say as a
 * {@link dev.qkv.sheet.message.Message}, which {@code in(locale)} words in English or Chinese.
 */
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

  exports dev.qkv.sheet;
  exports dev.qkv.sheet.audit;
  exports dev.qkv.sheet.commentary;
  exports dev.qkv.sheet.evaluation;
  exports dev.qkv.sheet.exercise;
  exports dev.qkv.sheet.expression;
  exports dev.qkv.sheet.message;
  exports dev.qkv.sheet.note;
  exports dev.qkv.sheet.report;
  exports dev.qkv.sheet.term;
  exports dev.qkv.sheet.value;
  exports dev.qkv.sheet.worksheet;
}
