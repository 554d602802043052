/**
 * Attention: in float32 at the speed of the hardware, and in float64 as the definition is written,
 * the oracle that every faster evaluation is held against.
 */
module dev.qkv.engine {
  requires jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.qkv.attention;
  exports dev.qkv.io;
  exports dev.qkv.ops;
  exports dev.qkv.reference;
  exports dev.qkv.tensor;
}
