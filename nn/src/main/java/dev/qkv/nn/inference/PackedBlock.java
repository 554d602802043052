package dev.qkv.nn.inference;

import dev.qkv.attention.Attention;
import dev.qkv.nn.layer.EncoderBlock;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.Residual;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.ops.RopeTable;
import org.jspecify.annotations.Nullable;

/**
 * A block of an encoder. Only attention mixes rows: everything else of a block, and what prepares
 * the next attention, is done for some rows at a time, from one end to the other.
 */
final class PackedBlock {
  private final Attention attention;
  private final @Nullable Rotary rotary;
  private final int heads;
  private final int kvHeads;
  private final int headDim;
  private final int valueDim;
  private final PackedLinear queriesKeysValues;
  private final PackedLinear output;
  private final PackedNorm attentionNorm;
  private final boolean attentionNormFirst;
  private final PackedFeedForward feedForward;
  private final PackedNorm feedForwardNorm;
  private final boolean feedForwardNormFirst;

  private PackedBlock(String name, EncoderBlock block) {
    MultiHeadAttention layer = block.attention();
    attention = layer.attention().withoutDropout();
    rotary = layer.rotary();
    heads = layer.heads();
    kvHeads = layer.kvHeads();
    headDim = layer.query().weight().value().size(1) / heads;
    valueDim = layer.value().weight().value().size(1) / kvHeads;
    queriesKeysValues =
        PackedLinear.of(name + ".attention", layer.query(), layer.key(), layer.value());
    output = PackedLinear.of(name + ".attention.output", layer.output());
    Residual first = block.attentionResidual();
    attentionNorm = PackedNorm.of(first.norm());
    attentionNormFirst = first.place() == NormPlace.PRE;
    feedForward = PackedFeedForward.of(name + ".feedForward", block.feedForward());
    Residual second = block.feedForwardResidual();
    feedForwardNorm = PackedNorm.of(second.norm());
    feedForwardNormFirst = second.place() == NormPlace.PRE;
  }

  static PackedBlock of(String name, EncoderBlock block) {
    return new PackedBlock(name, block);
  }

  Attention attention() {
    return attention;
  }

  @Nullable Rotary rotary() {
    return rotary;
  }

  int heads() {
    return heads;
  }

  int kvHeads() {
    return kvHeads;
  }

  int headDim() {
    return headDim;
  }

  int valueDim() {
    return valueDim;
  }

  /** Numbers of a row's queries, keys and values. */
  int projectedWidth() {
    return queriesKeysValues.out();
  }

  /** Numbers that attention gives for a row. */
  int contextWidth() {
    return heads * valueDim;
  }

  int innerWidth() {
    return feedForward.innerWidth();
  }

  /**
   * Queries, keys and values of some rows of x.
   *
   * @param x rows one after the other
   * @param at where the first of them starts
   * @param first its number
   * @param rows how many
   * @param length rows of a sequence
   * @param turns rotations of all positions; null for none
   * @param to receives them, from the place of that number
   * @param own scratch
   */
  void project(
      float[] x,
      int at,
      int first,
      int rows,
      int length,
      @Nullable RopeTable turns,
      float[] to,
      RowScratch own) {
    float[] from = x;
    int fromAt = at;
    if (attentionNormFirst) {
      from = own.normalised();
      fromAt = 0;
      attentionNorm.apply(x, at, from, 0, rows, own.statistics());
    }
    int toAt = first * queriesKeysValues.out();
    queriesKeysValues.apply(from, fromAt, rows, to, toAt, false, own.edge());
    if (turns != null) {
      for (int row = 0; row < rows; row++) {
        int start = toAt + row * queriesKeysValues.out();
        int position = (first + row) % length;
        turns.rotate(to, start, heads + kvHeads, position);
      }
    }
  }

  /** What comes after attention, for some rows of x, in place. */
  void finish(float[] x, int at, int first, int rows, float[] context, RowScratch own) {
    output.apply(context, first * contextWidth(), rows, x, at, true, own.edge());
    if (!attentionNormFirst) {
      attentionNorm.apply(x, at, x, at, rows, own.statistics());
    }
    if (feedForwardNormFirst) {
      feedForwardNorm.apply(x, at, own.normalised(), 0, rows, own.statistics());
      feedForward.addTo(own.normalised(), 0, rows, x, at, own);
    } else {
      feedForward.addTo(x, at, rows, x, at, own);
      feedForwardNorm.apply(x, at, x, at, rows, own.statistics());
    }
  }
}
