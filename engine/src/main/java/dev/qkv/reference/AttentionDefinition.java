package dev.qkv.reference;

import dev.qkv.attention.Batch;
import dev.qkv.attention.DifferentiableScore;
import dev.qkv.attention.Dropout;
import dev.qkv.attention.ScoreFunction;
import dev.qkv.attention.Settings;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;

/**
 * Attention with every choice of {@link Settings} and everything of a {@link Batch}, one query at a
 * time, in float64, as they are defined, with its gradients. The arguments are taken to be valid:
 * {@link dev.qkv.attention.Attention} checks them.
 */
public final class AttentionDefinition {
  private final Settings settings;
  private final Batch batch;
  private final Tensor q;
  private final Tensor k;
  private final Tensor v;
  private final AttentionNumbers numbers;
  private final AttentionPlaces places;

  /**
   * Attention over these arrays.
   *
   * @param settings the choices; threads and executor play no part
   * @param q queries
   * @param k keys
   * @param v values
   * @param batch masks, lengths and draws of this call
   */
  public AttentionDefinition(Settings settings, Tensor q, Tensor k, Tensor v, Batch batch) {
    this.settings = settings;
    this.batch = batch;
    this.q = q;
    this.k = k;
    this.v = v;
    this.numbers = AttentionNumbers.of(settings, q, k, v, batch);
    this.places = new AttentionPlaces(settings, q, k, batch);
  }

  /**
   * The choices.
   *
   * @return as given
   */
  public Settings settings() {
    return settings;
  }

  /**
   * What belongs to the call.
   *
   * @return as given
   */
  public Batch batch() {
    return batch;
  }

  /**
   * The queries.
   *
   * @return as given
   */
  public Tensor q() {
    return q;
  }

  /**
   * The keys.
   *
   * @return as given
   */
  public Tensor k() {
    return k;
  }

  /**
   * The values.
   *
   * @return as given
   */
  public Tensor v() {
    return v;
  }

  /**
   * Everything that the output depends on, in float64.
   *
   * @return not a copy
   */
  public AttentionNumbers numbers() {
    return numbers;
  }

  /**
   * Where sequences, queries and keys are.
   *
   * @return for these shapes and choices
   */
  public AttentionPlaces places() {
    return places;
  }

  /**
   * What becomes of one query.
   *
   * @param scaled scale·q·k for each key of its sequence
   * @param softcapped after the softcap
   * @param edited after ALiBi and bias
   * @param masked after score function and masks; −∞ where a query may not attend
   * @param weights after softmax, before dropout
   * @param output weights, after dropout, times values
   * @param logSumExp log Σ e^masked, the sink included
   */
  public record Row(
      double[] scaled,
      double[] softcapped,
      double[] edited,
      double[] masked,
      double[] weights,
      double[] output,
      double logSumExp) {}

  /**
   * The gradients of one query's row.
   *
   * @param scaled of the scaled scores: what goes into the softcap
   * @param softcapped of the scores after the softcap
   * @param edited of the scores after ALiBi and bias
   * @param masked of the scores that softmax sees
   * @param weights of the weights before dropout
   * @param sink of the sink's logit; 0 without sinks
   */
  public record RowGradient(
      double[] scaled,
      double[] softcapped,
      double[] edited,
      double[] masked,
      double[] weights,
      double sink) {}

  /**
   * Computes one row.
   *
   * @param sequence index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @return the row
   */
  public Row row(int sequence, int head, int query) {
    int keys = places.storedKeys(sequence);
    int dim = q.layout(settings.axisOrder()).dim();
    int valueDim = v.layout(settings.axisOrder()).dim();
    int qRow = places.queryRow(sequence, head, query) * dim;
    double[] scaled = new double[keys];
    double[] softcapped = new double[keys];
    double[] edited = new double[keys];
    double[] masked = new double[keys];
    for (int j = 0; j < keys; j++) {
      int kRow = places.keyRow(sequence, head, j) * dim;
      double dot = 0;
      for (int t = 0; t < dim; t++) {
        dot += numbers.q()[qRow + t] * numbers.k()[kRow + t];
      }
      scaled[j] = scale() * dot;
      Float cap = settings.scores().softcap();
      softcapped[j] = cap == null ? scaled[j] : cap * Math.tanh(scaled[j] / cap);
      edited[j] = softcapped[j] + added(sequence, head, query, j);
      masked[j] =
          places.keeps(sequence, head, query, j)
              ? changed(edited[j], sequence, head, query, j)
              : Double.NEGATIVE_INFINITY;
    }
    double logSumExp = logSumExp(masked, sink(head));
    double[] weights = new double[keys];
    double[] output = new double[valueDim];
    for (int j = 0; j < keys; j++) {
      if (masked[j] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      weights[j] = Math.exp(masked[j] - logSumExp);
      double factor = weights[j] * dropoutFactor(sequence, head, query, j);
      int vRow = places.keyRow(sequence, head, j) * valueDim;
      for (int t = 0; t < valueDim; t++) {
        output[t] += factor * numbers.v()[vRow + t];
      }
    }
    return new Row(scaled, softcapped, edited, masked, weights, output, logSumExp);
  }

  /**
   * The gradients of one row, from those of its output.
   *
   * @param sequence index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @param dOutput gradient of the output, valueDim numbers from {@code at}
   * @param at where they start
   * @return the gradients; 0 for keys that the query may not attend to
   */
  public RowGradient gradient(int sequence, int head, int query, double[] dOutput, int at) {
    Row row = row(sequence, head, query);
    int keys = row.masked().length;
    int valueDim = row.output().length;
    double[] weights = new double[keys];
    double[] masked = new double[keys];
    double[] edited = new double[keys];
    double[] softcapped = new double[keys];
    double[] scaled = new double[keys];
    double dot = 0;
    for (int j = 0; j < keys; j++) {
      if (row.masked()[j] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      int vRow = places.keyRow(sequence, head, j) * valueDim;
      for (int t = 0; t < valueDim; t++) {
        weights[j] += dOutput[at + t] * numbers.v()[vRow + t];
      }
      weights[j] *= dropoutFactor(sequence, head, query, j);
      dot += row.weights()[j] * weights[j];
    }
    for (int j = 0; j < keys; j++) {
      if (row.masked()[j] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      masked[j] = row.weights()[j] * (weights[j] - dot);
      edited[j] = masked[j] * slope(row.edited()[j], sequence, head, query, j);
      softcapped[j] = edited[j];
      Float cap = settings.scores().softcap();
      double tanh = cap == null ? 0 : row.softcapped()[j] / cap;
      scaled[j] = softcapped[j] * (1 - tanh * tanh);
    }
    boolean empty = row.logSumExp() == Double.NEGATIVE_INFINITY;
    double sink = empty ? 0 : -Math.exp(sink(head) - row.logSumExp()) * dot;
    return new RowGradient(scaled, softcapped, edited, masked, weights, sink);
  }

  /**
   * The gradients of everything.
   *
   * @param dOutput gradient of the output, (batch, heads, queries, valueDim), the last axis fastest
   * @return gradients in the place of the numbers
   */
  public AttentionNumbers gradients(double[] dOutput) {
    AttentionNumbers d = numbers.zeros();
    int heads = q.layout(settings.axisOrder()).heads();
    for (int s = 0; s < places.sequences(); s++) {
      for (int h = 0; h < heads; h++) {
        for (int i = 0; i < places.queries(s); i++) {
          gradients(d, dOutput, s, h, i);
        }
      }
    }
    return d;
  }

  private void gradients(AttentionNumbers d, double[] dOutput, int s, int h, int i) {
    int dim = q.layout(settings.axisOrder()).dim();
    int valueDim = v.layout(settings.axisOrder()).dim();
    int qRow = places.queryRow(s, h, i) * dim;
    int oRow = places.queryRow(s, h, i) * valueDim;
    Row row = row(s, h, i);
    RowGradient gradient = gradient(s, h, i, dOutput, oRow);
    for (int j = 0; j < row.masked().length; j++) {
      if (row.masked()[j] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      int kRow = places.keyRow(s, h, j) * dim;
      int vRow = places.keyRow(s, h, j) * valueDim;
      for (int t = 0; t < dim; t++) {
        d.q()[qRow + t] += scale() * gradient.scaled()[j] * numbers.k()[kRow + t];
        d.k()[kRow + t] += scale() * gradient.scaled()[j] * numbers.q()[qRow + t];
      }
      double factor = row.weights()[j] * dropoutFactor(s, h, i, j);
      for (int t = 0; t < valueDim; t++) {
        d.v()[vRow + t] += factor * dOutput[oRow + t];
      }
      if (batch.bias() != null) {
        d.bias()[places.biasPlace(s, h, i, j)] += gradient.edited()[j];
      }
      if (settings.scores().alibiSlopes() != null) {
        d.slopes()[h] += gradient.edited()[j] * (j - places.position(s, i));
      }
    }
    if (settings.sinks() != null) {
      d.sinks()[h] += gradient.sink();
    }
  }

  /** What ALiBi and bias add. */
  private double added(int sequence, int head, int query, int key) {
    double added = 0;
    if (settings.scores().alibiSlopes() != null) {
      added += numbers.slopes()[head] * (key - places.position(sequence, query));
    }
    if (batch.bias() != null) {
      added += numbers.bias()[places.biasPlace(sequence, head, query, key)];
    }
    return added;
  }

  private double changed(double score, int sequence, int head, int query, int key) {
    ScoreFunction function = settings.scores().function();
    return function == null ? score : function.apply(score, sequence, head, query, key);
  }

  /** The derivative of {@link #changed}. */
  private double slope(double score, int sequence, int head, int query, int key) {
    return settings.scores().function() instanceof DifferentiableScore f
        ? f.derivative().apply(score, sequence, head, query, key)
        : 1;
  }

  /**
   * The factor on the scores.
   *
   * @return 1/√dim unless chosen
   */
  public double scale() {
    Float chosen = settings.scores().scale();
    return chosen != null ? chosen : 1 / Math.sqrt(q.layout(settings.axisOrder()).dim());
  }

  private double sink(int head) {
    return settings.sinks() == null ? Double.NEGATIVE_INFINITY : numbers.sinks()[head];
  }

  private double dropoutFactor(int sequence, int head, int query, int key) {
    Dropout dropout = settings.dropout();
    if (dropout == null) {
      return 1;
    }
    return dropout.at(batch.draws()).drops(sequence, head, query, key)
        ? 0
        : 1 / (1 - (double) dropout.probability());
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
    for (int s = 0; s < places.sequences(); s++) {
      for (int h = 0; h < ql.heads(); h++) {
        for (int i = 0; i < places.queries(s); i++) {
          Row row = row(s, h, i);
          int at = places.queryRow(s, h, i);
          System.arraycopy(row.output(), 0, whole.output(), at * width, width);
          whole.logSumExp()[at] = row.logSumExp();
        }
      }
    }
    return whole;
  }
}
