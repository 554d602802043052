/** Layers of a transformer over the engine, and their training. */
module dev.qkv.nn {
  requires static org.jspecify;
  requires transitive dev.qkv.engine;

  exports dev.qkv.nn;
  exports dev.qkv.nn.layer;
  exports dev.qkv.nn.model;
  exports dev.qkv.nn.train;
}
