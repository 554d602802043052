package dev.qkv.browser.standin.java.util.regex;

import java.util.List;

/** Parts of a pattern, one behind the other. */
final class Sequence {
  final Node head;

  /** Whether it has groups, whose finds have to be taken back where it is given up. */
  final boolean captures;

  final List<Node> parts;

  Sequence(List<Node> parts, boolean captures) {
    this.parts = parts.isEmpty() ? List.of(new Nodes.Where((run, at) -> true)) : parts;
    this.captures = captures;
    this.head = this.parts.getFirst();
    for (int i = 1; i < parts.size(); i++) {
      parts.get(i - 1).then(parts.get(i));
    }
  }

  void then(Node behind) {
    parts.getLast().then(behind);
  }

  int least() {
    return parts.stream().mapToInt(Node::least).reduce(0, Sequence::sum);
  }

  int most() {
    return parts.stream().mapToInt(Node::most).reduce(0, Sequence::sum);
  }

  static int sum(int a, int b) {
    return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
  }
}
