package dev.qkv.app.cli;

import dev.qkv.attention.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;

/** The version and the commit that the program was built from, as the build wrote them down. */
final class Version implements CommandLine.IVersionProvider {
  Version() {}

  @Override
  public String[] getVersion() {
    Properties build = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Qkv.class.getResourceAsStream("/dev/qkv/app/build.properties"))) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {
      "qkv %s (%s)".formatted(build.getProperty("version"), build.getProperty("commit")),
      "Java " + Runtime.version(),
      "engine: " + Engine.describe()
    };
  }
}
