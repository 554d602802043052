package dev.qkv.sheet.audit;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How large the matrices are on which formulas are compared.
 *
 * @param queries tokens that ask
 * @param keys tokens that are asked, where those are others
 * @param headDim width of queries and keys
 * @param valueDim width of values
 * @param modelDim width of the layer
 * @param hiddenDim width between the halves of a feed-forward layer
 * @param heads how many heads there are
 */
record Sizes(
    int queries, int keys, int headDim, int valueDim, int modelDim, int hiddenDim, int heads) {

  /** All different, so that nothing fits by chance. */
  static Sizes different(Masking masking, int heads) {
    Set<Integer> taken = new HashSet<>();
    int queries = free(Math.max(5, largestQuery(masking)), taken);
    int keys = Math.max(6, largestKey(masking));
    boolean square = isDiagonal(masking);
    keys = square ? queries : free(keys, taken);
    return new Sizes(
        queries, keys, free(3, taken), free(2, taken), free(7, taken), free(8, taken), heads);
  }

  /** The smallest that a person can follow: all 2, or some of them more. */
  static Sizes small(Masking masking, int heads, boolean square) {
    int queries = Math.max(2, largestQuery(masking));
    int keys = isDiagonal(masking) ? queries : Math.max(square ? 2 : 3, largestKey(masking));
    int wide = square ? 2 : 4;
    return new Sizes(queries, keys, 2, 2, wide, wide, heads);
  }

  /** Those of a problem, as far as it says. */
  static Sizes own(Problem problem, Sizes otherwise) {
    int keys = rows(problem, List.of(K, V), otherwise.keys());
    int queries = rows(problem, List.of(Q, X), otherwise.queries());
    int headDim = columns(problem, List.of(Q, K, W_Q, W_K), otherwise.headDim());
    return new Sizes(
        queries,
        keys,
        headDim,
        columns(problem, List.of(V, W_V, Z), otherwise.valueDim()),
        columns(problem, List.of(X, W_O, Y), number(problem, D_MODEL, otherwise.modelDim())),
        columns(problem, List.of(W_1), otherwise.hiddenDim()),
        otherwise.heads());
  }

  private static int rows(Problem problem, List<Quantity> of, int otherwise) {
    for (Quantity quantity : of) {
      Matrix numbers = problem.givens().get(quantity);
      if (numbers != null) {
        return numbers.rows();
      }
    }
    return otherwise;
  }

  private static int columns(Problem problem, List<Quantity> of, int otherwise) {
    for (Quantity quantity : of) {
      Matrix numbers = problem.givens().get(quantity);
      if (numbers != null) {
        return numbers.columns();
      }
    }
    return otherwise;
  }

  private static int number(Problem problem, Quantity quantity, int otherwise) {
    Matrix numbers = problem.givens().get(quantity);
    double number = numbers == null ? otherwise : numbers.at(0, 0).toDouble();
    return number >= 1 && number <= Matrix.LARGEST_SIDE ? (int) number : otherwise;
  }

  private static int free(int wanted, Set<Integer> taken) {
    int size = wanted;
    while (!taken.add(size)) {
      size++;
    }
    return size;
  }

  private static boolean isDiagonal(Masking masking) {
    boolean causal = masking instanceof Masking.Causal || masking instanceof Masking.Window;
    return causal && masking.alignment() == Alignment.UNSAID;
  }

  private static int largestQuery(Masking masking) {
    return masking instanceof Masking.Keep(var kept) && !kept.isEmpty() ? kept.lastKey() : 1;
  }

  private static int largestKey(Masking masking) {
    return masking instanceof Masking.Keep(var kept)
        ? kept.values().stream().filter(k -> !k.isEmpty()).mapToInt(k -> k.last()).max().orElse(1)
        : 1;
  }

  /** Heads of one width each, side by side. */
  int joined() {
    return heads * headDim;
  }

  /** The number of tokens where all attend to all. */
  int tokens(Masking masking) {
    return masking instanceof Masking.Keep ? Math.max(queries, keys) : queries;
  }
}
