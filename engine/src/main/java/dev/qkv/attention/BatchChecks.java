package dev.qkv.attention;

import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a {@link Batch} owes the shapes. Nothing is allocated unless a rule is broken. */
final class BatchChecks {
  private static final int AXES = 4;

  private BatchChecks() {}

  /** That the batch fits q and k, which fit each other. */
  static void fits(Settings settings, Batch batch, Layout q, Layout k) {
    int[] queryEnds = batch.queryEnds();
    int[] keyEnds = batch.keyEnds();
    int sequences = q.batches();
    int queries = q.length();
    int keys = k.length();
    boolean differ = queries != keys;
    if (queryEnds != null && keyEnds != null) {
      packed(q, queryEnds, keyEnds, keys);
      sequences = queryEnds.length - 1;
      differ = !Arrays.equals(queryEnds, keyEnds);
      queries = longest(queryEnds);
      keys = longest(keyEnds);
    }
    lengths(batch.keyLengths(), keyEnds, sequences, keys);
    differ |= batch.keyLengths() != null;
    if (differ && settings.positional() && settings.mask().alignment() == null) {
      throw new InvalidArgument("attention.alignment", Checks.OP, queries, keys);
    }
    BooleanTensor keep = batch.keep();
    if (keep != null) {
      boolean fits = keep.rank() >= 2 && keep.rank() <= AXES;
      for (int axis = 0; fits && axis < keep.rank(); axis++) {
        int size = axis(axis + AXES - keep.rank(), sequences, q.heads(), queries, keys);
        fits = keep.size(axis) == size || keep.size(axis) == 1;
      }
      if (!fits) {
        throw mask("keep", keep.shape(), sequences, q.heads(), queries, keys);
      }
    }
    Tensor bias = batch.bias();
    if (bias != null) {
      boolean fits = bias.rank() >= 2 && bias.rank() <= AXES;
      for (int axis = 0; fits && axis < bias.rank(); axis++) {
        int size = axis(axis + AXES - bias.rank(), sequences, q.heads(), queries, keys);
        fits = bias.size(axis) == size || bias.size(axis) == 1;
      }
      if (!fits) {
        throw mask("bias", bias.shape(), sequences, q.heads(), queries, keys);
      }
    }
  }

  private static void packed(Layout q, int[] queryEnds, int[] keyEnds, int keys) {
    if (q.batches() != 1) {
      throw new InvalidArgument("attention.packed.batch", Checks.OP, q.shape());
    }
    ends("q", queryEnds, q.length());
    ends("k", keyEnds, keys);
    if (queryEnds.length != keyEnds.length) {
      throw new InvalidArgument(
          "attention.packed.count", Checks.OP, queryEnds.length - 1, keyEnds.length - 1);
    }
  }

  private static void ends(String name, int[] ends, int total) {
    if (ends.length < 1 || ends[0] != 0 || ends[ends.length - 1] != total) {
      throw new InvalidArgument("attention.packed.ends", Checks.OP, name, ends, total);
    }
    for (int i = 1; i < ends.length; i++) {
      if (ends[i] < ends[i - 1]) {
        throw new InvalidArgument("attention.packed.order", Checks.OP, name, ends[i - 1], ends[i]);
      }
    }
  }

  /** The longest of packed sequences. */
  static int longest(int[] ends) {
    int longest = 0;
    for (int i = 1; i < ends.length; i++) {
      longest = Math.max(longest, ends[i] - ends[i - 1]);
    }
    return longest;
  }

  private static void lengths(
      int @Nullable [] lengths, int @Nullable [] keyEnds, int sequences, int keys) {
    if (lengths == null) {
      return;
    }
    if (lengths.length != sequences) {
      throw new InvalidArgument("attention.lengths.count", Checks.OP, lengths.length, sequences);
    }
    for (int i = 0; i < sequences; i++) {
      int stored = keyEnds == null ? keys : keyEnds[i + 1] - keyEnds[i];
      if (lengths[i] < 0 || lengths[i] > stored) {
        throw new InvalidArgument("attention.lengths.range", Checks.OP, stored, lengths[i]);
      }
    }
  }

  private static int axis(int axis, int sequences, int heads, int queries, int keys) {
    return switch (axis) {
      case 0 -> sequences;
      case 1 -> heads;
      case 2 -> queries;
      default -> keys;
    };
  }

  private static InvalidArgument mask(
      String name, int[] shape, int sequences, int heads, int queries, int keys) {
    int[] whole = {sequences, heads, queries, keys};
    return new InvalidArgument("attention.mask", Checks.OP, name, shape, whole);
  }
}
