package dev.qkv.attention;

import dev.qkv.tensor.Layout;

/**
 * Some keys and values of a head as kernels read them: where the caller has them, or copied where
 * their components are not adjacent.
 */
final class KeyTile {
  private float[] kCopy = {};
  private float[] vCopy = {};
  private float[] k = {};
  private float[] v = {};
  private int kOffset;
  private int kStride;
  private int vOffset;
  private int vStride;

  KeyTile() {}

  /** Goes to {@code n} keys from {@code key} of the head of {@code place}. */
  void load(Place place, int key, int n) {
    Operands on = place.operands();
    Layout kl = on.kLayout();
    Layout vl = on.vLayout();
    k = on.k();
    kOffset = on.keyRow(kl, place.sequence(), place.kvHead(), key);
    kStride = kl.rowStride();
    if (kl.columnStride() != 1) {
      kCopy = Packing.rows(k, kOffset, kl, n, ScoreTile.MOST_KEYS, kCopy);
      k = kCopy;
      kOffset = 0;
      kStride = kl.dim();
    }
    v = on.v();
    vOffset = on.keyRow(vl, place.sequence(), place.kvHead(), key);
    vStride = vl.rowStride();
    if (vl.columnStride() != 1) {
      vCopy = Packing.rows(v, vOffset, vl, n, ScoreTile.MOST_KEYS, vCopy);
      v = vCopy;
      vOffset = 0;
      vStride = vl.dim();
    }
  }

  /** Lets go of the caller's arrays. */
  void release() {
    k = kCopy;
    v = vCopy;
  }

  long bytes() {
    return ((long) kCopy.length + vCopy.length) * Float.BYTES;
  }

  float[] k() {
    return k;
  }

  float[] v() {
    return v;
  }

  /** Where the key that is {@code j} after the first starts. */
  int kOffset(int j) {
    return kOffset + j * kStride;
  }

  int kStride() {
    return kStride;
  }

  /** Where the value that is {@code j} after the first starts. */
  int vOffset(int j) {
    return vOffset + j * vStride;
  }

  int vStride() {
    return vStride;
  }
}
