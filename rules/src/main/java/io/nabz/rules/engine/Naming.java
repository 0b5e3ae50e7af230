package io.nabz.rules.engine;

import io.nabz.rules.expression.Path;
import java.util.List;
import java.util.Set;

/** Which fields of an event may say who the customer is. */
final class Naming {
  private static final Set<String> OF_EVENT = Set.of("subject", "customerId", "data");
  private static final Set<String> OF_DATA =
      Set.of("identifiers", "attributes", "text", "comment", "customer", "from", "into");

  private Naming() {}

  /**
   * @param by what {@code {{by}}} stands for
   */
  static boolean mayName(Path path, String by) {
    return switch (path.root()) {
      case "customer" -> true;
      case "by" -> mayName(List.of(by.split("\\.")));
      default -> mayName(path.belowStep());
    };
  }

  private static boolean mayName(List<String> below) {
    return below.size() > 1 && below.get(0).equals("data")
        ? OF_DATA.contains(below.get(1))
        : OF_EVENT.contains(below.get(0));
  }
}
