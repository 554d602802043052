package dev.qkv.reference;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Settings;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;

/**
 * Attention with every choice of {@link Settings}, one query at a time, in float64, as the choices
 * are defined. The arguments are taken to be valid: {@link dev.qkv.attention.Attention} checks
 * them.
 *
 * @param settings the choices; threads and executor play no part
 * @param q queries
 * @param k keys
 * @param v values
 */
public record AttentionDefinition(Settings settings, Tensor q, Tensor k, Tensor v) {

  /**
   * What becomes of one query.
   *
   * @param scaled scale·q·k for each key of its sequence
   * @param softcapped after the softcap
   * @param masked after ALiBi, bias, score function and masks
   * @param weights after softmax, before dropout
   * @param output weights, after dropout, times values
   * @param logSumExp log Σ e^masked, the sink included
   */
  public record Row(
      double[] scaled,
      double[] softcapped,
      double[] masked,
      double[] weights,
      double[] output,
      double logSumExp) {}

  /**
   * Computes one row.
   *
   * @param sequence index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @return the row
   */
  public Row row(int sequence, int head, int query) {
    Layout ql = q.layout(settings.axisOrder());
    Layout kl = k.layout(settings.axisOrder());
    Layout vl = v.layout(settings.axisOrder());
    int batch = settings.packedQueries() == null ? sequence : 0;
    int kvHead = head / (ql.heads() / kl.heads());
    int keys = storedKeys(sequence);
    Float chosen = settings.scale();
    double scale = chosen != null ? chosen : 1 / Math.sqrt(ql.dim());
    double[] scaled = new double[keys];
    double[] softcapped = new double[keys];
    double[] masked = new double[keys];
    for (int j = 0; j < keys; j++) {
      int qRow = ql.row(batch, head, queryStart(sequence) + query);
      int kRow = kl.row(batch, kvHead, keyStart(sequence) + j);
      double dot = 0;
      for (int t = 0; t < ql.dim(); t++) {
        dot +=
            (double) q.data()[qRow + t * ql.columnStride()]
                * k.data()[kRow + t * kl.columnStride()];
      }
      scaled[j] = scale * dot;
      double cap = settings.softcap();
      softcapped[j] = cap == 0 ? scaled[j] : cap * Math.tanh(scaled[j] / cap);
      masked[j] =
          keeps(sequence, head, query, j)
              ? changed(softcapped[j], sequence, head, query, j)
              : Double.NEGATIVE_INFINITY;
    }
    float[] sinks = settings.sinks();
    double sink = sinks == null ? Double.NEGATIVE_INFINITY : sinks[head];
    double logSumExp = logSumExp(masked, sink);
    double[] weights = new double[keys];
    double[] output = new double[vl.dim()];
    for (int j = 0; j < keys; j++) {
      if (masked[j] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      weights[j] = Math.exp(masked[j] - logSumExp);
      double factor = weights[j] * dropoutFactor(sequence, head, query, j);
      int vRow = vl.row(batch, kvHead, keyStart(sequence) + j);
      for (int t = 0; t < vl.dim(); t++) {
        output[t] += factor * v.data()[vRow + t * vl.columnStride()];
      }
    }
    return new Row(scaled, softcapped, masked, weights, output, logSumExp);
  }

  /**
   * How many sequences there are.
   *
   * @return the batch, or the number of packed sequences
   */
  public int sequences() {
    int[] ends = settings.packedQueries();
    return ends == null ? q.layout(settings.axisOrder()).batches() : ends.length - 1;
  }

  /**
   * How many queries a sequence has.
   *
   * @param sequence its index
   * @return its length
   */
  public int queries(int sequence) {
    int[] ends = settings.packedQueries();
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
    int[] ends = settings.packedQueries();
    return ends == null ? 0 : ends[sequence];
  }

  /**
   * Where the keys of a sequence start on the length axis.
   *
   * @param sequence its index
   * @return 0 if nothing is packed
   */
  public int keyStart(int sequence) {
    int[] ends = settings.packedKeys();
    return ends == null ? 0 : ends[sequence];
  }

  private int storedKeys(int sequence) {
    int[] ends = settings.packedKeys();
    return ends == null
        ? k.layout(settings.axisOrder()).length()
        : ends[sequence + 1] - ends[sequence];
  }

  /** The key position at which a query stands. */
  private long position(int sequence, int query) {
    int[] lengths = settings.keyLengths();
    int keys = lengths == null ? storedKeys(sequence) : lengths[sequence];
    long first = settings.alignment() == Alignment.BOTTOM_RIGHT ? keys - queries(sequence) : 0;
    return first + settings.offset() + query;
  }

  private boolean keeps(int sequence, int head, int query, int key) {
    long position = position(sequence, query);
    int[] lengths = settings.keyLengths();
    if (lengths != null && key >= lengths[sequence]) {
      return false;
    }
    if (settings.causal() && key > position) {
      return false;
    }
    if (settings.windowLeft() >= 0 && key < position - settings.windowLeft()) {
      return false;
    }
    if (settings.windowRight() >= 0 && key > position + settings.windowRight()) {
      return false;
    }
    BooleanTensor keep = settings.keep();
    if (keep != null && !keep.get(index(keep.shape(), sequence, head, query, key))) {
      return false;
    }
    return settings.keepFunction() == null
        || settings.keepFunction().keeps(sequence, head, query, key);
  }

  private double changed(double score, int sequence, int head, int query, int key) {
    double changed = score;
    float[] slopes = settings.alibiSlopes();
    if (slopes != null) {
      changed += slopes[head] * (double) (key - position(sequence, query));
    }
    Tensor bias = settings.bias();
    if (bias != null) {
      changed += bias.get(index(bias.shape(), sequence, head, query, key));
    }
    return settings.scoreFunction() == null
        ? changed
        : settings.scoreFunction().apply((float) changed, sequence, head, query, key);
  }

  /** The last axes of an index into a mask, sizes of 1 repeating. */
  private static int[] index(int[] shape, int... whole) {
    int[] index = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      index[axis] = shape[axis] == 1 ? 0 : whole[axis + whole.length - shape.length];
    }
    return index;
  }

  private double dropoutFactor(int sequence, int head, int query, int key) {
    if (settings.dropout() == null) {
      return 1;
    }
    return settings.dropout().drops(sequence, head, query, key)
        ? 0
        : 1 / (1 - (double) settings.dropout().probability());
  }

  private static double logSumExp(double[] scores, double sink) {
    double max = sink;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = Math.exp(sink - max);
    for (double score : scores) {
      sum += Math.exp(score - max);
    }
    return max + Math.log(sum);
  }

  /**
   * Every row, the last axis fastest.
   *
   * @param output shape (batch, heads, queries, valueDim)
   * @param logSumExp shape (batch, heads, queries)
   */
  public record Whole(double[] output, double[] logSumExp) {}

  /**
   * Computes every row.
   *
   * @return output and log-sum-exp
   */
  public Whole whole() {
    Layout ql = q.layout(settings.axisOrder());
    int width = v.layout(settings.axisOrder()).dim();
    int rows = ql.batches() * ql.heads() * ql.length();
    Whole whole = new Whole(new double[rows * width], new double[rows]);
    for (int s = 0; s < sequences(); s++) {
      int batch = settings.packedQueries() == null ? s : 0;
      for (int h = 0; h < ql.heads(); h++) {
        for (int i = 0; i < queries(s); i++) {
          Row row = row(s, h, i);
          int at = (batch * ql.heads() + h) * ql.length() + queryStart(s) + i;
          System.arraycopy(row.output(), 0, whole.output(), at * width, width);
          whole.logSumExp()[at] = row.logSumExp();
        }
      }
    }
    return whole;
  }
}
