package dev.qkv.sheet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An entry of the catalogue of mistakes.
 *
 * @param code stable, as in {@code SCALE.MISSING}: a family, a point, what is wrong
 * @param sources where people were seen to make it
 */
public record MistakeIndex(String code, List<String> sources) {
  private static final List<MistakeIndex> ALL =
      List.of(
          new MistakeIndex("SCALE.MISSING"),
          new MistakeIndex("SCALE.DK"),
          new MistakeIndex("SCALE.DMODEL", "vit-pytorch #65", "aladdinpersson #65"),
          new MistakeIndex("SCALE.SEQUENCE"),
          new MistakeIndex("SCALE.TWICE"),
          new MistakeIndex("SOFTMAX.COLUMNS", "labml #146", "PyTorch-NLP #2", "fastNLP #254"),
          new MistakeIndex("SOFTMAX.GLOBAL"),
          new MistakeIndex("SOFTMAX.LINEAR"),
          new MistakeIndex("SOFTMAX.ARGMAX"),
          new MistakeIndex("SOFTMAX.BASE2"),
          new MistakeIndex("SOFTMAX.BASE10"),
          new MistakeIndex("MASK.NONE"),
          new MistakeIndex("MASK.ZERO", "memory-compressed-attention #2"),
          new MistakeIndex("MASK.AFTER", "timm PR #2236"),
          new MistakeIndex("MASK.TRANSPOSED"),
          new MistakeIndex("MASK.STRICT"),
          new MistakeIndex("MASK.ALIGNMENT"),
          new MistakeIndex("MASK.POLARITY"),
          new MistakeIndex("WINDOW.EDGE"),
          new MistakeIndex("CAP.ORDER"),
          new MistakeIndex("CAP.FACTOR"),
          new MistakeIndex("ALIBI.SIGN"),
          new MistakeIndex("BIAS.MISSING"),
          new MistakeIndex("BIAS.ORDER"),
          new MistakeIndex("TEMPERATURE.TIMES"),
          new MistakeIndex("SINK.MISSING"),
          new MistakeIndex("OUTPUT.TRANSPOSED", "Deep-ML #424"),
          new MistakeIndex("QKV.SWAPPED"),
          new MistakeIndex("PROJECTION.TRANSPOSED"),
          new MistakeIndex("PROJECTION.MISSING"),
          new MistakeIndex("CROSS.SELF"),
          new MistakeIndex("CROSS.SWAPPED"),
          new MistakeIndex("HEAD.VIEW", "pytorch-seq2seq #148", "uvadlc #64"),
          new MistakeIndex("HEAD.TILED", "ONNX before 1.20"),
          new MistakeIndex("HEAD.SINGLE"),
          new MistakeIndex("POSITION.OFFSET"),
          new MistakeIndex("POSITION.EXPONENT"),
          new MistakeIndex("POSITION.SINCOS"),
          new MistakeIndex("POSITION.MISSING"),
          new MistakeIndex("ROPE.OFFSET"),
          new MistakeIndex("ROPE.EXPONENT"),
          new MistakeIndex("ROPE.SIGN"),
          new MistakeIndex("ROPE.QUERY"),
          new MistakeIndex("ROPE.MISSING"),
          new MistakeIndex("RESIDUAL.MISSING"),
          new MistakeIndex("NORM.CENTER"),
          new MistakeIndex("NORM.ROOT"),
          new MistakeIndex("NORM.COLUMNS"),
          new MistakeIndex("NORM.BESSEL"),
          new MistakeIndex("NORM.EPSILON"),
          new MistakeIndex("NORM.AFFINE"),
          new MistakeIndex("NORM.SHIFT"),
          new MistakeIndex("NORM.ORDER", "annotated-transformer #122"),
          new MistakeIndex("ACTIVATION.MISSING"),
          new MistakeIndex("ACTIVATION.OTHER"),
          new MistakeIndex("LOSS.BASE2"),
          new MistakeIndex("LOSS.LINEAR"),
          new MistakeIndex("LOSS.TWICE"),
          new MistakeIndex("LOSS.SUM"),
          new MistakeIndex("GRADIENT.TRANSPOSED"),
          new MistakeIndex("GRADIENT.SOFTMAX"),
          new MistakeIndex("GRADIENT.SCALE"),
          new MistakeIndex("SLIP.SIGN"),
          new MistakeIndex("SLIP.DIGITS"),
          new MistakeIndex("SLIP.DIGIT"),
          new MistakeIndex("SLIP.POINT"),
          new MistakeIndex("SLIP.EXCHANGED"));

  private MistakeIndex(String code, String... sources) {
    this(code, List.of(sources));
  }

  /**
   * Every mistake that the sheet knows.
   *
   * @return family by family, in the order in which attention is worked
   */
  public static List<MistakeIndex> all() {
    return ALL;
  }

  /**
   * The entry of a code.
   *
   * @param code in any case
   * @return nothing for a code that is none
   */
  public static Optional<MistakeIndex> of(String code) {
    String upper = code.toUpperCase(Locale.ROOT);
    return ALL.stream().filter(e -> e.code.equals(upper)).findFirst();
  }

  /**
   * The members of a family.
   *
   * @param name in any case
   * @return none for a name that is none
   */
  public static List<MistakeIndex> family(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return ALL.stream().filter(e -> e.family().equals(upper)).toList();
  }

  /**
   * Whether it is a slip of the pen, which no formula describes.
   *
   * @return true for the family {@code SLIP}
   */
  public boolean isSlip() {
    return family().equals("SLIP");
  }

  /**
   * What is before the point.
   *
   * @return as in {@code SCALE}
   */
  public String family() {
    return code.substring(0, code.indexOf('.'));
  }
}
