package dev.qkv.sheet;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Formulas of one head, written for every head of a problem. */
final class HeadLines {
  /** What neighbouring heads share where there are fewer heads of keys than of queries. */
  private static final Set<Quantity> OF_KEYS =
      Set.of(K, V, W_K, W_V, K_TURNED, D_K_GRADIENT, D_V, D_W_K, D_W_V);

  /** What each head may have, or all together. */
  private static final Set<Quantity> OF_EITHER = Set.of(SINK, SLOPE);

  private final Problem problem;
  private final int heads;
  private final int keyHeads;

  HeadLines(Problem problem) {
    this.problem = problem;
    this.heads = problem.heads();
    this.keyHeads = Math.max(1, problem.keyHeads());
  }

  /** The lines with the number of each head in turn; without heads as they are. */
  List<Equation> each(List<Equation> lines) {
    if (heads == 0) {
      return lines;
    }
    List<Equation> all = new ArrayList<>();
    for (int head = 1; head <= heads; head++) {
      int number = head;
      boolean firstOfGroup = (head - 1) % (heads / keyHeads) == 0;
      lines.stream()
          .filter(e -> firstOfGroup || !OF_KEYS.contains(e.output()))
          .forEach(e -> all.add(e.map(q -> of(q, number))));
    }
    return List.copyOf(all);
  }

  /** A head's share of a quantity of all heads. */
  List<Quantity> each(Quantity whole) {
    return IntStream.rangeClosed(1, heads).mapToObj(whole::head).toList();
  }

  /** The keys of every head that has its own, else of the first: they share their width. */
  List<Quantity> keys() {
    boolean own = problem.gives(W_K.head(1)) || problem.gives(K.head(1));
    return IntStream.rangeClosed(1, own ? keyHeads : 1).mapToObj(K::head).toList();
  }

  private Quantity of(Quantity quantity, int head) {
    boolean together = OF_EITHER.contains(quantity) && problem.gives(quantity);
    if (!isOfHeads(quantity) || together) {
      return quantity;
    }
    return quantity.head(OF_KEYS.contains(quantity) ? keyHead(head) : head);
  }

  /** The head of keys and values that a head of queries sees; 0 without heads. */
  int keyHead(int head) {
    return head == 0 ? 0 : (head - 1) / (heads / keyHeads) + 1;
  }

  /** Queries, keys and values of each head: a share of the columns, or a projection of its own. */
  List<Equation> split(Term x, Term memory) {
    List<Equation> all = new ArrayList<>();
    Quantity count = problem.gives(KEY_HEADS) ? KEY_HEADS : HEADS;
    for (int head = 1; head <= heads; head++) {
      all.add(new Equation(Q.head(head), Q.share(head, HEADS)));
      all.add(new Equation(Q.head(head), x.times(W_Q.head(head))));
    }
    for (int head = 1; head <= (heads == 0 ? 0 : keyHeads); head++) {
      all.add(new Equation(K.head(head), K.share(head, count)));
      all.add(new Equation(V.head(head), V.share(head, count)));
      for (Term source : List.of(memory, x)) {
        all.add(new Equation(K.head(head), source.times(W_K.head(head))));
        all.add(new Equation(V.head(head), source.times(W_V.head(head))));
      }
    }
    return all;
  }
}
