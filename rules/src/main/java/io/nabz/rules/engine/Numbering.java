package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects by the order in which they were first noted; mostly few, so that a map would cost more.
 */
final class Numbering<T> {
  private static final int FEW = 12;

  private final List<T> inOrder = new ArrayList<>();
  private final Map<T, Integer> many = new IdentityHashMap<>();

  /** Its number, or -1. */
  int of(T wanted) {
    if (inOrder.size() > FEW) {
      Integer number = many.get(wanted);
      return number == null ? -1 : number;
    }
    // What is asked for is mostly what was noted last.
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      if (inOrder.get(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Notes one that has no number yet. */
  void add(T one) {
    inOrder.add(one);
    if (inOrder.size() == FEW + 1) {
      for (int i = 0; i < inOrder.size(); i++) {
        many.put(inOrder.get(i), i);
      }
    } else if (inOrder.size() > FEW) {
      many.put(one, inOrder.size() - 1);
    }
  }

  List<T> inOrder() {
    return inOrder;
  }

  void clear() {
    if (inOrder.size() > FEW) {
      many.clear();
    }
    inOrder.clear();
  }
}
