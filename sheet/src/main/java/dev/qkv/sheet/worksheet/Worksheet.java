package dev.qkv.sheet.worksheet;

import java.util.List;

/**
 * A worksheet.
 *
 * @param text its text, with doubled formulas reduced to their TeX; positions of numbers count in
 *     it
 * @param form how it was written
 * @param preface what stands before the first exercise
 * @param exercises its exercises, in order
 * @param issues what the reader has to say outside any exercise
 */
public record Worksheet(
    String text, Form form, String preface, List<Exercise> exercises, List<Issue> issues) {
  /** How a worksheet is written. */
  public enum Form {
    /** With {@code qkv} and {@code answer} blocks. */
    NATIVE,
    /** As notes, read by their words and formulas. */
    PASTED
  }
}
