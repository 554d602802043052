package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.qkv.attention.Attention;
import dev.qkv.io.InvalidFile;
import dev.qkv.nn.layer.Decoder;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderDecoder;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.Memory;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.train.AdamW;
import dev.qkv.nn.train.Checkpoint;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Task;
import dev.qkv.nn.train.Trainer;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public method of this module called wrongly: what it answers, in both languages. */
class MisuseTest {
  /** Any number is right, and nothing else is asked for. */
  private static final Set<String> TAKE_ANYTHING =
      Set.of(
          "Variable.times/1",
          "Pass.training/1",
          "Parameters/1",
          "Anomaly/1",
          "Anomaly.Wrong/3",
          "Reversal/1",
          "Task.Evaluation/2",
          "TrainingFailure/3");

  /** May be null. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "Linear.bias",
          "Encoder.norm",
          "Decoder.norm",
          "MultiHeadAttention.rotary",
          "AttentionSettings.rotary");

  static Trainer.Plan samplePlan() {
    return new Trainer.Plan(1, 1, Schedule.constant(1), 1, 1, 1, 1);
  }

  /** One of each public record. */
  private static List<Record> records() {
    return List.of(
        LayerMisuse.linear(6, 4),
        LayerMisuse.norm(6),
        LayerMisuse.rmsNorm(6),
        new Rotary(Rope.HALF, 10000),
        LayerMisuse.keyValues(1, 2),
        new Memory(List.of()),
        BlockMisuse.residual(6),
        BlockMisuse.settings(),
        BlockMisuse.settings().attention(),
        BlockMisuse.settings().feedForward(),
        LayerMisuse.tokens(),
        BlockMisuse.model().positions(),
        LayerMisuse.feedForward(6),
        LayerMisuse.gatedFeedForward(6),
        LayerMisuse.attention(6),
        BlockMisuse.encoderBlock(6),
        BlockMisuse.decoderBlock(6, 6),
        BlockMisuse.encoder(),
        BlockMisuse.decoder(),
        BlockMisuse.model(),
        Anomaly.sets(1, 1, 2),
        new Anomaly.Wrong(1, 2, 3),
        AdamW.Settings.USUAL,
        new Checkpoint(0, 0, 0, 1, 100, 0.01),
        new Task.Evaluation(0, 0),
        samplePlan(),
        new Trainer.Progress(1, 0, 0, 0, new Task.Evaluation(0, 0), 0));
  }

  static Stream<Misuse> calls() {
    return Stream.of(
            VariableMisuse.calls(),
            LayerMisuse.calls(),
            BlockMisuse.calls(),
            SettingsMisuse.calls(),
            ModelMisuse.calls(),
            PlanMisuse.calls(),
            TrainingMisuse.calls())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void itSaysWhatIsWrong(Misuse misuse) {
    Throwable thrown = catchThrowable(misuse.call()::execute);
    assertThat(thrown).isInstanceOfAny(InvalidArgument.class, InvalidFile.class);
    // A file's sentence begins with the file, wherever that is.
    assertThat(String.valueOf(thrown.getMessage()).replaceFirst("^/\\S+: ", "FILE: "))
        .isEqualTo(misuse.message());
    assertThat(chinese(thrown))
        .containsPattern("\\p{IsHan}")
        .doesNotContain("{")
        .isNotEqualTo(thrown.getMessage());
  }

  private static String chinese(Throwable thrown) {
    return thrown instanceof InvalidFile file
        ? file.message(Locale.CHINESE)
        : ((InvalidArgument) thrown).message(Locale.CHINESE);
  }

  @Test
  void everyRuleIsBroken() throws IOException {
    Properties sentences = new Properties();
    try (ModuleReader reader = module(InvalidArgument.class, "dev.qkv.engine").open();
        InputStream in = reader.open("dev/qkv/tensor/messages.properties").orElseThrow()) {
      sentences.load(in);
    }
    Set<String> rules = new TreeSet<>(sentences.stringPropertyNames());
    rules.removeIf(rule -> !rule.startsWith("nn."));
    Set<String> broken = new TreeSet<>();
    calls()
        .forEach(
            misuse -> {
              if (catchThrowable(misuse.call()::execute) instanceof InvalidArgument thrown) {
                broken.add(thrown.rule());
              }
            });
    broken.removeIf(rule -> !rule.startsWith("nn."));
    assertThat(broken).isEqualTo(rules);
  }

  @Test
  void whereOnlyNullIsWrongItIsRefusedAtOnce() {
    for (Misuse misuse :
        Stream.concat(NullMisuse.calls().stream(), PlanMisuse.nulls().stream()).toList()) {
      assertThat(catchThrowable(misuse.call()::execute))
          .as(misuse.toString())
          .isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void recordsNameTheComponentThatIsNull() throws ReflectiveOperationException {
    for (Record good : records()) {
      RecordComponent[] components = good.getClass().getRecordComponents();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = good.getClass().getDeclaredConstructor(types);
      for (int lacking = 0; lacking < components.length; lacking++) {
        String name = name(good.getClass()) + "." + components[lacking].getName();
        if (types[lacking].isPrimitive() || OPTIONAL.contains(name)) {
          continue;
        }
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
          arguments[i] = i == lacking ? null : components[i].getAccessor().invoke(good);
        }
        Throwable thrown = catchThrowable(() -> constructor.newInstance(arguments));
        Throwable cause = Objects.requireNonNull(thrown.getCause(), name);
        assertThat(cause)
            .as(name)
            .isInstanceOf(NullPointerException.class)
            .hasMessage(components[lacking].getName());
      }
    }
  }

  @Test
  void everyPublicMethodIsCovered() throws IOException, ClassNotFoundException {
    Set<String> covered = new TreeSet<>(TAKE_ANYTHING);
    Stream.of(calls(), NullMisuse.calls().stream(), PlanMisuse.nulls().stream())
        .flatMap(misuses -> misuses)
        .forEach(misuse -> covered.add(misuse.method()));
    Set<String> all = new TreeSet<>();
    Set<String> taking = new TreeSet<>();
    Set<String> records = new TreeSet<>();
    for (Class<?> type : exported()) {
      if (type.isRecord()) {
        records.add(name(type));
      }
      for (java.lang.reflect.Executable method : methods(type)) {
        String name =
            name(type)
                + (method instanceof Method ? "." + method.getName() : "")
                + "/"
                + method.getParameterCount();
        assertThat(all.add(name)).as("two methods are called " + name).isTrue();
        if (method.getParameterCount() > 0) {
          taking.add(name);
        }
      }
    }
    assertThat(taking).hasSizeGreaterThan(70);
    assertThat(covered).as("methods that are called wrongly").containsAll(taking);
    assertThat(all).as("methods that there are").containsAll(covered);
    assertThat(records)
        .isEqualTo(new TreeSet<>(records().stream().map(r -> name(r.getClass())).toList()));
  }

  /**
   * What somebody may call; not what somebody is to write, and not what every record or enum has.
   */
  private static List<java.lang.reflect.Executable> methods(Class<?> type) {
    List<java.lang.reflect.Executable> methods = new ArrayList<>(List.of(type.getConstructors()));
    for (Method method : type.getDeclaredMethods()) {
      boolean written = type.isInterface() && Modifier.isAbstract(method.getModifiers());
      boolean given = method.getName().equals("equals") || method.getName().equals("valueOf");
      if (Modifier.isPublic(method.getModifiers()) && !written && !given && !method.isSynthetic()) {
        methods.add(method);
      }
    }
    return methods;
  }

  private static String name(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  /** The public types of the packages that the module exports. */
  private static List<Class<?>> exported() throws IOException, ClassNotFoundException {
    ModuleReference module = module(Variable.class, "dev.qkv.nn");
    Set<String> packages = new HashSet<>();
    module.descriptor().exports().forEach(exports -> packages.add(exports.source()));
    List<Class<?>> types = new ArrayList<>();
    try (ModuleReader reader = module.open()) {
      for (String file : reader.list().filter(f -> f.endsWith(".class")).toList()) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        if (name.contains(".") && packages.contains(name.substring(0, name.lastIndexOf('.')))) {
          Class<?> type = Class.forName(name);
          if (isPublic(type)) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && (outer == null || isPublic(outer));
  }

  private static ModuleReference module(Class<?> type, String name) {
    try {
      Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return ModuleFinder.of(place).find(name).orElseThrow();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void backwardTwiceAddsTwice() {
    Variable x = Variable.parameter(Tensor.of(new float[] {3}, 1));
    Variable y = x.times(2);
    y.backward();
    y.backward();
    assertThat(x.gradient().get(0)).isEqualTo(4);
  }

  @Test
  void idsAndTargetsAreThoseOfTheForwardPass() {
    Variable table = Variable.parameter(Tensor.zeros(3, 2));
    int[] ids = {0, 1};
    int[] targets = {0, 1};
    Variable loss = table.embedding(ids).crossEntropy(targets);
    Arrays.fill(ids, 7);
    Arrays.fill(targets, 7);
    loss.backward();
    assertThat(table.gradient().data()).containsExactly(-0.25f, 0.25f, 0.25f, -0.25f, 0, 0);
  }

  @Test
  void whatIsRefusedLeavesNoParameters() {
    Parameters parameters = new Parameters(1);
    List<Executable> refused =
        List.of(
            () -> packed(parameters, 4, LayerMisuse.linear(6, 6)),
            () -> packed(parameters, 2, LayerMisuse.linear(7, 6)),
            () -> Encoder.create(parameters, -1, BlockMisuse.settings()),
            () -> Decoder.create(parameters, -1, BlockMisuse.settings()),
            () -> EncoderDecoder.create(parameters, 7, 7, 9, -1, BlockMisuse.settings()));
    for (Executable call : refused) {
      assertThat(catchThrowable(call::execute)).isInstanceOf(InvalidArgument.class);
      assertThat(parameters.all()).isEmpty();
    }
  }

  private static void packed(Parameters parameters, int heads, Linear output) {
    MultiHeadAttention.ofPacked(
        parameters, Tensor.zeros(18, 6), Tensor.zeros(18), output, heads, Attention.plain());
  }

  @Test
  void anOptimiserMayBeMadeBeforeItsLayers() {
    Parameters before = new Parameters(1);
    AdamW early = TrainingMisuse.optimiser(before);
    before.normal("w", 1, 3);
    Parameters after = TrainingMisuse.model("w");
    AdamW usual = TrainingMisuse.optimiser(after);
    for (int step = 0; step < 3; step++) {
      early.step(0.1);
      usual.step(0.1);
    }
    assertThat(numbers(before)).isEqualTo(numbers(after));
    assertThat(numbers(before)).isNotEqualTo(numbers(TrainingMisuse.model("w")));
  }

  private static List<Float> numbers(Parameters parameters) {
    List<Float> numbers = new ArrayList<>();
    for (Variable parameter : parameters.all().values()) {
      for (float number : parameter.value().toArray()) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
