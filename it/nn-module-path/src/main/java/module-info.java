/** A transformer that is trained, on the module path. */
module example {
  requires dev.qkv.nn;
}
