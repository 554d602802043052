/** Attention and its gradients on the module path. */
module example {
  requires dev.qkv.engine;
}
