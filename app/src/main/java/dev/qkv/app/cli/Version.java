package dev.qkv.app.cli;

import dev.qkv.attention.Engine;
import java.util.Objects;
import picocli.CommandLine;

/** The version, from the module. */
final class Version implements CommandLine.IVersionProvider {
  Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {
      "qkv "
          + Objects.requireNonNullElse(
              Qkv.class.getPackage().getImplementationVersion(), "0.1.0-SNAPSHOT"),
      "Java " + Runtime.version(),
      "engine: " + Engine.describe()
    };
  }
}
