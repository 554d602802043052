/**
 * Attention in float64, as the definition is written: the oracle that every faster evaluation is
 * held against.
 */
module dev.qkv.engine {
  requires static org.jspecify;

  exports dev.qkv.reference;
}
