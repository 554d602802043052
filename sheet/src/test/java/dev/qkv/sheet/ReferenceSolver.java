package dev.qkv.sheet;

import dev.qkv.reference.Heads;
import dev.qkv.reference.LayerNorm;
import dev.qkv.reference.Matmul;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Solves the same problems in float64 with plain loops, without the formula sheet. */
final class ReferenceSolver {
  private final Problem problem;
  private final Choices choices;
  private final Map<Quantity, double[][]> known = new HashMap<>();

  private ReferenceSolver(Problem problem) {
    this.problem = problem;
    this.choices = problem.choices();
    problem.givens().forEach((q, m) -> known.put(q, doubles(m)));
  }

  static Map<Quantity, double[][]> solve(Problem problem) {
    ReferenceSolver solver = new ReferenceSolver(problem);
    solver.solve();
    return solver.known;
  }

  static double[][] doubles(Matrix m) {
    double[][] a = new double[m.rows()][m.columns()];
    for (int i = 0; i < m.rows(); i++) {
      for (int j = 0; j < m.columns(); j++) {
        a[i][j] = m.at(i, j).toDouble();
      }
    }
    return a;
  }

  private double[][] get(Quantity q) {
    return Objects.requireNonNull(known.get(q), q.name());
  }

  private boolean has(Quantity q) {
    return known.containsKey(q);
  }

  private double scalar(Quantity quantity, double otherwise) {
    return has(quantity) ? get(quantity)[0][0] : otherwise;
  }

  private void solve() {
    if (has(Quantities.INPUT)) {
      bareProjection();
    } else if (has(Quantities.S)) {
      softmax();
    } else if (has(Quantities.Y)) {
      known.put(Quantities.RMS_NORM, rmsNorm(get(Quantities.Y)));
    } else if (has(Quantities.Z)) {
      residual();
    } else if (has(Quantities.Q) || has(Quantities.W_Q) || has(Quantities.W_Q.head(1))) {
      attention();
    } else if (has(Quantities.W_1)) {
      known.put(Quantities.FEED_FORWARD, feedForward(get(Quantities.X)));
    } else {
      counts();
    }
  }

  private void counts() {
    double d = get(Quantities.D_MODEL)[0][0];
    double n = get(Quantities.TOKENS)[0][0];
    known.put(Quantities.ENCODING, encoding((int) n, (int) d));
    double inner = 4 * d;
    double parameters = 4 * (d * d + d) + (d * inner + inner) + (inner * d + d) + 2 * 2 * d;
    known.put(Quantities.PARAMETERS, new double[][] {{parameters}});
    double flops = 4 * 2 * n * d * d + 2 * 2 * n * n * d + 2 * 2 * n * d * inner;
    known.put(Quantities.FLOPS, new double[][] {{flops}});
  }

  private static double angle(int position, int column, int width) {
    int pair = column / 2;
    return position / Math.pow(10_000, 2.0 * pair / width);
  }

  private static double[][] encoding(int tokens, int width) {
    double[][] encoding = new double[tokens][width];
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < width; j++) {
        double angle = angle(i, j, width);
        encoding[i][j] = j % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
      }
    }
    return encoding;
  }

  /** Each pair of columns turned by its angle. */
  private static double[][] rotated(double[][] x) {
    int width = x[0].length;
    double[][] turned = new double[x.length][width];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < width; j += 2) {
        double angle = angle(i, j, width);
        turned[i][j] = x[i][j] * Math.cos(angle) - x[i][j + 1] * Math.sin(angle);
        turned[i][j + 1] = x[i][j] * Math.sin(angle) + x[i][j + 1] * Math.cos(angle);
      }
    }
    return turned;
  }

  private void softmax() {
    double[][] s = get(Quantities.S);
    double tau = scalar(Quantities.TEMPERATURE, 1);
    double[][] a = new double[s.length][s[0].length];
    double[][] loss = new double[s.length][1];
    double[][] gradient = new double[s.length][s[0].length];
    double mean = 0;
    for (int i = 0; i < s.length; i++) {
      double sum = 0;
      for (double score : s[i]) {
        sum += Math.exp(score / tau);
      }
      for (int j = 0; j < s[0].length; j++) {
        a[i][j] = Math.exp(s[i][j] / tau) / sum;
        boolean right = has(Quantities.LABEL) && get(Quantities.LABEL)[i][0] == j + 1;
        loss[i][0] = right ? Math.log(sum) - s[i][j] / tau : loss[i][0];
        gradient[i][j] = (a[i][j] - (right ? 1 : 0)) / s.length;
      }
      mean += loss[i][0] / s.length;
    }
    known.put(Quantities.A, a);
    known.put(Quantities.CROSS_ENTROPY, loss);
    known.put(Quantities.LOSS, new double[][] {{mean}});
    known.put(Quantities.D_S, gradient);
  }

  private double[][] projected(double[][] x, Quantity weights, int head, int heads) {
    return has(weights.head(head + 1))
        ? Matmul.product(x, get(weights.head(head + 1)))
        : Heads.split(Matmul.product(x, get(weights)), head, heads);
  }

  private void attention() {
    int heads = Math.max(1, problem.heads());
    int keyHeads = Math.max(1, problem.keyHeads());
    double[][] x = has(Quantities.X) ? get(Quantities.X) : new double[0][];
    if (choices.positions() == Choices.Positions.SINUSOIDAL) {
      x = Matmul.add(x, encoding(x.length, x[0].length));
      known.put(Quantities.X_POSITION, x);
    }
    double[][] memory = has(Quantities.MEMORY) ? get(Quantities.MEMORY) : x;
    double[][][] outputs = new double[heads][][];
    HeadDefinition[] definitions = new HeadDefinition[heads];
    double[][][] queries = new double[heads][][];
    double[][][] keys = new double[heads][][];
    double[][][] values = new double[heads][][];
    for (int h = 0; h < heads; h++) {
      int g = h / (heads / keyHeads);
      boolean given = has(Quantities.Q);
      queries[h] =
          given ? Heads.split(get(Quantities.Q), h, heads) : projected(x, Quantities.W_Q, h, heads);
      keys[h] =
          given
              ? Heads.split(get(Quantities.K), g, keyHeads)
              : projected(memory, Quantities.W_K, g, keyHeads);
      values[h] =
          given
              ? Heads.split(get(Quantities.V), g, keyHeads)
              : projected(memory, Quantities.W_V, g, keyHeads);
      definitions[h] = definition(queries[h], keys[h], values[h]);
      outputs[h] = definitions[h].output();
    }
    known.put(Quantities.D_K, new double[][] {{keys[0][0].length}});
    known.put(Quantities.Q_TURNED, definitions[0].q());
    if (problem.heads() == 0) {
      known.put(Quantities.Q, queries[0]);
      known.put(Quantities.K, keys[0]);
      known.put(Quantities.V, values[0]);
      stages(definitions[0]);
      known.put(Quantities.A, definitions[0].weights());
      known.put(Quantities.Z, outputs[0]);
    } else {
      known.put(Quantities.CONCAT, Heads.concatenate(outputs));
    }
    after(problem.heads() == 0 ? outputs[0] : get(Quantities.CONCAT));
    gradients(x, memory, definitions, keyHeads);
  }

  private void stages(HeadDefinition d) {
    double[][] s = d.scores();
    known.put(Quantities.S, s);
    double[][] capped = new double[s.length][s[0].length];
    double[][] biased = new double[s.length][s[0].length];
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s[0].length; j++) {
        capped[i][j] = d.cap() * Math.tanh(s[i][j] / d.cap());
        biased[i][j] = capped[i][j] + d.slope() * (j - i - d.shift());
      }
    }
    known.put(Quantities.CAPPED, capped);
    known.put(Quantities.BIASED, biased);
    known.put(Quantities.TEMPERED, Matmul.scale(biased, 1 / d.temperature()));
  }

  private HeadDefinition definition(double[][] q, double[][] k, double[][] v) {
    boolean rotary = choices.positions() == Choices.Positions.ROTARY;
    boolean last = choices.masking().alignment() == Alignment.BOTTOM_RIGHT;
    return new HeadDefinition(
        rotary ? rotated(q) : q,
        rotary ? rotated(k) : k,
        v,
        mask(q.length, k.length),
        new double[q.length][k.length],
        switch (choices.scaling()) {
          case ROOT_D_K -> 1 / Math.sqrt(q[0].length);
          case NONE -> 1;
          case FACTOR -> get(Quantities.SCALE)[0][0];
        },
        scalar(Quantities.CAP, Double.POSITIVE_INFINITY),
        scalar(Quantities.SLOPE, 0),
        last ? k.length - q.length : 0,
        scalar(Quantities.TEMPERATURE, 1),
        scalar(Quantities.SINK, Double.NEGATIVE_INFINITY));
  }

  private double[][] mask(int queries, int keys) {
    double[][] mask = new double[queries][keys];
    int shift = choices.masking().alignment() == Alignment.BOTTOM_RIGHT ? keys - queries : 0;
    for (int i = 0; i < queries; i++) {
      for (int j = 0; j < keys; j++) {
        int place = i + shift;
        int key = j;
        boolean seen =
            switch (choices.masking()) {
              case Masking.None n -> true;
              case Masking.Given g -> true;
              case Masking.Causal c -> j <= place;
              case Masking.Window(int left, int right, Alignment a) ->
                  (left < 0 || key >= place - left) && (right < 0 || key <= place + right);
              case Masking.Keep(var kept) ->
                  !kept.containsKey(i + 1)
                      || Objects.requireNonNull(kept.get(i + 1)).contains(j + 1);
            };
        mask[i][j] = seen ? 0 : Double.NEGATIVE_INFINITY;
      }
    }
    return choices.masking() instanceof Masking.Given ? get(Quantities.MASK) : mask;
  }

  /** Projection, residual, norm, feed-forward, residual, norm. */
  private void after(double[][] joined) {
    if (!has(Quantities.W_O)) {
      return;
    }
    double[][] o = Matmul.product(joined, get(Quantities.W_O));
    known.put(Quantities.O, o);
    if (!has(Quantities.W_1)) {
      return;
    }
    double[][] first = norm(Matmul.add(get(Quantities.X), o), Quantities.GAMMA, Quantities.BETA);
    known.put(Quantities.LAYER_NORM, first);
    known.put(
        Quantities.SECOND_LAYER_NORM,
        norm(
            Matmul.add(first, feedForward(first)),
            Quantities.SECOND_GAMMA,
            Quantities.SECOND_BETA));
  }

  private double[][] norm(double[][] y, Quantity gain, Quantity shift) {
    double[] ones = new double[y[0].length];
    java.util.Arrays.fill(ones, 1);
    return LayerNorm.rows(
        y,
        has(gain) ? get(gain)[0] : ones,
        has(shift) ? get(shift)[0] : new double[y[0].length],
        get(Quantities.EPSILON)[0][0]);
  }

  private double[][] rmsNorm(double[][] y) {
    double[][] rows = new double[y.length][y[0].length];
    for (int i = 0; i < y.length; i++) {
      double sum = 0;
      for (double x : y[i]) {
        sum += x * x;
      }
      double rms = Math.sqrt(sum / y[i].length + get(Quantities.EPSILON)[0][0]);
      for (int j = 0; j < y[i].length; j++) {
        rows[i][j] = y[i][j] / rms * get(Quantities.GAMMA)[0][j];
      }
    }
    return rows;
  }

  private double[][] feedForward(double[][] x) {
    double[][] inner = plus(Matmul.product(x, get(Quantities.W_1)), get(Quantities.B_1)[0]);
    for (double[] row : inner) {
      for (int j = 0; j < row.length; j++) {
        row[j] =
            switch (choices.activation()) {
              case RELU -> Math.max(0, row[j]);
              case GELU -> row[j] * normalBelow(row[j]);
              case GELU_TANH ->
                  row[j]
                      / 2
                      * (1
                          + Math.tanh(
                              Math.sqrt(2 / Math.PI)
                                  * (row[j] + 0.044715 * row[j] * row[j] * row[j])));
            };
      }
    }
    return plus(Matmul.product(inner, get(Quantities.W_2)), get(Quantities.B_2)[0]);
  }

  /** The normal distribution function by Simpson's rule. */
  private static double normalBelow(double x) {
    int steps = 4_000;
    double step = x / steps;
    double sum = 0;
    for (int k = 0; k <= steps; k++) {
      double weight = k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-k * step * k * step / 2);
    }
    return 0.5 + sum * step / 3 / Math.sqrt(2 * Math.PI);
  }

  private static double[][] plus(double[][] a, double[] row) {
    for (double[] line : a) {
      for (int j = 0; j < row.length; j++) {
        line[j] += row[j];
      }
    }
    return a;
  }

  private void gradients(
      double[][] x, double[][] memory, HeadDefinition[] definitions, int keyHeads) {
    double[][] joined = problem.heads() == 0 ? get(Quantities.Z) : get(Quantities.CONCAT);
    double[][] dO = has(Quantities.D_O) ? get(Quantities.D_O) : null;
    if (has(Quantities.TARGET)) {
      dO = Matmul.add(get(Quantities.O), Matmul.scale(get(Quantities.TARGET), -1));
      double loss = 0;
      for (double[] row : dO) {
        for (double difference : row) {
          loss += difference * difference / 2;
        }
      }
      known.put(Quantities.LOSS, new double[][] {{loss}});
    }
    double[][] dJoined;
    if (dO != null) {
      known.put(Quantities.D_W_O, Matmul.product(Matmul.transpose(joined), dO));
      dJoined = Matmul.product(dO, Matmul.transpose(get(Quantities.W_O)));
    } else if (has(Quantities.D_CONCAT)) {
      dJoined = get(Quantities.D_CONCAT);
    } else if (has(Quantities.D_Z)) {
      dJoined = get(Quantities.D_Z);
    } else {
      return;
    }
    int heads = definitions.length;
    double[][][] dq = new double[heads][][];
    double[][][] dk = new double[keyHeads][][];
    double[][][] dv = new double[keyHeads][][];
    for (int h = 0; h < heads; h++) {
      HeadDefinition.Gradients backward = definitions[h].backward(Heads.split(dJoined, h, heads));
      int g = h / (heads / keyHeads);
      dq[h] = backward.q();
      dk[g] = dk[g] == null ? backward.k() : Matmul.add(dk[g], backward.k());
      dv[g] = dv[g] == null ? backward.v() : Matmul.add(dv[g], backward.v());
      known.put(
          Quantities.D_A,
          Matmul.product(Heads.split(dJoined, h, heads), Matmul.transpose(definitions[h].v())));
      known.put(Quantities.D_S, backward.scores());
    }
    known.put(Quantities.D_Q, Heads.concatenate(dq));
    known.put(Quantities.D_K_GRADIENT, Heads.concatenate(dk));
    known.put(Quantities.D_V, Heads.concatenate(dv));
    if (!has(Quantities.W_Q)) {
      return;
    }
    double[][] toQuery = back(Quantities.D_Q, Quantities.W_Q);
    double[][] toKeys =
        Matmul.add(
            back(Quantities.D_K_GRADIENT, Quantities.W_K), back(Quantities.D_V, Quantities.W_V));
    known.put(Quantities.D_W_Q, Matmul.product(Matmul.transpose(x), get(Quantities.D_Q)));
    known.put(
        Quantities.D_W_K, Matmul.product(Matmul.transpose(memory), get(Quantities.D_K_GRADIENT)));
    known.put(Quantities.D_W_V, Matmul.product(Matmul.transpose(memory), get(Quantities.D_V)));
    boolean self = !has(Quantities.MEMORY);
    known.put(Quantities.D_X, self ? Matmul.add(toQuery, toKeys) : toQuery);
    known.put(Quantities.MEMORY.gradient(), toKeys);
    if (has(Quantities.RATE)) {
      double eta = get(Quantities.RATE)[0][0];
      known.put(Quantities.NEW_W_Q, step(Quantities.W_Q, Quantities.D_W_Q, eta));
      known.put(Quantities.NEW_W_O, step(Quantities.W_O, Quantities.D_W_O, eta));
    }
  }

  private double[][] back(Quantity gradient, Quantity weights) {
    return Matmul.product(get(gradient), Matmul.transpose(get(weights)));
  }

  private double[][] step(Quantity weights, Quantity gradient, double eta) {
    return Matmul.add(get(weights), Matmul.scale(get(gradient), -eta));
  }

  private void residual() {
    known.put(Quantities.Y, Matmul.add(get(Quantities.X), get(Quantities.Z)));
    known.put(
        Quantities.LAYER_NORM,
        LayerNorm.rows(
            get(Quantities.Y),
            get(Quantities.GAMMA)[0],
            get(Quantities.BETA)[0],
            get(Quantities.EPSILON)[0][0]));
  }

  private void bareProjection() {
    double[][] w = get(Quantities.W);
    double[][] x = get(Quantities.INPUT);
    double[][] g = get(Quantities.D_Q);
    known.put(Quantities.Q, Matmul.product(w, x));
    known.put(Quantities.D_W, Matmul.product(g, Matmul.transpose(x)));
    known.put(Quantities.D_INPUT, Matmul.product(Matmul.transpose(w), g));
  }
}
