package dev.qkv.attention;

import dev.qkv.tensor.Tensor;

/**
 * Gradients that are read off the scores: of the scores themselves, of the bias, of the slopes of
 * ALiBi, and of the sinks. The scores' gradients are computed again, tile by tile, in pieces that
 * own what they add to: the same bits for every number of threads.
 */
final class ScoreGradients {
  private final BackwardRun run;
  private final Operands on;

  ScoreGradients(BackwardRun run) {
    this.run = run;
    this.on = run.operands();
  }

  /** What of bias, slopes and sinks is wanted. */
  void learned(Gradients into) {
    if (into.bias() != null) {
      bias(into.bias());
    }
    if (into.alibi() != null) {
      alibi(into.alibi());
    }
    if (into.sinks() != null) {
      sinks(into.sinks(), Checks.given("sinks", on.settings().sinks()));
    }
  }

  /** Takes the gradient of one score. */
  @FunctionalInterface
  private interface Sink {
    void take(int query, int key, float gradient);
  }

  /** Goes over the scores of a block in order. */
  private void block(BackwardBlock block, Stage stage, Sink sink) {
    Place place = block.place();
    block.begin(run);
    int end = place.lastKey();
    for (int a = place.firstKey(); a < end; a += BackwardBlock.MOST_KEYS) {
      int b = Math.min(a + BackwardBlock.MOST_KEYS, end);
      block.scoreGradients(a, b, stage);
      for (int i = 0; i < place.rows(); i++) {
        for (int j = 0; j < b - a; j++) {
          sink.take(place.firstRow() + i, a + j, block.scoreGradient(i, j));
        }
      }
    }
  }

  /** The gradients of all scores at a stage; 0 where a query may not attend to a key. */
  Tensor scores(Stage stage) {
    Tensor scores = on.newScores();
    run.share(
        item -> {
          try (BackwardBlock block = BackwardBlock.take()) {
            Place place = block.place();
            place.choose(on, item);
            int head = place.sequence() * scores.size(1) + place.head();
            int first = head * scores.size(2);
            block(
                block,
                stage,
                (query, key, gradient) ->
                    scores.data()[(first + query) * scores.size(3) + key] = gradient);
          }
        },
        on.blocks());
    return scores;
  }

  /** The gradient of the bias, in its shape; what was repeated is added up. */
  private void bias(Tensor into) {
    for (int place = 0; place < into.elements(); place++) {
      into.data()[into.offset() + place] = 0;
    }
    int[] sizes = {1, 1, 1, 1};
    System.arraycopy(into.shape(), 0, sizes, sizes.length - into.rank(), into.rank());
    boolean perSequence = sizes[0] > 1;
    boolean perHead = sizes[1] > 1;
    boolean perQuery = sizes[2] > 1;
    int sequences = perSequence ? on.sequences() : 1;
    int heads = perHead ? on.qLayout().heads() : 1;
    int longest = 0;
    for (int s = 0; s < on.sequences(); s++) {
      longest = Math.max(longest, on.blocks(s));
    }
    int blocks = perQuery ? longest : 1;
    run.share(
        item -> {
          int s = item / blocks / heads;
          int h = item / blocks % heads;
          int b = item % blocks;
          // What the bias repeats over belongs to one piece, which goes over it in order.
          int lastSequence = perSequence ? s + 1 : on.sequences();
          int lastHead = perHead ? h + 1 : on.qLayout().heads();
          for (int sequence = s; sequence < lastSequence; sequence++) {
            int lastBlock = perQuery ? Math.min(b + 1, on.blocks(sequence)) : on.blocks(sequence);
            for (int head = h; head < lastHead; head++) {
              for (int number = b; number < lastBlock; number++) {
                addBias(into, sizes, sequence, head, number);
              }
            }
          }
        },
        sequences * heads * blocks);
  }

  private void addBias(Tensor into, int[] sizes, int sequence, int head, int number) {
    int first =
        into.offset()
            + ((sizes[0] > 1 ? sequence : 0) * sizes[1] + (sizes[1] > 1 ? head : 0))
                * sizes[2]
                * sizes[3];
    int row = sizes[2] > 1 ? sizes[3] : 0;
    int column = sizes[3] > 1 ? 1 : 0;
    try (BackwardBlock block = BackwardBlock.take()) {
      block.place().choose(on, sequence, head, number);
      block(
          block,
          Stage.SOFTCAPPED,
          (query, key, gradient) -> into.data()[first + query * row + key * column] += gradient);
    }
  }

  /** The gradients of the slopes: Σ dS·(j − i − offset). */
  private void alibi(Tensor into) {
    double[] sums = new double[on.blocks()];
    int[] heads = new int[on.blocks()];
    run.share(
        item -> {
          try (BackwardBlock block = BackwardBlock.take()) {
            Place place = block.place();
            place.choose(on, item);
            heads[item] = place.head();
            long offset = place.offset();
            double[] sum = new double[1];
            block(
                block,
                Stage.SOFTCAPPED,
                (query, key, gradient) -> sum[0] += (double) gradient * (key - query - offset));
            sums[item] = sum[0];
          }
        },
        on.blocks());
    double[] slopes = new double[on.qLayout().heads()];
    for (int item = 0; item < sums.length; item++) {
      slopes[heads[item]] += sums[item];
    }
    store(slopes, into);
  }

  /** The gradients of the sinks: −Σ e^(sink − λ)·Δ. */
  private void sinks(Tensor into, float[] logits) {
    double[] sums = new double[on.qLayout().heads()];
    for (int row = 0; row < on.rows(); row++) {
      int head = row / on.qLayout().length() % on.qLayout().heads();
      float sum = run.logSumExp()[row];
      if (sum != Float.NEGATIVE_INFINITY) {
        sums[head] -= Math.exp(logits[head] - sum) * run.delta()[row];
      }
    }
    store(sums, into);
  }

  private static void store(double[] from, Tensor into) {
    for (int h = 0; h < from.length; h++) {
      into.set((float) from[h], h);
    }
  }
}
