package io.nabz.rules.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Set;

/** Turns checked CEL into a {@link Plain} where it is of the ordinary kind. */
final class PlainCompiler {
  private static final Set<String> COMPARISONS =
      Set.of("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_");
  private static final Set<String> TEXT_TESTS = Set.of("startsWith", "endsWith", "contains");

  private final List<String> steps;

  PlainCompiler(List<String> steps) {
    this.steps = steps;
  }

  /** The predicate, or null when it takes the interpreter. */
  Plain compile(CelExpr node) {
    if (node.getKind() == CelExpr.ExprKind.Kind.SELECT && node.select().testOnly()) {
      Plain.Operand container = path(node.select().operand());
      return container == null ? null : new Plain.Has(container, node.select().field());
    }
    Plain.Operand operand = operand(node);
    if (operand != null) {
      return new Plain.Truth(operand);
    }
    return node.getKind() == CelExpr.ExprKind.Kind.CALL ? call(node.call()) : null;
  }

  private Plain call(CelExpr.CelCall call) {
    String function = call.function();
    List<CelExpr> args = call.args();
    if (function.equals("_&&_") || function.equals("_||_")) {
      Plain left = compile(args.get(0));
      Plain right = compile(args.get(1));
      return left == null || right == null
          ? null
          : new Plain.Join(left, right, function.equals("_&&_"));
    }
    if (function.equals("!_")) {
      Plain inner = compile(args.get(0));
      return inner == null ? null : new Plain.Not(inner);
    }
    if (COMPARISONS.contains(function)) {
      Plain.Operand left = operand(args.get(0));
      Plain.Operand right = operand(args.get(1));
      return left == null || right == null ? null : new Compare(function, left, right);
    }
    if (function.equals("@in")) {
      return in(args);
    }
    if (TEXT_TESTS.contains(function) && call.target().isPresent() && args.size() == 1) {
      Plain.Operand text = operand(call.target().get());
      Object constant = constant(args.get(0));
      return text != null && constant instanceof String word
          ? new Plain.TextTest(function, text, word)
          : null;
    }
    return null;
  }

  private Plain in(List<CelExpr> args) {
    Plain.Operand operand = operand(args.get(0));
    if (operand == null || args.get(1).getKind() != CelExpr.ExprKind.Kind.LIST) {
      return null;
    }
    List<CelExpr> elements = args.get(1).list().elements();
    Object[] constants = new Object[elements.size()];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = constant(elements.get(i));
      if (constants[i] == null) {
        return null;
      }
    }
    return new Plain.In(operand, constants);
  }

  private Plain.Operand operand(CelExpr node) {
    Object constant = constant(node);
    return constant != null ? new Plain.Constant(constant) : path(node);
  }

  /** Something below the event, a step or the customer; null for anything else. */
  Plain.Operand path(CelExpr node) {
    if (node.getKind() == CelExpr.ExprKind.Kind.SELECT && node.select().testOnly()) {
      return null;
    }
    List<String> path = Paths.of(node);
    return path == null ? null : path(path, steps);
  }

  static Plain.Operand path(List<String> path, List<String> steps) {
    if (path.size() < 2) {
      return null;
    }
    List<String> below = List.copyOf(path.subList(2, path.size()));
    if (path.get(0).equals("event")) {
      if (path.get(1).equals("data") && below.size() == 1) {
        return new Plain.OfData(below.get(0));
      }
      return new Plain.OfEvent(path.get(1), below);
    }
    if (path.get(0).equals("customer")) {
      return new Plain.OfCustomer(path.get(1), below);
    }
    int step = steps.indexOf(path.get(0));
    return step < 0 ? null : new Plain.OfStep(step, path.get(1), below);
  }

  private static Object constant(CelExpr node) {
    if (node.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return null;
    }
    CelConstant constant = node.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE -> constant.stringValue();
      case INT64_VALUE -> constant.int64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      case BOOLEAN_VALUE -> constant.booleanValue();
      default -> null;
    };
  }
}
