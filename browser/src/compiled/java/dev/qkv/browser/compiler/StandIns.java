package dev.qkv.browser.compiler;

import java.util.Set;
import org.teavm.extension.spi.substitution.SubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Classes of the JDK that the compiler's class library lacks or reads otherwise. */
public final class StandIns implements SubstitutionPolicy {
  private static final String PACKAGE = "dev.qkv.browser.standin.";

  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.Character$UnicodeScript",
          "java.text.Normalizer",
          "java.util.ResourceBundle",
          "java.text.Normalizer$Form");

  /** For the compiler, which finds this as a service. */
  public StandIns() {}

  @Override
  public void contribute(SubstitutionSink sink) {
    sink.selectClasses(name -> CLASSES.contains(name) || name.startsWith("java.util.regex."))
        .packagePrefix(PACKAGE);
  }
}
