package dev.qkv.attention;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Up to 64 queries of one head, one to a lane, and the keys that each of them may attend to. */
final class Place {
  /** Queries in a block: a multiple of every kernel's lanes. */
  static final int ROWS = 64;

  private final int[] low = new int[ROWS];
  private final int[] high = new int[ROWS];
  // For each group of lanes, at its first lane: the least and most of low and high.
  private final int[] leastLow = new int[ROWS];
  private final int[] mostLow = new int[ROWS];
  private final int[] leastHigh = new int[ROWS];
  private final int[] mostHigh = new int[ROWS];
  private final TileEdits edits = new TileEdits();
  private final TileDropout dropout = new TileDropout();

  private @Nullable Operands operands;
  private int sequence;
  private int head;
  private int firstRow;
  private int rows;
  private int keys;

  Place() {}

  /** Chooses the queries: block number {@code block} of a head of a sequence. */
  void choose(Operands of, int newSequence, int newHead, int block) {
    operands = of;
    sequence = newSequence;
    head = newHead;
    firstRow = block * ROWS;
    rows = Math.min(ROWS, of.queries(newSequence) - firstRow);
    keys = of.keys(newSequence);
    edits.place(of.settings(), newSequence, newHead, offset());
    for (int i = 0; i < ROWS; i++) {
      interval(i, firstRow + Math.min(i, rows - 1));
    }
    int w = of.kernel().lanes();
    for (int lane = 0; lane < ROWS; lane++) {
      int group = lane / w * w;
      boolean first = lane == group;
      leastLow[group] = first ? low[lane] : Math.min(leastLow[group], low[lane]);
      mostLow[group] = first ? low[lane] : Math.max(mostLow[group], low[lane]);
      leastHigh[group] = first ? high[lane] : Math.min(leastHigh[group], high[lane]);
      mostHigh[group] = first ? high[lane] : Math.max(mostHigh[group], high[lane]);
    }
  }

  /** Chooses block number {@code item} of all; the last of a head first, see {@link ForwardRun}. */
  void choose(Operands of, int item) {
    int at = of.sequenceOf(item);
    int inSequence = item - of.blocksBefore(at);
    int blocks = of.blocks(at);
    choose(of, at, inSequence / blocks, blocks - 1 - inSequence % blocks);
  }

  long bytes() {
    return (6L * ROWS) * Integer.BYTES + edits.bytes() + dropout.bytes();
  }

  /** Lets go of the operands and of the caller's masks. */
  void release() {
    operands = null;
    edits.release();
  }

  Operands operands() {
    return Objects.requireNonNull(operands);
  }

  int sequence() {
    return sequence;
  }

  int head() {
    return head;
  }

  int kvHead() {
    return head / operands().group();
  }

  /** Index of the first query in its sequence. */
  int firstRow() {
    return firstRow;
  }

  int rows() {
    return rows;
  }

  /** Groups of lanes that hold queries. */
  int groups() {
    int w = operands().kernel().lanes();
    return (rows + w - 1) / w;
  }

  int[] low() {
    return low;
  }

  int[] high() {
    return high;
  }

  /** Draws for the weights of a group of lanes, keys [a, a + n). */
  void draw(Dropout choice, int lane, int a, int n) {
    dropout.draw(choice, sequence, head, firstRow + lane, a, n);
  }

  /** Drops what was drawn last. */
  void drop(float[] p, int n) {
    dropout.drop(p, n);
  }

  /** The keys that query {@code query} may attend to: from low to before high. */
  private void interval(int lane, int query) {
    Settings settings = operands().settings();
    long position = (long) query + offset();
    long from = 0;
    long to = keys;
    if (settings.causal()) {
      to = Math.min(to, position + 1);
    }
    if (settings.windowLeft() >= 0) {
      from = Math.max(from, position - settings.windowLeft());
    }
    if (settings.windowRight() >= 0) {
      to = Math.min(to, position + settings.windowRight() + 1);
    }
    low[lane] = (int) Math.min(from, keys);
    high[lane] = (int) Math.max(to, 0);
  }

  /** Query i stands at key position i + offset. */
  long offset() {
    Settings settings = operands().settings();
    long aligned =
        settings.alignment() == Alignment.BOTTOM_RIGHT
            ? (long) keys - operands().queries(sequence)
            : 0;
    return aligned + settings.offset();
  }

  /** The first key that any of these queries may attend to. */
  int firstKey() {
    int least = low[0];
    for (int i = 1; i < rows; i++) {
      least = Math.min(least, low[i]);
    }
    return least;
  }

  /** One past the last key that any of these queries may attend to. */
  int lastKey() {
    int most = high[0];
    for (int i = 1; i < rows; i++) {
      most = Math.max(most, high[i]);
    }
    return most;
  }

  /** The first of the keys from {@code from} that a group of lanes may attend to. */
  int firstKey(int lane, int from) {
    return Math.max(from, leastLow[lane]);
  }

  /** One past the last of the keys before {@code to} that a group of lanes may attend to. */
  int lastKey(int lane, int to) {
    return Math.min(to, mostHigh[lane]);
  }

  /** Whether an edge of a mask crosses the keys [a, b) of a group of lanes. */
  boolean isCrossed(int lane, int a, int b) {
    return a < mostLow[lane] || b > leastHigh[lane];
  }

  /** Finds out which scores of a tile stay; see {@link TileEdits#choose}. */
  ScoreTile.Content choose(int lane, int a, int n) {
    if (edits.chooses()) {
      return edits.choose(low, high, lane, valid(lane), firstRow + lane, a, n);
    }
    return isCrossed(lane, a, a + n) ? ScoreTile.Content.SOME : ScoreTile.Content.ALL;
  }

  /** Adds ALiBi and bias to the scores of the last tile of {@link #choose}. */
  void add(float[] s, int lane, int a, int n) {
    edits.add(s, firstRow + lane, a, n);
  }

  /** All that is done to the scores of the last tile, with what {@link #choose} returned. */
  void edit(float[] s, int lane, int a, int n, ScoreTile.Content content) {
    add(s, lane, a, n);
    edits.transform(s, valid(lane), firstRow + lane, a, n);
    if (content == ScoreTile.Content.ALL) {
      return;
    }
    if (edits.chooses()) {
      edits.hide(s, n);
    } else {
      operands().kernel().mask(s, n, a, low, high, lane);
    }
  }

  /** Multiplies gradients by the derivative of the score function; see {@link TileEdits#slopes}. */
  void slopes(float[] s, float[] gradients, DifferentiableScore function, int lane, int a, int n) {
    edits.slopes(s, gradients, function, valid(lane), firstRow + lane, a, n);
  }

  /** Lanes of a group that are queries. */
  int valid(int lane) {
    return Math.min(operands().kernel().lanes(), rows - lane);
  }

  /** How many keys the intervals of these queries have. */
  long pairs() {
    long pairs = 0;
    for (int i = 0; i < rows; i++) {
      pairs += Math.max(0, high[i] - low[i]);
    }
    return pairs;
  }
}
