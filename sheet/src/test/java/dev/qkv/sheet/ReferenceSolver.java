package dev.qkv.sheet;

import dev.qkv.reference.Attention;
import dev.qkv.reference.Heads;
import dev.qkv.reference.LayerNorm;
import dev.qkv.reference.Matmul;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Solves the same problems with the engine's float64 reference, without the formula sheet. */
final class ReferenceSolver {
  private final Problem problem;
  private final Map<Quantity, double[][]> known = new HashMap<>();

  private ReferenceSolver(Problem problem) {
    this.problem = problem;
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

  private void solve() {
    if (known.containsKey(Quantities.INPUT)) {
      bareProjection();
      return;
    }
    if (known.containsKey(Quantities.Z)) {
      residual();
      return;
    }
    if (known.containsKey(Quantities.X)) {
      known.put(Quantities.Q, Matmul.product(get(Quantities.X), get(Quantities.W_Q)));
      known.put(Quantities.K, Matmul.product(get(Quantities.X), get(Quantities.W_K)));
      known.put(Quantities.V, Matmul.product(get(Quantities.X), get(Quantities.W_V)));
    }
    int heads = Math.max(1, problem.heads());
    double[][][] outputs = new double[heads][][];
    Attention.Forward[] forwards = new Attention.Forward[heads];
    for (int h = 0; h < heads; h++) {
      double[][] q = Heads.split(get(Quantities.Q), h, heads);
      double[][] k = Heads.split(get(Quantities.K), h, heads);
      double[][] v = Heads.split(get(Quantities.V), h, heads);
      forwards[h] = Attention.forward(q, k, v, mask(q.length, k.length), scale(q[0].length));
      outputs[h] = forwards[h].output();
    }
    if (problem.heads() == 0) {
      known.put(Quantities.S, forwards[0].scores());
      known.put(Quantities.A, forwards[0].weights());
      known.put(Quantities.Z, outputs[0]);
    } else {
      known.put(Quantities.CONCAT, Heads.concatenate(outputs));
      known.put(Quantities.O, Matmul.product(get(Quantities.CONCAT), get(Quantities.W_O)));
    }
    gradients(heads, forwards);
  }

  private double scale(int width) {
    return switch (problem.choices().scaling()) {
      case ROOT_D_K -> 1 / Math.sqrt(width);
      case NONE -> 1;
      case FACTOR -> get(Quantities.SCALE)[0][0];
    };
  }

  private double[][] mask(int queries, int keys) {
    return switch (problem.choices().masking()) {
      case Masking.None n -> new double[queries][keys];
      case Masking.Given g -> get(Quantities.MASK);
      case Masking.Causal(Alignment alignment) ->
          Attention.causalMask(
              queries, keys, alignment == Alignment.BOTTOM_RIGHT ? keys - queries : 0);
      case Masking.Window(int left, int right, Alignment alignment) -> {
        int shift = alignment == Alignment.BOTTOM_RIGHT ? keys - queries : 0;
        double[][] mask = new double[queries][keys];
        for (int i = 0; i < queries; i++) {
          for (int j = 0; j < keys; j++) {
            boolean before = left >= 0 && j < i + shift - left;
            boolean behind = right >= 0 && j > i + shift + right;
            mask[i][j] = before || behind ? Double.NEGATIVE_INFINITY : 0;
          }
        }
        yield mask;
      }
      case Masking.Keep(var kept) -> {
        double[][] mask = new double[queries][keys];
        kept.forEach(
            (query, seen) -> {
              for (int j = 0; j < keys; j++) {
                mask[query - 1][j] = seen.contains(j + 1) ? 0 : Double.NEGATIVE_INFINITY;
              }
            });
        yield mask;
      }
    };
  }

  private void gradients(int heads, Attention.Forward[] forwards) {
    double[][] dJoined;
    if (known.containsKey(Quantities.D_O)) {
      known.put(
          Quantities.D_W_O,
          Matmul.product(Matmul.transpose(get(Quantities.CONCAT)), get(Quantities.D_O)));
      dJoined = Matmul.product(get(Quantities.D_O), Matmul.transpose(get(Quantities.W_O)));
    } else if (known.containsKey(Quantities.D_Z)) {
      dJoined = get(Quantities.D_Z);
    } else {
      return;
    }
    double[][][] dq = new double[heads][][];
    double[][][] dk = new double[heads][][];
    double[][][] dv = new double[heads][][];
    for (int h = 0; h < heads; h++) {
      double[][] q = Heads.split(get(Quantities.Q), h, heads);
      Attention.Backward backward =
          Attention.backward(
              q,
              Heads.split(get(Quantities.K), h, heads),
              Heads.split(get(Quantities.V), h, heads),
              scale(q[0].length),
              forwards[h].weights(),
              Heads.split(dJoined, h, heads));
      dq[h] = backward.q();
      dk[h] = backward.k();
      dv[h] = backward.v();
      known.put(Quantities.D_A, backward.weights());
      known.put(Quantities.D_S, backward.scores());
    }
    known.put(Quantities.D_Q, Heads.concatenate(dq));
    known.put(Quantities.D_K_GRADIENT, Heads.concatenate(dk));
    known.put(Quantities.D_V, Heads.concatenate(dv));
    double[][] xt = Matmul.transpose(get(Quantities.X));
    known.put(Quantities.D_W_Q, Matmul.product(xt, get(Quantities.D_Q)));
    known.put(Quantities.D_W_K, Matmul.product(xt, get(Quantities.D_K_GRADIENT)));
    known.put(Quantities.D_W_V, Matmul.product(xt, get(Quantities.D_V)));
    known.put(
        Quantities.D_X,
        Matmul.add(
            Matmul.add(
                Matmul.product(get(Quantities.D_Q), Matmul.transpose(get(Quantities.W_Q))),
                Matmul.product(
                    get(Quantities.D_K_GRADIENT), Matmul.transpose(get(Quantities.W_K)))),
            Matmul.product(get(Quantities.D_V), Matmul.transpose(get(Quantities.W_V)))));
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
