package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import dev.qkv.app.bench.Choice;
import dev.qkv.io.ArrayFile;
import dev.qkv.tensor.Tensor;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A library in a JVM of its own, because its native libraries cannot share one with PyTorch's. It
 * is told to run so many times and takes its turn like the others; a message takes some 20 µs of a
 * turn of 10 ms.
 */
final class RemoteContestant implements Contestant {
  /** Where the peers were built; the bench's pom says so. */
  private static final String PEERS = "dev.qkv.peers";

  private final String name;
  private final String library;

  RemoteContestant(String name, String library) {
    this.name = name;
    this.library = library;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Ready> ready(Case which, Tensor[] inputs, int threads) throws IOException {
    if (which.window() >= 0 || which.choice() != Choice.NONE) {
      return Optional.empty();
    }
    Path folder = Files.createTempDirectory("qkv-bench");
    Path file = folder.resolve("in.safetensors");
    Path output = Path.of(file + ".out.safetensors");
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("q", inputs[0]);
    arrays.put("k", inputs[1]);
    arrays.put("v", inputs[2]);
    ArrayFile.write(file, arrays);
    Remote remote = new Remote(start(threads));
    try {
      if (!remote.ask("take " + which.causal() + " " + file).equals("taken")) {
        remote.close();
        return Optional.empty();
      }
      remote.result = Objects.requireNonNull(ArrayFile.read(output).get("out")).floats().toArray();
      return Optional.of(remote);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(output);
      Files.delete(folder);
    }
  }

  private Process start(int threads) throws IOException {
    Path built = Path.of(System.getProperty(PEERS, "peers/target"));
    String classPath =
        built.resolve("classes")
            + File.pathSeparator
            + Files.readString(built.resolve("class-path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx4g",
            "-DDJL_CACHE_DIR=" + built.resolve("djl"),
            "-cp",
            classPath.strip(),
            "dev.qkv.peers.PeerServer",
            library,
            String.valueOf(threads));
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    // Idle threads must not spin into the turns of the others.
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    builder.environment().put("KMP_BLOCKTIME", "0");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static final class Remote implements Ready {
    private final Process process;
    private final Writer lines;
    private final BufferedReader answers;
    private float[] result = {};

    Remote(Process process) {
      this.process = process;
      this.lines = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      this.answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private String ask(String line) {
      try {
        lines.write(line + "\n");
        lines.flush();
        String answer = answers.readLine();
        if (answer == null) {
          throw new IllegalStateException(line + ": the other JVM ended");
        }
        return answer;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void run(long calls) {
      ask("run " + calls);
    }

    @Override
    public float[] output() {
      return result;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
