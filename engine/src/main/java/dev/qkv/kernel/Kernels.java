package dev.qkv.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Chooses the kernel, once. */
public final class Kernels {
  /** The switch: {@code scalar}, {@code 128}, {@code 256}, {@code 512}, or nothing: the widest. */
  public static final String PROPERTY = "dev.qkv.kernel";

  static final String SWITCH = System.getProperty(PROPERTY, "");

  private static final String MODULE = "jdk.incubator.vector";

  private Kernels() {}

  private static final class Chosen {
    static final Kernel KERNEL = choose();
    static final ElementKernel ELEMENTS =
        KERNEL instanceof VectorKernel ? new VectorElementKernel() : new ScalarElementKernel();
    static final RowKernel ROWS =
        KERNEL instanceof VectorKernel ? new VectorRowKernel() : new ScalarRowKernel();
    static final RowKernel SHORT_ROWS = new ScalarRowKernel();
    static final ProductKernel PRODUCTS =
        KERNEL instanceof VectorKernel ? new VectorProductKernel() : new ScalarProductKernel();
    static final EditKernel EDITS =
        KERNEL instanceof VectorKernel
            ? new VectorEditKernel()
            : new ScalarEditKernel(KERNEL.lanes());
    static final DropoutKernel DROPOUT =
        KERNEL instanceof VectorKernel
            ? new VectorDropoutKernel()
            : new ScalarDropoutKernel(KERNEL.lanes());
  }

  /**
   * The kernel of this JVM.
   *
   * @return always the same one
   */
  public static Kernel chosen() {
    return Chosen.KERNEL;
  }

  /**
   * The kernel for numbers one by one, of the same kind.
   *
   * @return always the same one
   */
  public static ElementKernel elements() {
    return Chosen.ELEMENTS;
  }

  /**
   * The kernel for rows, of the same kind if they are long enough for it.
   *
   * @param length how many numbers lie side by side: a row, or half of one that is rotated
   * @return always the same one for a length
   */
  public static RowKernel rows(int length) {
    return length < Chosen.KERNEL.lanes() ? Chosen.SHORT_ROWS : Chosen.ROWS;
  }

  /**
   * The kernel for matrix products, of the same kind.
   *
   * @return always the same one
   */
  public static ProductKernel products() {
    return Chosen.PRODUCTS;
  }

  /**
   * The kernel for edits of single scores, of the same kind and with the same lanes.
   *
   * @return always the same one
   */
  public static EditKernel edits() {
    return Chosen.EDITS;
  }

  /**
   * The kernel for dropout, of the same kind and with the same lanes.
   *
   * @return always the same one
   */
  public static DropoutKernel dropout() {
    return Chosen.DROPOUT;
  }

  private static Kernel choose() {
    String obstacle = obstacle(SWITCH);
    if (obstacle.isEmpty()) {
      return new VectorKernel();
    }
    Logger logger = System.getLogger("dev.qkv");
    logger.log(Level.WARNING, "attention runs on the slow scalar path: " + obstacle);
    return new ScalarKernel();
  }

  /** Why vectors cannot be used, and what to do about it; empty if they can. */
  static String obstacle(String asked) {
    if (asked.equals("scalar")) {
      return "the system property " + PROPERTY + " says so";
    }
    if (!asked.matches("|128|256|512")) {
      return "the system property " + PROPERTY + ", expected scalar, 128, 256 or 512, got " + asked;
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "start java with --add-modules " + MODULE + ", or put QKV on the module path";
    }
    String mode = System.getProperty("java.vm.info", "");
    String name = System.getProperty("java.vm.name", "");
    if (mode.contains("emulated-client")
        || mode.contains("interpreted")
        || !name.contains("Server VM")) {
      return "vectors need the C2 compiler of HotSpot; start java without -Xint, -client and"
          + " -XX:TieredStopAtLevel";
    }
    return "";
  }
}
