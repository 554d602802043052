package dev.qkv.peers;

import dev.qkv.io.ArrayFile;
import dev.qkv.io.StoredArray;
import dev.qkv.tensor.Tensor;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Does what the lines of standard input say, and answers each with one line.
 *
 * <ul>
 *   <li>{@code take CAUSAL FILE}: takes q, k and v from a file, computes once, and writes the
 *       output beside it, with {@code .out.safetensors} added; answers {@code taken} or {@code
 *       cannot}
 *   <li>{@code run N}: computes N times; answers {@code done}
 * </ul>
 */
public final class PeerServer {
  private PeerServer() {}

  /**
   * Runs until standard input ends.
   *
   * @param arguments the library, djl or nd4j, and the number of threads
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    // What the libraries say themselves must not stand between the answers.
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    int threads = Integer.parseInt(arguments[1]);
    Peer peer =
        switch (arguments[0]) {
          case "djl" -> new DjlPeer(threads);
          case "nd4j" -> new Nd4jPeer(threads);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 3);
      if (words[0].equals("take")) {
        answers.println(take(peer, Boolean.parseBoolean(words[1]), words[2]) ? "taken" : "cannot");
      } else {
        long calls = Long.parseLong(words[1]);
        for (long call = 0; call < calls; call++) {
          peer.run();
        }
        answers.println("done");
      }
    }
  }

  private static boolean take(Peer peer, boolean causal, String file) throws IOException {
    Map<String, StoredArray> arrays = ArrayFile.read(Path.of(file));
    boolean can = peer.take(array(arrays, "q"), array(arrays, "k"), array(arrays, "v"), causal);
    if (can) {
      peer.run();
      float[] output = peer.output();
      ArrayFile.write(
          Path.of(file + ".out.safetensors"), Map.of("out", Tensor.of(output, output.length)));
    }
    return can;
  }

  private static Tensor array(Map<String, StoredArray> arrays, String name) throws IOException {
    return Objects.requireNonNull(arrays.get(name)).floats();
  }
}
