package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher's build: its lock, its place and its end, with a Maven and a Java that do little.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class LauncherTest {
  private static final int LONGEST = 60;

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void checkout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a checkout 检出"));
    Files.copy(Path.of("..", "qkv"), checkout.resolve("qkv"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    for (String module : List.of("bom", "engine", "nn", "sheet", "app", "browser")) {
      Path sources = Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(sources.resolve("Some.java"), "class Some {}");
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "<project/>");
    }
    Path examples = Files.createDirectories(checkout.resolve("examples/kinds"));
    Files.writeString(examples.resolve("softmax.md"), "## 1");
    script(
        "bin/mvn",
        """
        echo $$ >"$STARTED"
        [ -n "$FAILS" ] && { echo "[ERROR] it does not compile"; exit 1; }
        [ -n "$SLOW" ] && exec sleep 60
        [ -e examples/kinds/softmax.md ] || exit 1
        mkdir -p app/target/modules && echo jar >app/target/modules/qkv.jar
        case "$*" in
        *-Pbrowser*) mkdir -p browser/target && echo jar >browser/target/qkv-browser.jar ;;
        esac
        """);
    script("jdk/bin/java", "echo \"ran $*\"");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Path started() {
    return folder.resolve("started");
  }

  private Path state() {
    return checkout.resolve(".qkv");
  }

  private Process start(Map<String, String> variables) throws IOException {
    return start(List.of("check", "notes.md"), variables);
  }

  private Process start(List<String> arguments, Map<String, String> variables) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", checkout.resolve("qkv").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("QKV_JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("STARTED", started().toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.putAll(variables);
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
  }

  /** What a run writes; it ends with a code. */
  private String run(int code, Map<String, String> variables) throws Exception {
    return ended(start(variables), code);
  }

  private String ended(Process process, int code) throws Exception {
    assertThat(process.waitFor(LONGEST, TimeUnit.SECONDS)).isTrue();
    String out = Files.readString(folder.resolve("out"));
    assertThat(process.exitValue()).as(out).isEqualTo(code);
    return out;
  }

  private ProcessHandle maven() throws Exception {
    while (!Files.exists(started()) || Files.readString(started()).isBlank()) {
      Thread.sleep(10);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(started()).strip())).orElseThrow();
  }

  /** The sheet for browsers is compiled when a page in a file is first asked for, and kept. */
  @Test
  void buildsTheSheetForBrowsersOnceItIsWanted() throws Exception {
    List<String> page = List.of("solve", "notes.md", "--html", "notes.html");
    assertThat(run(0, Map.of())).contains("building").doesNotContain("browsers");
    assertThat(ended(start(page, Map.of()), 0)).contains("building").contains("browsers");
    assertThat(state().resolve("modules/qkv-browser.jar")).exists();
    assertThat(ended(start(page, Map.of()), 0)).doesNotContain("building");
    assertThat(run(0, Map.of())).doesNotContain("building");
  }

  @Test
  void buildsOnceAndRuns() throws Exception {
    assertThat(run(0, Map.of())).contains("building").contains("ran ").contains("check notes.md");
    assertThat(run(0, Map.of())).doesNotContain("building").contains("check notes.md");
    assertThat(state().resolve("lock")).doesNotExist();
  }

  /** The note of the JDK is not for those who run this; all else passes, and so does the code. */
  @Test
  void noteOnIncubatorModulesIsKeptBack() throws Exception {
    script(
        "jdk/bin/java",
        """
        [ "$NOTE" ] && echo "WARNING: Using incubator modules: jdk.incubator.vector" >&2
        printf 'step 1\r' >&2
        echo "WARNING: another" >&2
        exit 7
        """);
    for (String note : List.of("", "1")) {
      Process process = start(List.of("attend"), Map.of("NOTE", note));
      ended(process, 7);
      String out = Files.readString(folder.resolve("out"));
      while (!out.contains("another\n")) { // what passes the note's filter comes a little later
        Thread.sleep(10);
        out = Files.readString(folder.resolve("out"));
      }
      assertThat(out).contains("step 1\rWARNING: another\n").doesNotContain("incubator");
    }
  }

  @Test
  void lockOfDeadOwnerIsTaken() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(state().resolve("lock"));
    Files.writeString(state().resolve("lock/owners"), dead.pid() + "\n");
    assertThat(run(0, Map.of())).contains("building").contains("check notes.md");
    assertThat(state().resolve("lock")).doesNotExist();
  }

  @Test
  void hangUpEndsMavenAndGivesTheLockBack() throws Exception {
    Process process = start(Map.of("SLOW", "1"));
    ProcessHandle maven = maven();
    new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
    ended(process, 130);
    assertThat(maven.isAlive()).isFalse();
    assertThat(state().resolve("lock")).doesNotExist();
    assertThat(run(0, Map.of())).contains("check notes.md");
  }

  @Test
  void killedBuildIsWaitedForAndMadeAgain() throws Exception {
    Process process = start(Map.of("SLOW", "1"));
    ProcessHandle maven = maven();
    process.destroyForcibly().waitFor();
    Process next = start(Map.of());
    while (!Files.readString(folder.resolve("out")).contains("waiting for another build")) {
      Thread.sleep(10);
    }
    assertThat(Files.readString(folder.resolve("out"))).contains(String.valueOf(maven.pid()));
    assertThat(maven.destroyForcibly()).isTrue();
    assertThat(ended(next, 0)).contains("building").contains("check notes.md");
  }

  @Test
  void failedBuildSaysWhyAndIsNotRun() throws Exception {
    assertThat(run(2, Map.of("FAILS", "1")))
        .contains("it does not compile")
        .contains("the build failed")
        .doesNotContain("check notes.md");
    assertThat(run(0, Map.of())).contains("check notes.md");
  }

  /** A file stands where the build would go: the same as a folder that may not be written. */
  @Test
  void checkoutThatCannotBeWrittenIsBuiltInTheCache() throws Exception {
    Files.writeString(state(), "");
    assertThat(run(0, Map.of())).contains("check notes.md");
    assertThat(folder.resolve("cache/qkv")).isDirectory();
    assertThat(checkout.resolve("app/target")).doesNotExist();
    assertThat(run(0, Map.of())).doesNotContain("building");
  }

  @Test
  void nowhereToWriteIsSaid() throws Exception {
    Files.writeString(state(), "");
    Files.writeString(folder.resolve("cache"), "");
    assertThat(run(2, Map.of()))
        .startsWith("qkv: neither ")
        .contains("XDG_CACHE_HOME")
        .doesNotContain("mkdir");
  }
}
