package dev.qkv.app.training;

import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Answers;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A held-out set and what the model said of it. Members count from 0.
 *
 * @param number of the set, from 0
 * @param odd where the odd one is
 * @param chosen what the model said
 * @param probabilities that the model gave to each member
 * @param distances of each member from the mean of the others
 */
record JudgedSet(int number, int odd, int chosen, double[] probabilities, double[] distances) {
  /** All sets by which a model is judged. */
  static List<JudgedSet> all(Anomaly task, Pass pass) {
    Anomaly.Sets sets = task.heldOut();
    Tensor logits = Variable.forgetting(() -> task.apply(sets.features(), pass)).value();
    int[] answers = Answers.of(logits);
    double[][] scores = Matrices.of(logits);
    List<JudgedSet> judged = new ArrayList<>();
    for (int s = 0; s < answers.length; s++) {
      double[][] members = Matrices.of(sets.features(), s);
      judged.add(
          new JudgedSet(s, sets.odd()[s], answers[s], softmax(scores[s]), distances(members)));
    }
    return judged;
  }

  boolean isRight() {
    return odd == chosen;
  }

  /** What somebody would say who only measures. */
  int farthest() {
    return IntStream.range(0, distances.length)
        .reduce((a, b) -> distances[b] > distances[a] ? b : a)
        .orElse(0);
  }

  /** The largest distance of a member that is not odd. */
  double farthestUsual() {
    return IntStream.range(0, distances.length)
        .filter(i -> i != odd)
        .mapToDouble(i -> distances[i])
        .max()
        .orElse(0);
  }

  private static double[] softmax(double... scores) {
    double most = Arrays.stream(scores).max().orElse(0);
    double sum = Arrays.stream(scores).map(x -> Math.exp(x - most)).sum();
    return Arrays.stream(scores).map(x -> Math.exp(x - most) / sum).toArray();
  }

  private static double[] distances(double[][] members) {
    double[] distances = new double[members.length];
    for (int t = 0; t < members[0].length; t++) {
      double sum = 0;
      for (double[] member : members) {
        sum += member[t];
      }
      for (int i = 0; i < members.length; i++) {
        double difference = members[i][t] - (sum - members[i][t]) / (members.length - 1);
        distances[i] += difference * difference;
      }
    }
    return Arrays.stream(distances).map(Math::sqrt).toArray();
  }
}
