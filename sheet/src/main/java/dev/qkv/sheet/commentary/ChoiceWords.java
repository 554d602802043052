package dev.qkv.sheet.commentary;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A problem's choices in words, where they are not the usual ones. */
public final class ChoiceWords {
  private ChoiceWords() {}

  /**
   * The words.
   *
   * @param choices a problem's choices
   * @return one sentence for each choice that is not the usual one
   */
  public static List<Message> of(Choices choices) {
    List<Message> words = new ArrayList<>();
    if (choices.scaling() == Choices.Scaling.NONE) {
      words.add(Message.of("report.scale.none"));
    }
    if (choices.masking() instanceof Masking.Causal) {
      words.add(Message.of("report.mask.causal"));
    } else if (choices.masking() instanceof Masking.Window window) {
      words.add(Message.of("report.mask.window", side(window.left()), side(window.right())));
    } else if (choices.masking() instanceof Masking.Keep keep) {
      String rule =
          keep.kept().entrySet().stream()
              .map(
                  e ->
                      e.getKey()
                          + " → "
                          + e.getValue().toString().replace('[', '{').replace(']', '}'))
              .collect(Collectors.joining(", "));
      words.add(Message.of("report.mask.keep", rule));
    }
    if (choices.activation() != Choices.USUAL.activation()) {
      words.add(Message.of("report.activation." + choices.activation()));
    }
    if (choices.norm() != Choices.USUAL.norm()) {
      words.add(Message.of("report.norm." + choices.norm()));
    }
    if (choices.positions() != Choices.USUAL.positions()) {
      words.add(Message.of("report.positions." + choices.positions()));
    }
    return words;
  }

  private static String side(int places) {
    return places < 0 ? "∞" : String.valueOf(places);
  }
}
