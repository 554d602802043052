package dev.qkv.kernel;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Which vectors {@link VectorKernel} uses: constants, so that C2 can fold them. */
final class VectorSettings {
  static final VectorSpecies<Float> SPECIES = species(Kernels.SWITCH);

  /** Whether there are 32 vector registers rather than 16: AVX-512 and NEON. */
  static final boolean MANY_REGISTERS =
      SPECIES.vectorBitSize() == 512
          || System.getProperty("os.arch").toLowerCase(Locale.ROOT).startsWith("aarch64");

  private VectorSettings() {}

  private static VectorSpecies<Float> species(String width) {
    return switch (width) {
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      default -> widest();
    };
  }

  private static VectorSpecies<Float> widest() {
    int bits = Math.clamp(VectorShape.preferredShape().vectorBitSize(), 128, 512);
    return VectorShape.forBitSize(bits).withLanes(float.class);
  }
}
