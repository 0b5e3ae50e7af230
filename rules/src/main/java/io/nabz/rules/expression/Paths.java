package io.nabz.rules.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/** Dotted paths in parsed expressions: {@code a.b['c']} is {@code [a, b, c]}. */
final class Paths {
  private Paths() {}

  /** The path, or null when the expression is something else; {@code has(a.b)} counts as one. */
  static List<String> of(CelExpr node) {
    List<String> path = new ArrayList<>(4);
    return collect(node, path) ? path : null;
  }

  private static boolean collect(CelExpr node, List<String> path) {
    switch (node.getKind()) {
      case IDENT -> {
        path.add(node.ident().name());
        return true;
      }
      case SELECT -> {
        boolean is = collect(node.select().operand(), path);
        path.add(node.select().field());
        return is;
      }
      case CALL -> {
        CelExpr.CelCall call = node.call();
        if (!call.function().equals("_[_]")
            || call.args().get(1).getKind() != CelExpr.ExprKind.Kind.CONSTANT
            || call.args().get(1).constant().getKind() != CelConstant.Kind.STRING_VALUE) {
          return false;
        }
        boolean is = collect(call.args().get(0), path);
        path.add(call.args().get(1).constant().stringValue());
        return is;
      }
      default -> {
        return false;
      }
    }
  }
}
