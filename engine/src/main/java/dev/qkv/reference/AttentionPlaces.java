package dev.qkv.reference;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Batch;
import dev.qkv.attention.KeepFunction;
import dev.qkv.attention.Settings;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Objects;

/**
 * Where sequences, queries and keys are, and which keys a query may attend to, as the choices are
 * defined.
 *
 * @param settings the choices
 * @param q queries
 * @param k keys
 * @param batch masks and lengths of the call
 */
public record AttentionPlaces(Settings settings, Tensor q, Tensor k, Batch batch) {

  /**
   * How many sequences there are.
   *
   * @return the batch, or the number of packed sequences
   */
  public int sequences() {
    int[] ends = batch.queryEnds();
    return ends == null ? q.layout(settings.axisOrder()).batches() : ends.length - 1;
  }

  /**
   * How many queries a sequence has.
   *
   * @param sequence its index
   * @return its length
   */
  public int queries(int sequence) {
    int[] ends = batch.queryEnds();
    return ends == null
        ? q.layout(settings.axisOrder()).length()
        : ends[sequence + 1] - ends[sequence];
  }

  /**
   * Where the queries of a sequence start on the length axis.
   *
   * @param sequence its index
   * @return 0 if nothing is packed
   */
  public int queryStart(int sequence) {
    int[] ends = batch.queryEnds();
    return ends == null ? 0 : ends[sequence];
  }

  /**
   * Where the keys of a sequence start on the length axis.
   *
   * @param sequence its index
   * @return 0 if nothing is packed
   */
  public int keyStart(int sequence) {
    int[] ends = batch.keyEnds();
    return ends == null ? 0 : ends[sequence];
  }

  int storedKeys(int sequence) {
    int[] ends = batch.keyEnds();
    return ends == null
        ? k.layout(settings.axisOrder()).length()
        : ends[sequence + 1] - ends[sequence];
  }

  /**
   * The key position at which a query stands.
   *
   * @param sequence index of the batch, or of the packed sequence
   * @param query index of the query in its sequence
   * @return may lie outside the keys
   */
  public long position(int sequence, int query) {
    int[] lengths = batch.keyLengths();
    int keys = lengths == null ? storedKeys(sequence) : lengths[sequence];
    Settings.Mask mask = settings.mask();
    long first = mask.alignment() == Alignment.BOTTOM_RIGHT ? keys - queries(sequence) : 0;
    return first + mask.offset() + query;
  }

  boolean keeps(int sequence, int head, int query, int key) {
    long position = position(sequence, query);
    int[] lengths = batch.keyLengths();
    if (lengths != null && key >= lengths[sequence]) {
      return false;
    }
    Settings.Mask mask = settings.mask();
    if (mask.causal() && key > position) {
      return false;
    }
    if (mask.windowLeft() != null && key < position - mask.windowLeft()) {
      return false;
    }
    if (mask.windowRight() != null && key > position + mask.windowRight()) {
      return false;
    }
    Tensor bias = batch.bias();
    if (bias != null
        && bias.get(index(bias.shape(), sequence, head, query, key)) == Float.NEGATIVE_INFINITY) {
      return false;
    }
    BooleanTensor keep = batch.keep();
    if (keep != null && !keep.get(index(keep.shape(), sequence, head, query, key))) {
      return false;
    }
    KeepFunction function = mask.function();
    return function == null || function.keeps(sequence, head, query, key);
  }

  /** The last axes of an index into a mask, sizes of 1 repeating. */
  private static int[] index(int[] shape, int... whole) {
    int[] index = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      index[axis] = shape[axis] == 1 ? 0 : whole[axis + whole.length - shape.length];
    }
    return index;
  }

  /**
   * The place of the bias of a query and a key among its numbers.
   *
   * @param sequence index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @param key index of the key in its sequence
   * @return the same for all that share it
   */
  public int biasPlace(int sequence, int head, int query, int key) {
    int[] shape = Objects.requireNonNull(batch.bias()).shape();
    int[] index = index(shape, sequence, head, query, key);
    int place = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      place = place * shape[axis] + index[axis];
    }
    return place;
  }

  /**
   * The number of a query among all, (batch, heads, queries).
   *
   * @param sequence index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @return its row
   */
  public int queryRow(int sequence, int head, int query) {
    Layout ql = q.layout(settings.axisOrder());
    int index = batch.queryEnds() == null ? sequence : 0;
    return (index * ql.heads() + head) * ql.length() + queryStart(sequence) + query;
  }

  /**
   * The number of a key among all, (batch, kvHeads, keys).
   *
   * @param sequence index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param key index of the key in its sequence
   * @return its row
   */
  public int keyRow(int sequence, int head, int key) {
    Layout kl = k.layout(settings.axisOrder());
    int index = batch.queryEnds() == null ? sequence : 0;
    int kvHead = head / (q.layout(settings.axisOrder()).heads() / kl.heads());
    return (index * kl.heads() + kvHead) * kl.length() + keyStart(sequence) + key;
  }
}
