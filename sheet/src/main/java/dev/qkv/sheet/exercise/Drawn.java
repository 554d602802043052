package dev.qkv.sheet.exercise;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.NativeWriter;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * An exercise that was drawn.
 *
 * @param kind what it is about
 * @param problem its numbers and what it asks
 * @param certificate which mistakes its answer shows
 */
public record Drawn(Kind kind, Problem problem, Certificate certificate) {
  /**
   * Writes exercises as a worksheet in the native form.
   *
   * @param exercises the exercises, in order
   * @param answered whether their answers are there too
   * @param locale the language of the words
   * @return Markdown, each exercise with its certificate as a quotation
   */
  public static String write(List<Drawn> exercises, boolean answered, Locale locale) {
    StringBuilder out = new StringBuilder();
    for (int k = 0; k < exercises.size(); k++) {
      Drawn drawn = exercises.get(k);
      Exercise exercise = drawn.exercise(String.valueOf(k + 1), answered, locale);
      Worksheet one = new Worksheet("", Worksheet.Form.NATIVE, "", List.of(exercise), List.of());
      out.append(NativeWriter.write(one)).append('\n');
      for (Message line : CertificateWords.of(drawn.certificate)) {
        out.append("> ").append(line.in(locale)).append('\n');
      }
      out.append('\n');
    }
    return out.toString().stripTrailing() + "\n";
  }

  /** A problem's statements in the native form. */
  static String question(Kind kind, Problem problem) {
    Certificate none =
        new Certificate(0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    return NativeWriter.question(
        new Drawn(kind, problem, none).exercise("1", false, Locale.ENGLISH));
  }

  private Exercise exercise(String id, boolean answered, Locale locale) {
    List<Given> givens = new ArrayList<>();
    problem.givens().forEach((quantity, numbers) -> givens.add(given(quantity, numbers)));
    String asked = problem.goals().stream().map(Quantity::name).collect(Collectors.joining(", "));
    Message prose = Message.of("exercise.prose", asked, certificate.decimals());
    return new Exercise(
        id,
        kind.title().in(locale),
        1,
        prose.in(locale),
        List.copyOf(givens),
        problem.choices(),
        List.of(),
        problem.goals(),
        answered ? answer() : List.of(),
        List.of(),
        List.of(),
        false);
  }

  /** The right numbers, rounded. */
  private List<Claim> answer() {
    Derivation derivation = Derivation.of(problem);
    List<Claim> claims = new ArrayList<>();
    for (Quantity goal : problem.goals()) {
      Doubles numbers = Doubles.of(derivation.value(goal).orElseThrow());
      claims.addAll(WrittenAnswer.of(goal, numbers, certificate.decimals()));
    }
    return List.copyOf(claims);
  }

  private static Given given(Quantity quantity, Matrix numbers) {
    List<List<Numeral>> rows = new ArrayList<>();
    for (int i = 0; i < numbers.rows(); i++) {
      rows.add(numbers.row(i).stream().map(Drawn::numeral).toList());
    }
    return new Given(quantity, List.copyOf(rows), 1);
  }

  /** Numbers that are drawn are decimals. */
  private static Numeral numeral(Value value) {
    String text = ((Exact) value).decimal().stripTrailingZeros().toPlainString();
    return new Numeral(text, -1, value, OptionalInt.empty());
  }
}
