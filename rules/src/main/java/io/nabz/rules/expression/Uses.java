package io.nabz.rules.expression;

import dev.cel.common.ast.CelExpr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an expression speaks of.
 *
 * @param steps by step index the paths below its event
 * @param nodes size of the expression
 * @param depth of loops within loops
 */
record Uses(boolean customer, Map<Integer, Set<List<String>>> steps, int nodes, int depth) {
  static Uses of(CelExpr expression, List<String> steps) {
    Walk walk = new Walk(steps);
    walk.visit(expression, 0);
    return new Uses(walk.customer, walk.used, walk.nodes, walk.depth);
  }

  /** Collects; a path that is not constant all the way counts up to where it is. */
  private static final class Walk {
    private final List<String> names;
    private final Map<Integer, Set<List<String>>> used = new HashMap<>();
    private boolean customer;
    private int nodes;
    private int depth;

    Walk(List<String> names) {
      this.names = names;
    }

    void visit(CelExpr node, int loops) {
      nodes++;
      List<String> path = Paths.of(node);
      if (path != null) {
        note(path);
        return;
      }
      switch (node.getKind()) {
        case SELECT -> visit(node.select().operand(), loops);
        case CALL -> {
          node.call().target().ifPresent(target -> visit(target, loops));
          node.call().args().forEach(arg -> visit(arg, loops));
        }
        case LIST -> node.list().elements().forEach(element -> visit(element, loops));
        case MAP ->
            node.map()
                .entries()
                .forEach(
                    entry -> {
                      visit(entry.key(), loops);
                      visit(entry.value(), loops);
                    });
        case STRUCT -> node.struct().entries().forEach(entry -> visit(entry.value(), loops));
        case COMPREHENSION -> {
          depth = Math.max(depth, loops + 1);
          visit(node.comprehension().iterRange(), loops);
          visit(node.comprehension().accuInit(), loops);
          visit(node.comprehension().loopCondition(), loops + 1);
          visit(node.comprehension().loopStep(), loops + 1);
          visit(node.comprehension().result(), loops);
        }
        default -> {
          // Constants speak of nothing.
        }
      }
    }

    private void note(List<String> path) {
      if (path.get(0).equals("customer")) {
        customer = true;
      }
      int step = names.indexOf(path.get(0));
      if (step >= 0) {
        Set<List<String>> paths = used.computeIfAbsent(step, ignored -> new HashSet<>());
        if (path.size() > 1 && !Set.of("id", "type", "time").contains(path.get(1))) {
          paths.add(List.copyOf(path.subList(1, path.size())));
        } else if (path.size() == 1) {
          paths.add(List.of("data"));
        }
      }
    }
  }
}
