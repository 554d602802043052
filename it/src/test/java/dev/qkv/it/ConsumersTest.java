package dev.qkv.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds each project beside this one as a stranger would: with a Maven of its own, whose local
 * repository has the installed artifacts of QKV and nothing else, and runs what it made.
 */
class ConsumersTest {
  private static final Path ROOT = Path.of(setting("root"));
  private static final Path REPOSITORY = Path.of(setting("repository"));
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  @TempDir private static Path folder;

  private static Path local;

  @BeforeAll
  static void installed() throws IOException {
    local = folder.resolve("repository");
    copy(REPOSITORY, local);
  }

  @Test
  void attentionOnTheClassPath() throws Exception {
    Consumer consumer = build("engine-class-path", "qkv-engine");
    assertThat(consumer.run("example.Forwards", VECTORS))
        .containsExactly("4.5105", "fast"); // (2 + 4)·e^½√2 + 6·e^√2, over 2e^½√2 + e^√2
  }

  @Test
  void gradientsOnTheModulePath() throws Exception {
    Consumer consumer = build("engine-module-path", "qkv-engine");
    assertThat(consumer.runModule("example.Backwards"))
        .containsExactly("Tensor[2, 3, 5, 7]", "fast");
  }

  @Test
  void layersOnTheClassPath() throws Exception {
    Consumer consumer = build("nn-class-path", "qkv-engine", "qkv-nn");
    assertThat(consumer.run("example.Saving", VECTORS)).containsExactly("same");
    assertThat(consumer.run("example.Saving", List.of()))
        .as("without the module that makes it fast")
        .endsWith("same")
        .anyMatch(line -> line.contains("start java with --add-modules jdk.incubator.vector"));
  }

  @Test
  void trainingOnTheModulePath() throws Exception {
    Consumer consumer = build("nn-module-path", "qkv-engine", "qkv-nn");
    assertThat(consumer.runModule("example.Training")).containsExactly("learned");
  }

  /** Whoever depends on an artifact gets those of QKV that it needs, and no others. */
  @Test
  void artifactsBringNothingElse() throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      assertThat(files.filter(f -> f.toString().endsWith(".jar")).map(Path::toString))
          .allMatch(f -> f.contains("/dev/qkv/"));
    }
  }

  /** What a consumer's build left: its jar and those that it needs. */
  private record Consumer(List<String> jars) {
    List<String> run(String main, List<String> options) throws Exception {
      List<String> command = new ArrayList<>(List.of(JAVA_HOME.resolve("bin/java").toString()));
      command.addAll(options);
      command.addAll(List.of("-cp", path(), main));
      return output(command, Path.of("."));
    }

    List<String> runModule(String main) throws Exception {
      return output(
          List.of(JAVA_HOME.resolve("bin/java").toString(), "-p", path(), "-m", "example/" + main),
          Path.of("."));
    }

    private String path() {
      return String.join(File.pathSeparator, jars);
    }
  }

  private Consumer build(String name, String... artifacts) throws Exception {
    Path project = folder.resolve(name);
    copy(ROOT.resolve("it").resolve(name), project);
    List<String> maven = new ArrayList<>(List.of(Path.of(setting("maven"), "bin/mvn").toString()));
    maven.addAll(List.of("-B", "-ntp", "-s", ROOT.resolve("it/settings.xml").toString()));
    Path own = Path.of(System.getProperty("user.home"), ".m2/settings.xml");
    if (Files.exists(own)) {
      maven.addAll(List.of("-gs", own.toString()));
    }
    maven.add("-Dmaven.repo.local=" + local);
    maven.add("-Dconsumers.cache=" + Path.of(setting("cache")).toUri());
    maven.add("package");
    assertThat(output(maven, project))
        .as("what the build of %s says", name)
        .contains("[INFO] BUILD SUCCESS")
        .noneMatch(line -> line.startsWith("[WARNING]"));
    List<String> jars = new ArrayList<>(List.of(project + "/target/" + name + "-1.jar"));
    String version = setting("version");
    for (String artifact : artifacts) {
      jars.add("%s/dev/qkv/%s/%s/%2$s-%3$s.jar".formatted(local, artifact, version));
    }
    return new Consumer(jars);
  }

  /** The lines that a program prints, errors among them, but for the JDK's note on its module. */
  private static List<String> output(List<String> command, Path directory) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines =
        Arrays.stream(text.split("\n"))
            .filter(l -> !l.equals("WARNING: Using incubator modules: jdk.incubator.vector"))
            .toList();
    assertThat(process.waitFor()).as("exit of %s: %s", command, text).isZero();
    return lines;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(from.resolve("target"))) {
          continue;
        }
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static String setting(String name) {
    return System.getProperty("consumers." + name);
  }
}
