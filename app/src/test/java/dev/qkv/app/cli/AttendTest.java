package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Forward;
import dev.qkv.io.ArrayFile;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code qkv attend} as a user meets it. */
class AttendTest {
  @TempDir private Path folder;

  private final Tensor q = random(1, 1, 4, 5, 8);
  private final Tensor k = random(2, 1, 2, 7, 8);
  private final Tensor v = random(3, 1, 2, 7, 3);

  private static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  @BeforeEach
  void files() throws IOException {
    ArrayFile.write(folder.resolve("q.npy"), Map.of("q", q));
    ArrayFile.write(folder.resolve("k.npy"), Map.of("k", k));
    ArrayFile.write(folder.resolve("v.npy"), Map.of("v", v));
    ArrayFile.write(folder.resolve("dz.npy"), Map.of("dz", random(5, 1, 4, 5, 3)));
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put("q", q);
    all.put("k", k);
    all.put("v", v);
    all.put("bias", random(4, 5, 7));
    ArrayFile.write(folder.resolve("all.npz"), all);
    ArrayFile.write(folder.resolve("all.safetensors"), all);
    npy("keep.npy", "|b1", "(1, 7)", new byte[] {1, 1, 0, 1, 1, 0, 1});
    ByteBuffer five = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(5);
    npy("lengths.npy", "<i8", "(1,)", five.array());
  }

  private void npy(String name, String type, String shape, byte[] data) throws IOException {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    Files.write(
        folder.resolve(name),
        ByteBuffer.allocate(10 + header.length() + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length())
            .put(header.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private CommandLineTest.Run attend(String... arguments) {
    List<String> all = new ArrayList<>(List.of("attend"));
    for (String argument : arguments) {
      all.add(argument.replace("DIR", folder.toString()));
    }
    return CommandLineTest.run(false, all.toArray(String[]::new));
  }

  private Tensor read(String file, String name) throws IOException {
    return Objects.requireNonNull(ArrayFile.read(folder.resolve(file)).get(name)).floats();
  }

  private static void close(Tensor got, Tensor expected) {
    assertThat(got.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < got.data().length; i++) {
      float e = expected.data()[i];
      assertThat(got.data()[i] == e || Math.abs(got.data()[i] - e) <= 2e-6f)
          .as("%s, expected %s", got.data()[i], e)
          .isTrue();
    }
  }

  @Test
  void writesTheOutputAndWhatElseIsAskedFor() throws IOException {
    CommandLineTest.Run run =
        attend(
            "--q",
            path("q.npy"),
            "--k",
            path("k.npy"),
            "--v",
            path("v.npy"),
            "--out",
            path("z.npy"),
            "--causal=bottom-right",
            "--lse",
            "--weights",
            "--scores=masked");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("[1, 4, 5, 8] F32", "GFLOP/s", "path", "z.lse.npy");
    Attention attention = Attention.builder().causal(Alignment.BOTTOM_RIGHT).build();
    Forward right = attention.forward(q, k, v);
    close(read("z.npy", ArrayFile.ONLY), right.output());
    close(read("z.lse.npy", ArrayFile.ONLY), right.logSumExp());
    close(read("z.weights.npy", ArrayFile.ONLY), attention.weights(q, k));
    assertThat(read("z.scores.npy", ArrayFile.ONLY).get(0, 0, 0, 6))
        .isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"all.npz, z.npz", "all.safetensors, z.safetensors"})
  void everyChoiceAtOnceAgreesWithTheReference(String from, String to) throws IOException {
    String[] choices = {
      "--q",
      path(from),
      "--causal=bottom-right",
      "--window=4,1",
      "--offset=1",
      "--scale=0.3",
      "--softcap=2",
      "--keep",
      path("keep.npy"),
      "--bias",
      path("all.npz"),
      "--lengths",
      path("lengths.npy"),
      "--alibi",
      "--sinks=0.5,0,-1,2",
      "--dropout=0.2",
      "--seed=7",
      "--threads=2",
      "--lse",
      "--out"
    };
    List<String> fast = new ArrayList<>(List.of(choices));
    fast.add(path(to));
    List<String> slow = new ArrayList<>(List.of(choices));
    slow.add(path("r" + to));
    slow.add("--reference");
    assertThat(attend(fast.toArray(String[]::new)).code()).isZero();
    CommandLineTest.Run reference = attend(slow.toArray(String[]::new));
    assertThat(reference.code()).isZero();
    assertThat(reference.out()).contains("float64", "largest difference");
    close(read(to, "out"), read("r" + to, "out"));
    close(read(to, "lse"), read("r" + to, "lse"));
  }

  @Test
  void gradientsAgreeWithTheReference() throws IOException {
    String all =
        "--q=DIR/all.npz --causal=bottom-right --alibi --sinks=0.5,0,-1,2 --bias=DIR/all.npz"
            + " --grad-out=DIR/dz.npy";
    String[] names = {"dq", "dk", "dv", "dbias", "dsinks", "dalibi"};
    StringBuilder fast = new StringBuilder(all);
    StringBuilder slow = new StringBuilder(all).append(" --reference");
    for (String name : names) {
      fast.append(" --").append(name).append("=DIR/").append(name).append(".npy");
      slow.append(" --").append(name).append("=DIR/r").append(name).append(".npy");
    }
    CommandLineTest.Run run = attend(fast.toString().split(" "));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("backward", "dq.npy", "[1, 2, 7, 8]");
    run = attend(slow.toString().split(" "));
    assertThat(run.code()).as(run.err()).isZero();
    for (String name : names) {
      Tensor got = read(name + ".npy", ArrayFile.ONLY);
      close(got, read("r" + name + ".npy", ArrayFile.ONLY));
      float size = 0;
      for (float value : got.data()) {
        size += Math.abs(value);
      }
      assertThat(size).as(name).isGreaterThan(0.1f);
    }
  }

  @Test
  void whatIsNoNumberInBothIsNoDifference() throws IOException {
    Tensor dz = random(5, 1, 4, 5, 3);
    dz.set(Float.NaN, 0, 1, 2, 0);
    ArrayFile.write(folder.resolve("nan.npy"), Map.of("dz", dz));
    CommandLineTest.Run run =
        attend("--q=DIR/all.npz", "--grad-out=DIR/nan.npy", "--dq=DIR/n.npy", "--reference");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("difference of the engine").doesNotContain("NaN");
    assertThat(read("n.npy", ArrayFile.ONLY).get(0, 1, 2, 0)).isNaN();
    assertThat(read("n.npy", ArrayFile.ONLY).get(0, 1, 1, 0)).isNotNaN();
    Tensor wrong = Tensor.of(new float[] {1, Float.NaN, 3}, 3);
    assertThat(ReferenceNumbers.replace(wrong, new double[] {1, 2, 3.5})).isNaN();
    Tensor infinite = Tensor.of(new float[] {Float.NEGATIVE_INFINITY, Float.NaN, 3}, 3);
    double[] same = {Double.NEGATIVE_INFINITY, Double.NaN, 3.5};
    assertThat(ReferenceNumbers.replace(infinite, same)).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "--grad-out=DIR/no.npy --dq=DIR/dq.npy, no.npy: no such file",
    "--grad-out=DIR/dz.npy --dq=DIR/dq.txt, expected a name ending in .npy",
    "--out=DIR/none/z.npy, its folder does not exist",
  })
  void whatCannotBeReadOrWrittenIsSaidBeforeAnythingIsComputed(String options, String expected) {
    CommandLineTest.Run run = attend(("--q=DIR/all.npz " + options).split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(expected);
    assertThat(run.out()).doesNotContain("path ", "GFLOP/s");
  }

  @Test
  void theOtherAxisOrder() throws IOException {
    Tensor length = q.transposed(1, 2);
    ArrayFile.write(folder.resolve("blhd.npy"), Map.of("q", length));
    CommandLineTest.Run run =
        attend(
            "--q",
            path("blhd.npy"),
            "--k",
            path("blhd.npy"),
            "--v",
            path("blhd.npy"),
            "--layout=blhd",
            "--out",
            path("z.npy"));
    assertThat(run.code()).as(run.err()).isZero();
    Tensor right = Attention.plain().forward(q, q, q).output();
    assertThat(read("z.npy", ArrayFile.ONLY).get(0, 3, 2, 1))
        .isCloseTo(right.get(0, 2, 3, 1), within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--q DIR/no.npy|no.npy: no such file",
        "--q DIR/all.npz#x|has no array x; it has: q, k, v, bias",
        "--q DIR/q.npy|--k: missing, and",
        "--q DIR/all.npz --causal|need an alignment",
        "--q DIR/all.npz --causal=middle|expected one of upper-left, bottom-right, got middle",
        "--q DIR/all.npz --causal=upper-left --alignment=bottom-right|contradict",
        "--q DIR/all.npz --offset=2|--offset: say with --alignment",
        "--q DIR/all.npz --window=3|--window: expected LEFT,RIGHT such as 128,0, got 3",
        "--q DIR/all.npz --window=-2,0 --alignment=upper-left|window, expected −1",
        "--q DIR/all.npz --scale=NaN|scale, expected a finite number, got NaN",
        "--q DIR/all.npz --sinks=1,2|sinks has 2 numbers, expected 4",
        "--q DIR/all.npz --sinks=1,,2|expected numbers with commas between",
        "--q DIR/all.npz --keep DIR/q.npy|expected booleans, got F32",
        "--q DIR/all.npz --lengths DIR/q.npy|expected a list of whole numbers",
        "--q DIR/keep.npy|expected floating-point numbers, got BOOL",
        "--q DIR/all.npz --layout=bdlh|--layout: expected one of bhld, blhd, got bdlh",
        "--q DIR/all.npz --scores=raw|--scores: expected one of scaled, softcapped, masked",
        "--q DIR/all.npz --lse|need --out",
        "--q DIR/all.npz --out DIR/z.txt|expected a name ending in .npy",
        "--q DIR/all.npz --out DIR/none/z.npy|its folder does not exist",
        "--q DIR/all.npz --packed-keys DIR/lengths.npy|needs --packed-queries",
        "--q DIR/all.npz --threads=-1|threads, expected 0",
        "--q DIR/all.npz --lang=fr|--lang: expected zh or en, got fr",
        "--q DIR/all.npz --dq DIR/dq.npy|need --grad-out",
        "--q DIR/all.npz --grad-out DIR/q.npy --dq DIR/x.npy --dk DIR/./x.npy|--dq and --dk would both be written there",
        "--q DIR/all.npz --grad-out DIR/q.npy --out DIR/x.npy --dv DIR/x.npy|--out and --dv would both be written there",
        "--q DIR/all.npz --grad-out DIR/q.npy|say with --dq",
        "--q DIR/all.npz --grad-out DIR/q.npy --dq DIR/dq.npy|dOutput has shape [1, 4, 5, 8], expected [1, 4, 5, 3]",
        "--q DIR/all.npz --grad-out DIR/dz.npy --dsinks DIR/s.npy|gradient of sinks is wanted",
        "--k DIR/all.npz|missing: --q",
      })
  void whatCannotBeUsedIsSaid(String arguments, String expected) {
    CommandLineTest.Run run = attend(arguments.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("qkv: ", expected).doesNotContain("Exception", "\tat ");
  }

  @Test
  void aNumberSignMayBelongToTheNameOfAFile() throws IOException {
    ArrayFile.write(folder.resolve("q#1.NPY"), Map.of("q", q));
    CommandLineTest.Run run =
        attend("--q=DIR/q#1.NPY", "--k=DIR/k.npy", "--v=DIR/v.npy", "--lse", "--out=DIR/z#1.NPY");
    assertThat(run.code()).as(run.err()).isZero();
    close(read("z#1.NPY", ArrayFile.ONLY), Attention.plain().forward(q, k, v).output());
    assertThat(read("z#1.lse.npy", ArrayFile.ONLY).shape()).containsExactly(1, 4, 5);
  }

  @Test
  void errorsAreTranslated() {
    CommandLineTest.Run run = attend("--lang=zh", "--q", path("all.npz"), "--scale=NaN");
    assertThat(run.err()).contains("scale 应为有限数");
  }

  @Test
  void usualSlopesAreThoseOfThePaper() {
    assertThat(AttendOptions.usualSlopes(8)[0]).isEqualTo(0.5f);
    assertThat(AttendOptions.usualSlopes(8)[7]).isEqualTo(0.00390625f);
    assertThat(AttendOptions.usualSlopes(12)[8])
        .isCloseTo((float) Math.pow(2, -0.5), within(1e-7f));
  }
}
