package io.nabz.rules.expression;

import java.time.Instant;

/** A comparison of two values, with CEL's rules for mixed numbers. */
final class Compare extends Plain {
  private final String operator;
  private final Operand left;
  private final Operand right;

  Compare(String operator, Operand left, Operand right) {
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  @Override
  byte test(Scope scope) {
    Object a = left.value(scope);
    Object b = right.value(scope);
    if (a == Values.MISSING || b == Values.MISSING) {
      return ERROR;
    }
    if (operator.equals("_==_")) {
      return of(same(a, b));
    }
    if (operator.equals("_!=_")) {
      return of(!same(a, b));
    }
    int order = order(a, b);
    if (order == UNORDERED) {
      return ERROR;
    }
    return of(
        switch (operator) {
          case "_<_" -> order < 0;
          case "_<=_" -> order <= 0;
          case "_>_" -> order > 0;
          default -> order >= 0;
        });
  }

  private static final int UNORDERED = Integer.MIN_VALUE;

  static boolean same(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return numbers(x, y) == 0;
    }
    return a.equals(b);
  }

  private static int order(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return numbers(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return Integer.signum(x.compareTo(y));
    }
    if (a instanceof Instant x && b instanceof Instant y) {
      return x.compareTo(y);
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    return UNORDERED;
  }

  private static int numbers(Number a, Number b) {
    return a instanceof Long && b instanceof Long
        ? Long.compare(a.longValue(), b.longValue())
        : Double.compare(a.doubleValue(), b.doubleValue());
  }
}
