package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.Chain.Side;
import dev.qkv.sheet.note.notation.Element;
import dev.qkv.sheet.note.notation.Element.Relation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads sides and the relations between them: {@code s_1 = q·k_1/√2 = 1/1.414 ≈ 0.71}. */
final class ChainReader {
  /** Words that may stand between a relation and its numbers. */
  private static final Set<String> GLUE =
      Set.of(
          ("约 大 分 别 依 次 等 变 为 就 则 都 也 均 得 到 于 矩 阵 向 量 近 似 标 行 列 数 字 四 三 两 个 值 共 应 "
                  + "该 会 正 好 刚 恰 只 有 "
                  + "about approximately roughly then thus now equal to both each "
                  + "respectively the vector matrix just simply therefore again exactly "
                  + "numbers number following scalars simple plain result coming out as "
                  + "come came all only")
              .split(" ", -1));

  private static final int LONGEST_SIDE = 200;

  private final List<Element> elements;
  private final SideReader sideReader;

  ChainReader(String text, List<Element> elements) {
    this.elements = elements;
    this.sideReader = new SideReader(text, elements);
  }

  /** Whether a side of a chain can start at an element. */
  boolean startsAt(int at) {
    Element e = elements.get(at);
    return e instanceof Element.Numbers
        || e instanceof Element.Name
        || (e instanceof Element.Operator o
            && ("[-√{∑".contains(o.sign())
                || o.sign().startsWith("\\")
                || (o.sign().equals("(") && closes(at))))
        || (at > 0 && elements.get(at - 1) instanceof Element.Relation && isFactor(at));
  }

  /** Whether a word is a factor before a name, as in weights V. */
  private boolean isFactor(int at) {
    int next = at + 1;
    if (next < elements.size()
        && elements.get(next) instanceof Element.Operator o
        && o.sign().equals("ᵀ")) {
      next++;
    }
    return elements.get(at) instanceof Element.Word word
        && next < elements.size()
        && elements.get(next) instanceof Element.Name
        && elements.get(next).start() <= elements.get(next - 1).end() + 1
        && (isLetter(word.text()) || Structure.spoken(word).isPresent());
  }

  private static boolean isLetter(String word) {
    return word.length() == 1 && word.charAt(0) < 128 && Character.isLetter(word.charAt(0));
  }

  /** Whether a parenthesis is closed among names, numbers and signs. */
  private boolean closes(int at) {
    int depth = 0;
    for (int k = at; k < Math.min(elements.size(), at + LONGEST_SIDE); k++) {
      Element e = elements.get(k);
      if (e instanceof Element.Word || e instanceof Element.Relation) {
        return false;
      }
      if (e instanceof Element.Operator o) {
        depth += o.sign().equals("(") ? 1 : o.sign().equals(")") ? -1 : 0;
        if (depth == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The chain that starts at an element with its first side. */
  Chain read(int at) {
    List<Side> sides = new ArrayList<>();
    Side first = side(at);
    sides.add(first);
    return rest(sides, first.to(), null);
  }

  /** The chain whose first side is missing, from the relation on. */
  Chain afterRelation(int at) {
    return rest(new ArrayList<>(), at, null);
  }

  private Chain rest(List<Side> sides, int from, @Nullable Kind first) {
    int at = from;
    Kind relation = first;
    while (true) {
      int next = related(at, sides);
      if (next < 0) {
        return new Chain(sides, relation, at);
      }
      if (relation == null) {
        relation = kind(at, next);
      }
      Side side = side(next);
      sides.add(side);
      at = side.to();
    }
  }

  private Kind kind(int from, int to) {
    Kind kind = Kind.WORD;
    for (int k = from; k < to; k++) {
      if (elements.get(k) instanceof Element.Relation r && r.kind() != Kind.WORD) {
        kind = r.kind();
      }
    }
    return kind;
  }

  /** Where the side behind a relation starts; −1 if there is no relation or no side. */
  private int related(int at, List<Side> sides) {
    boolean relation = false;
    boolean sign = false;
    boolean colon = false;
    int k = at;
    for (; k < elements.size() && k < at + 10; k++) {
      Element e = elements.get(k);
      if (e instanceof Element.Relation r) {
        relation = true;
        sign |= r.kind() != Kind.WORD;
        colon |= r.kind() == Kind.COLON;
        boolean list = r.kind() == Kind.COLON && !sides.isEmpty() && sides.getLast().isNumbers();
        if (list) {
          return -1;
        }
      } else if (!isAligned(k) && !(e instanceof Element.Word w && GLUE.contains(w.text()))) {
        break;
      }
    }
    if (!relation || k >= elements.size() || !startsAt(k)) {
      return -1;
    }
    boolean numbers = elements.get(k) instanceof Element.Numbers;
    if (colon && !numbers && !sides.isEmpty()) {
      return -1;
    }
    boolean spoken = !sign && !numbers;
    return spoken ? -1 : k;
  }

  /** Whether only the relation behind it is lined up with those of other lines. */
  private boolean isAligned(int at) {
    return elements.get(at) instanceof Element.Separator s
        && s.sign().equals("&")
        && at + 1 < elements.size()
        && elements.get(at + 1) instanceof Element.Relation;
  }

  private Side side(int from) {
    int to = from;
    int depth = 0;
    while (to < elements.size()) {
      Element e = elements.get(to);
      boolean operator = e instanceof Element.Operator;
      boolean part =
          operator
              || e instanceof Element.Numbers
              || e instanceof Element.Name
              || (e instanceof Element.Word && isFactor(to));
      boolean opens =
          to > from
              && depth == 0
              && e instanceof Element.Operator o
              && o.sign().equals("(")
              && !closes(to);
      if (opens) {
        break;
      }
      boolean inside =
          depth > 0 && e instanceof Element.Separator s && (!s.isStop() || s.sign().equals(";"));
      if (!(part || inside) || (to > from && startsAnother(from, to))) {
        break;
      }
      if (e instanceof Element.Operator o) {
        depth += "([{".contains(o.sign()) ? 1 : ")]}".contains(o.sign()) ? -1 : 0;
        if (depth < 0) {
          break;
        }
      }
      to++;
    }
    to = Math.max(to, from + 1);
    return sideReader.of(from, to);
  }

  /** Whether a name behind numbers begins the next equation, as in {@code Q=[1, 0] K=[0, 1]}. */
  private boolean startsAnother(int from, int at) {
    if (!(elements.get(at) instanceof Element.Name name)
        || !(elements.get(at - 1) instanceof Element.Numbers before)) {
      return false;
    }
    boolean gap = before.end() < name.start();
    boolean equated = at + 1 < elements.size() && elements.get(at + 1) instanceof Element.Relation;
    boolean weighted =
        before.grid().isNumber()
            && before.grid().number().decimals().orElse(0) > 0
            && name.reference().quantity().sameConcept(Quantities.V);
    return gap && equated && !weighted && at - 1 == from;
  }
}
