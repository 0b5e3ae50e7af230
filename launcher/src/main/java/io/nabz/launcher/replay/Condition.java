package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A test of a row: each named column has one of the values, or none of them; all must hold. */
record Condition(List<Term> terms) {
  record Term(String column, boolean not, Set<String> values) {
    boolean holds(ObjectNode row) {
      return values.contains(row.path(column).asText()) != not;
    }
  }

  Condition {
    terms = List.copyOf(terms);
  }

  /** {@code {outcome: HANG, type: [PS, PE], server: {not: NO_SERVER}}}; absent means always. */
  static Condition parse(Node node, Set<String> columns) {
    List<Term> terms = new ArrayList<>();
    for (Map.Entry<String, Node> field : node.fields().entrySet()) {
      Node value = field.getValue();
      if (!columns.contains(field.getKey())) {
        throw value.wrong("unknown column; known are " + columns);
      }
      boolean not = value.value().isObject();
      Node wanted = not ? value.only("not").at("not") : value;
      Set<String> values =
          wanted.value().isArray()
              ? Set.copyOf(wanted.list().stream().map(Node::text).toList())
              : Set.of(wanted.text());
      terms.add(new Term(field.getKey(), not, values));
    }
    return new Condition(terms);
  }

  boolean holds(ObjectNode row) {
    for (Term term : terms) {
      if (!term.holds(row)) {
        return false;
      }
    }
    return true;
  }
}
