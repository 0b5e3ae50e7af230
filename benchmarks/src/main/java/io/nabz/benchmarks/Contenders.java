package io.nabz.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All that can be measured, in the order of the table. */
final class Contenders {
  private static final List<Contender> ALL =
      List.of(new KafkaAlone(), new PassThrough(), new NabzContender());

  private Contenders() {}

  static List<Contender> all() {
    return ALL;
  }

  static Contender named(String name) {
    return ALL.stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' is no contender; there are " + String.join(", ", names())));
  }

  static List<String> names() {
    return ALL.stream().map(Contender::name).toList();
  }

  /** In the table's order whatever the order asked for; all of them when none is named. */
  static List<Contender> select(List<String> only) {
    if (only == null || only.isEmpty()) {
      return ALL;
    }
    only.forEach(Contenders::named);
    return ALL.stream().filter(contender -> only.contains(contender.name())).toList();
  }

  /** Every other round runs backwards, so that drift of the machine does not favour one. */
  static List<Contender> inOrderOfRound(List<Contender> contenders, int round) {
    List<Contender> order = new ArrayList<>(contenders);
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }
}
