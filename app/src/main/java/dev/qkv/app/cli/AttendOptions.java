package dev.qkv.app.cli;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.AttentionBuilder;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Dropout;
import dev.qkv.attention.Stage;
import dev.qkv.tensor.AxisOrder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The choices of attention as options of a command. */
final class AttendOptions {
  private static final String ALIGNMENTS = "upper-left|bottom-right";
  private static final String PLAIN = "";

  private final ResourceBundle words;
  private final OptionSpec scale = number("--scale", Float.class, "scale");
  private final OptionSpec causal = optional("--causal", ALIGNMENTS, "causal");
  private final OptionSpec window = Options.text("--window", "LEFT,RIGHT", "attend.window");
  private final OptionSpec alignment = Options.text("--alignment", ALIGNMENTS, "attend.alignment");
  private final OptionSpec offset = number("--offset", Integer.class, "offset");
  private final OptionSpec keep = Options.text("--keep", "FILE", "attend.keep");
  private final OptionSpec bias = Options.text("--bias", "FILE", "attend.bias");
  private final OptionSpec lengths = Options.text("--lengths", "FILE", "attend.lengths");
  private final OptionSpec packedQueries =
      Options.text("--packed-queries", "FILE", "attend.packed");
  private final OptionSpec packedKeys = Options.text("--packed-keys", "FILE", "attend.packed");
  private final OptionSpec softcap = number("--softcap", Float.class, "softcap");
  private final OptionSpec alibi = optional("--alibi", "FILE", "alibi");
  private final OptionSpec sinks = Options.text("--sinks", "FILE", "attend.sinks");
  private final OptionSpec dropout = number("--dropout", Float.class, "dropout");
  private final OptionSpec seed = number("--seed", Long.class, "seed");
  private final OptionSpec layout = Options.text("--layout", "bhld|blhd", "attend.layout");
  private final OptionSpec threads = number("--threads", Integer.class, "threads");
  private final OptionSpec scores =
      Options.text("--scores", "scaled|softcapped|masked", "attend.scores");

  AttendOptions(ResourceBundle words) {
    this.words = words;
  }

  private static OptionSpec number(String name, Class<?> type, String key) {
    return OptionSpec.builder(name)
        .paramLabel("N")
        .type(type)
        .descriptionKey("attend." + key)
        .build();
  }

  /** An option that may stand alone. */
  private static OptionSpec optional(String name, String label, String key) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .arity("0..1")
        .fallbackValue(PLAIN)
        .descriptionKey("attend." + key)
        .build();
  }

  void addTo(CommandSpec spec) {
    List.of(
            scale,
            causal,
            window,
            alignment,
            offset,
            keep,
            bias,
            lengths,
            packedQueries,
            packedKeys,
            softcap,
            alibi,
            sinks,
            dropout,
            seed,
            layout,
            threads,
            scores)
        .forEach(spec::addOption);
  }

  AxisOrder axisOrder() throws Unusable {
    String value = layout.getValue();
    return value == null ? AxisOrder.BHLD : oneOf("--layout", value, AxisOrder.values());
  }

  Optional<Stage> stage() throws Unusable {
    String value = scores.getValue();
    return value == null ? Optional.empty() : Optional.of(oneOf("--scores", value, Stage.values()));
  }

  /** The attention that the options describe, for queries with {@code heads} heads. */
  Attention attention(int heads) throws Unusable, IOException {
    AttentionBuilder builder = Attention.builder().axisOrder(axisOrder());
    Float factor = scale.getValue();
    if (factor != null) {
      builder.scale(factor);
    }
    positions(builder);
    Float cap = softcap.getValue();
    if (cap != null) {
      builder.softcap(cap);
    }
    String slopes = alibi.getValue();
    if (slopes != null) {
      builder.alibi(slopes.equals(PLAIN) ? usualSlopes(heads) : floats(slopes, "alibi"));
    }
    String logits = sinks.getValue();
    if (logits != null) {
      builder.sinks(floats(logits, "sinks"));
    }
    Float probability = dropout.getValue();
    if (probability != null) {
      Long start = seed.getValue();
      builder.dropout(new Dropout(probability, start == null ? 0 : start));
    }
    Integer most = threads.getValue();
    if (most != null) {
      builder.threads(most);
    }
    return builder.build();
  }

  private void positions(AttentionBuilder builder) throws Unusable {
    String where = alignment.getValue();
    String diagonal = causal.getValue();
    if (diagonal != null) {
      builder.causal();
      if (!diagonal.equals(PLAIN)) {
        where = where == null ? diagonal : where;
        if (!where.equals(diagonal)) {
          throw Unusable.of(words, "error.attend.alignment", diagonal, where);
        }
      }
    }
    String sides = window.getValue();
    if (sides != null) {
      int[] both = window(sides);
      builder.window(both[0], both[1]);
    }
    Integer more = offset.getValue();
    if (where != null) {
      Alignment chosen = oneOf("--causal, --alignment", where, Alignment.values());
      builder.alignment(chosen, more == null ? 0 : more);
    } else if (more != null) {
      throw Unusable.of(words, "error.attend.offset");
    }
  }

  private int[] window(String sides) throws Unusable {
    try {
      int[] both = Arrays.stream(sides.split(",", -1)).mapToInt(Integer::parseInt).toArray();
      if (both.length == 2) {
        return both;
      }
    } catch (NumberFormatException e) {
      // Said below, as for any other number of numbers.
    }
    throw Unusable.of(words, "error.attend.window", sides);
  }

  /** The masks and lengths that the options name. */
  Batch batch() throws Unusable, IOException {
    Batch batch = Batch.PLAIN;
    String file = keep.getValue();
    if (file != null) {
      batch = batch.keep(ArraySource.of(file, "keep", words).array().booleans());
    }
    file = bias.getValue();
    if (file != null) {
      batch = batch.bias(ArraySource.of(file, "bias", words).array().floats());
    }
    file = lengths.getValue();
    if (file != null) {
      batch = batch.keyLengths(ArraySource.of(file, "lengths", words).array().ints());
    }
    String queryEnds = packedQueries.getValue();
    String keyEnds = packedKeys.getValue();
    if (queryEnds != null) {
      int[] ends = ArraySource.of(queryEnds, "packed_queries", words).array().ints();
      batch =
          batch.packed(
              ends,
              keyEnds == null
                  ? ends
                  : ArraySource.of(keyEnds, "packed_keys", words).array().ints());
    } else if (keyEnds != null) {
      throw Unusable.of(words, "error.attend.packed");
    }
    return batch;
  }

  /** Numbers as typed, or from a file. */
  private float[] floats(String given, String role) throws Unusable, IOException {
    if (given.matches("[-+0-9.eE, ]+")) {
      try {
        String[] parts = given.split(",", -1);
        float[] numbers = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
          numbers[i] = Float.parseFloat(parts[i].strip());
        }
        return numbers;
      } catch (NumberFormatException e) {
        throw Unusable.of(words, "error.attend.numbers", "--" + role, given);
      }
    }
    return ArraySource.of(given, role, words).array().floats().toArray();
  }

  /**
   * The slopes of the ALiBi paper: 2^(−8/n), 2^(−16/n), … for n heads, a power of two; for other n
   * those of the power below, then every other one of the power above.
   */
  static float[] usualSlopes(int heads) {
    float[] slopes = new float[heads];
    int power = Integer.highestOneBit(Math.max(1, heads));
    for (int h = 0; h < heads; h++) {
      double exponent = h < power ? -8.0 * (h + 1) / power : -4.0 * (2 * (h - power) + 1) / power;
      slopes[h] = (float) Math.pow(2, exponent);
    }
    return slopes;
  }

  private <E extends Enum<E>> E oneOf(String option, String given, E[] values) throws Unusable {
    for (E value : values) {
      if (name(value).equals(given)) {
        return value;
      }
    }
    throw Unusable.of(
        words,
        "error.attend.choice",
        option,
        String.join(", ", Arrays.stream(values).map(AttendOptions::name).toList()),
        given);
  }

  /** UPPER_LEFT as it is typed: upper-left. */
  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
